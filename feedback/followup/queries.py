"""Plans and problems as their readers may see them, and the figures they speak of."""

from datetime import date

from django.db.models import Case, Count, DateField, Exists, F, Func, Max, OuterRef, Q, Value, When
from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import path_in
from agencies.people.models import User
from agencies.structure.models import Post, Unit
from feedback.results.index import ELEMENTS
from feedback.results.models import LockedResult
from feedback.results.report import PlannedStep
from feedback.services.periods import last_finished
from feedback.services.queries import managed_paths, managed_services

from .effects import Effect, figure_of, quarters_around
from .figures import told_in
from .models import FollowUpItem, FollowUpPlan, Problem, Solution

SLOT_ENDS = {
    "tw1": (3, 31),
    "tw2": (6, 30),
    "tw3": (9, 30),
    "tw4": (12, 31),
    "sem1": (6, 30),
    "sem2": (12, 31),
}
MOST_POSTS = 300


def visible_plans(user):
    """The plans of the units whose services `user` manages; over the whole city, all."""
    found = FollowUpPlan.objects.filter(path_in(managed_paths(user), "unit__"))
    return found.select_related("unit", "service")


def visible_items(user):
    """The promised improvements of those plans."""
    return FollowUpItem.objects.filter(plan__in=visible_plans(user)).select_related(
        "plan__unit", "plan__service", "post"
    )


def visible_problems(user):
    """The problems of the units whose services `user` manages; over the whole city, all."""
    return Problem.objects.filter(path_in(managed_paths(user), "unit__")).select_related("unit", "service")


def managed_services_of(user):
    """The services whose plans `user` may see."""
    return managed_services(user).select_related("unit")


def managed_units_of(user):
    """The units with services of their own or below that `user` manages."""
    return Unit.objects.filter(path_in(managed_paths(user)))


def last_finished_quarter(today=None):
    return last_finished(today or timezone.localdate())


def plans_of_quarter(services, quarter):
    """{service pk: its plan of the quarter, with the number of parts and of those done}; one query."""
    plans = FollowUpPlan.objects.filter(service__in=services, year=quarter.year, quarter=quarter.number)
    plans = plans.annotate(
        parts=Count("items"), done=Count("items", filter=Q(items__state=FollowUpItem.State.DONE))
    )
    return {plan.service_id: plan for plan in plans}


def plan_before(plan):
    """The published plan of the same service (or unit) before this one, with its parts, or None."""
    earlier = FollowUpPlan.objects.filter(
        Q(year__lt=plan.year) | Q(year=plan.year, quarter__lt=plan.quarter),
        unit=plan.unit_id,
        service=plan.service_id,
        state=FollowUpPlan.State.PUBLISHED,
    )
    return earlier.order_by("-year", "-quarter").prefetch_related("items__post").first()


def posts_for(unit, today=None):
    """The posts that can answer for an improvement: of the unit, those that lead below it, and those above it."""
    today = today or timezone.localdate()
    leads = Q(leads_unit=True) | Q(kind__in=Post.SINGLE)
    wanted = Q(unit=unit) | Q(leads, unit__path__startswith=unit.path)
    wanted |= Q(leads_unit=True, unit__in=unit.path_keys) & ~Q(kind=Post.Kind.ELECTED)
    running = Q(valid_until=None) | Q(valid_until__gt=today)
    return Post.objects.filter(wanted, running).select_related("unit").order_by("unit__path", "name")


def due_end(item):
    """The last day of the time that was promised, or None."""
    return date(item.due_year, *SLOT_ENDS[item.due]) if item.due else None


def is_late(item, today=None):
    end = due_end(item)
    return item.state != item.State.DONE and end is not None and end < (today or timezone.localdate())


def planned_steps(unit, quarter):
    """[PlannedStep] of the published plans of `unit` and of what lies below it, for its survey report of `quarter`."""
    items = (
        FollowUpItem.objects.filter(
            plan__unit__path__startswith=unit.path,
            plan__state=FollowUpPlan.State.PUBLISHED,
            plan__year=quarter.year,
            plan__quarter=quarter.number,
        )
        .select_related("plan__unit", "plan__service", "post")
        .order_by("plan__unit__name", "plan", "position")
    )
    return [
        PlannedStep(
            element=item.label if item.plan.service_id is None else f"{item.label} ({item.plan.subject})",
            index=item.value,
            programme=item.programme,
            until=f"{item.get_due_display()} {item.due_year}" if item.due else "",
            responsible=item.post.name if item.post_id else "",
            state=item.get_state_display(),
        )
        for item in items
    ]


