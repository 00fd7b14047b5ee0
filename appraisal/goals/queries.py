"""Questions about agreements and goals."""

from django.db.models import Q

from agencies.access.roles import Role
from agencies.access.scope import READS_PEOPLE, employee_of, has_role, path_in, units_of
from agencies.people.models import Assignment
from agencies.people.reporting_line import appraiser_on, holder_on
from agencies.structure.models import PostVersion, Unit
from agencies.structure.queries import units_in_force_on

from .models import Goal, PerformanceAgreement


def units_led_by(employee, day):
    """The units whose leading post `employee` holds on `day`: definitively, acting, or as an additional task."""
    held = Assignment.objects.on(day).filter(employee=employee).values("post")
    return Unit.objects.filter(
        pk__in=PostVersion.objects.on(day).filter(post__in=held, leads_unit=True).values("unit")
    )


def goals_for_leader(employee, year, *, day):
    """The goals of the agreements of `year` of the units that `employee` leads on `day`, with their indicators.

    Also of agreements not yet signed: a draft may be planned from until they are (PermenPANRB 6/2022 page 27).
    """
    return (
        Goal.objects.filter(agreement__year=year, agreement__unit__in=units_led_by(employee, day))
        .select_related("agreement__unit")
        .prefetch_related("indicators")
        .order_by("agreement__unit__path", "position", "pk")
    )


def leading_post_of(unit, day):
    """The PostVersion that leads `unit` on `day`, or None."""
    return PostVersion.objects.on(day).filter(unit=unit, leads_unit=True).select_related("post").first()


def parties_on(unit, day):
    """(head, his post, leader above, his post) on `day`: Employees or None, posts in words.

    The head is who answers for the leading post of the unit; the leader above is his appraiser, so that both follow
    from the reporting line and are never typed in. Nobody stands above the head of the city.
    """
    leading = leading_post_of(unit, day)
    head = holder_on(leading.post, day) if leading else None
    if head is None:
        return None, leading.name if leading else "", None, ""
    above = appraiser_on(head, day)
    return head, leading.name, above, post_in_words(above, day)


def post_in_words(employee, day):
    """The name of the post `employee` holds on `day`, the leading and definitive one first."""
    if employee is None:
        return ""
    held = Assignment.objects.on(day).filter(employee=employee)
    kinds = dict(held.values_list("post", "kind"))
    posts = PostVersion.objects.on(day).filter(post__in=kinds)
    found = sorted(
        posts, key=lambda post: (kinds[post.post_id] != "definitive", not post.leads_unit, post.pk)
    )
    return found[0].name if found else ""


def readable_agreements(user):
    """Every employee and every office reads all agreements; an account without either reads none."""
    if employee_of(user) is None and not has_role(user, *Role):
        return PerformanceAgreement.objects.none()
    return PerformanceAgreement.objects.select_related("unit", "first_party", "second_party")


def goals_above(agreement, *, day):
    """What a goal of `agreement` may support: goals of the same year of the units above it.

    Above are its ancestors and the unit in which the superior of its head stands, such as the secretariat of the
    city above a district.
    """
    leading = leading_post_of(agreement.unit, day)
    above = set(agreement.unit.path_keys) - {agreement.unit_id}
    if leading and leading.superior_id:
        above |= set(
            PostVersion.objects.on(day).filter(post=leading.superior_id).values_list("unit", flat=True)
        )
    kept = Q(pk__in=agreement.goals.values("supports"))
    return (
        Goal.objects.filter(Q(agreement__year=agreement.year, agreement__unit__in=above) | kept)
        .exclude(agreement=agreement)
        .select_related("agreement__unit")
        .order_by("-agreement__unit__path", "position", "pk")
    )


def overseen_units(user, day):
    """The units whose cascade `user` looks over: of his offices, and those he leads, each with all below."""
    units = units_of(user, *READS_PEOPLE)
    person = employee_of(user)
    if person is not None:
        paths = list(units_led_by(person, day).values_list("path", flat=True))
        if paths:
            units = Unit.objects.filter(Q(pk__in=units.values("pk")) | path_in(paths))
    return units.filter(pk__in=units_in_force_on(day).values("pk")).order_by("path")