# --- what waits for who writes plans ---------------------------------------------------------------


def services_without_plan(paths, quarter):
    """The locked results below `paths` from whose elements a plan is due in which nobody has begun it."""
    begun = FollowUpPlan.objects.filter(
        service=OuterRef("service"), year=quarter.year, quarter=quarter.number
    )
    locked = LockedResult.objects.filter(lock__year=quarter.year, lock__quarter=quarter.number)
    told = locked.filter(path_in(paths, "service__unit__"), figure__elements__0__isnull=False)
    return told.filter(~Exists(begun))


def drafts_of(paths):
    """The plans below `paths` that were begun and that nobody can read yet, the oldest first."""
    drafts = FollowUpPlan.objects.filter(path_in(paths, "unit__"), state=FollowUpPlan.State.DRAFT)
    return drafts.order_by("year", "quarter", "pk")


def items_to_report(paths, *, until):
    """The promises below `paths` of which nothing is said yet and whose time ends by `until`; with it as `ends_on`."""
    month, day = (
        Case(*(When(due=slot, then=Value(end[part])) for slot, end in SLOT_ENDS.items())) for part in (0, 1)
    )
    ends_on = Func(F("due_year"), month, day, function="make_date", output_field=DateField())
    promised = FollowUpItem.objects.filter(
        path_in(paths, "plan__unit__"),
        plan__state=FollowUpPlan.State.PUBLISHED,
        state=FollowUpItem.State.PLANNED,
    )
    return promised.annotate(ends_on=ends_on).filter(ends_on__lte=until).order_by("ends_on", "pk")


def slots_from(quarter):
    """[("2026-tw4", "Triwulan IV 2026"), …]: the quarters and halves in which an improvement can be promised."""
    slots, each = [], quarter.following()
    for _ in range(6):
        slots.append((f"{each.year}-tw{each.number}", str(each)))
        if each.number in (2, 4):
            half = each.number // 2
            slots.append((f"{each.year}-sem{half}", f"Semester {'I' * half} {each.year}"))
        each = each.following()
    return slots


def element_labels():
    return {str(key): str(label) for key, label in ELEMENTS.items()}


def effect_of(solution, problem, today=None):
    """The element before and since the solution, in whole finished quarters."""
    before, after = quarters_around(solution.starts_on, today or timezone.localdate())
    scope = {"service": problem.service} if problem.service_id else {"unit": problem.unit}

    def figure(quarter):
        return figure_of(quarter, told_in(quarter, **scope).elements.get(problem.element))

    return Effect(figure(before), tuple(figure(quarter) for quarter in after))


def managers_of(unit):
    """The accounts that manage the services of this very unit today."""
    today = timezone.localdate()
    found = User.objects.filter(
        role_grants__role=Role.SERVICE_MANAGER,
        role_grants__term__contains=today,
        role_grants__unit__in=unit.path_keys,
        role_grants__unit__parent__isnull=False,
        is_active=True,
    )
    return found.distinct()


# --- what everybody may read ----------------------------------------------------------------------


def published_items(service=None, unit=None):
    """The promises everybody may read, newest quarter first."""
    found = FollowUpItem.objects.filter(plan__state=FollowUpPlan.State.PUBLISHED)
    if service is not None:
        found = found.filter(plan__service=service)
    found = found.select_related("plan__unit", "plan__service", "post")
    return found.order_by("-plan__year", "-plan__quarter", "plan__unit__name", "plan", "position")


def public_counts():
    """{"all": n, "done": n, "not_done": n} of every published promise; one query."""
    State = FollowUpItem.State
    return (
        published_items()
        .order_by()
        .aggregate(
            all=Count("pk"),
            done=Count("pk", filter=Q(state=State.DONE)),
            not_done=Count("pk", filter=Q(state=State.NOT_DONE)),
        )
    )


def public_problems(service=None):
    """The problems that were made public, newest first, with their solutions."""
    found = Problem.objects.filter(is_public=True).exclude(state=Problem.State.RECORDED)
    if service is not None:
        found = found.filter(service=service)
    return found.select_related("unit", "service")


def solutions_of(problem):
    return Solution.objects.filter(problem=problem).select_related("post")


def next_number(problem):
    return (Solution.objects.filter(problem=problem).aggregate(last=Max("number"))["last"] or 0) + 1
