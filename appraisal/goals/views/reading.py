"""All agreements of a year by unit, one of them, and the way it looks on paper."""

from datetime import date
from decimal import Decimal

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access.roles import Role
from agencies.access.scope import employee_of, has_role, units_of
from agencies.structure.queries import units_in_force_on
from ambon_kinerja.lifecycle.steps import history_of, steps_open_to

from ..actions import content_of
from ..actions.signing import gaps_in
from ..forms import year_asked
from ..models import PerformanceAgreement
from ..queries import overseen_units, readable_agreements, units_led_by
from ..rules import may_write_agreement, parties_today
from ..states import STEPS

ROWS_A_PAGE = 50
WORDS = {
    "offer": "Diajukan kepada pihak kedua",
    "withdraw": "Ditarik kembali",
    "sign": "Ditetapkan",
    "send_back": "Dikembalikan",
    "record": "Dicatat dari naskah kertas",
    "reopen": "Dibuka untuk versi baru",
}


@require_safe
def agreement_list(request):
    """Every unit with the state of its agreement; which drafts may be begun is worked out in two questions."""
    readers_only(request.user)
    today = timezone.localdate()
    year = year_asked(request.GET, today.year)
    text, state = request.GET.get("cari", "").strip()[:80], request.GET.get("keadaan", "")
    units = units_in_force_on(today).order_by("path")
    agreements = PerformanceAgreement.objects.filter(year=year)
    if text:
        units = units.filter(name__icontains=text)
    if state in PerformanceAgreement.State.values:
        units = units.filter(pk__in=agreements.filter(state=state).values("unit"))
    elif state == "belum":
        units = units.exclude(pk__in=agreements.values("unit"))
    counted = agreements.annotate(goal_count=Count("goals"))
    page = Paginator(units.prefetch_related(Prefetch("agreements", counted, to_attr="of_year")), ROWS_A_PAGE)
    page = page.get_page(request.GET.get("halaman"))
    mine = own_units(request.user, today)
    overseen = set(overseen_units(request.user, today).order_by().values_list("pk", flat=True))
    for unit in page:
        unit.agreement = unit.of_year[0] if unit.of_year else None
        unit.may_start = unit.pk in mine
        unit.has_tree = unit.pk in overseen
    context = {
        "page": page,
        "oversees": bool(overseen),
        "year": year,
        "years": range(today.year + 1, today.year - 4, -1),
        "text": text,
        "state": state,
        "states": [("belum", "Belum disusun"), *PerformanceAgreement.State.choices],
        "counts": agreements.aggregate(
            all=Count("pk"), signed=Count("pk", filter=Q(state=PerformanceAgreement.State.SIGNED))
        ),
    }
    return render(request, "appraisal/goals/agreement_list.html", context)


def own_units(user, day):
    """The keys of the units whose agreement this person may begin: those he leads or administers."""
    keys = set(units_of(user, Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN).values_list("pk", flat=True))
    person = employee_of(user)
    return keys | set(units_led_by(person, day).values_list("pk", flat=True)) if person else keys


def readers_only(user):
    """Everybody who works for the city, or has an office in this system."""
    if employee_of(user) is None and not has_role(user, *Role):
        raise Http404


def find_agreement(request, pk):
    return get_object_or_404(readable_agreements(request.user), pk=pk)


@require_safe
def agreement_detail(request, pk):
    agreement = find_agreement(request, pk)
    return render(request, "appraisal/goals/agreement_detail.html", agreement_context(request, agreement))


def agreement_context(request, agreement):
    is_draft = agreement.state == PerformanceAgreement.State.DRAFT
    may_write = is_draft and may_write_agreement(request.user, agreement.unit)
    head, head_post, above, above_post = parties_today(agreement.unit)
    if agreement.state != PerformanceAgreement.State.DRAFT:
        head, head_post = agreement.first_party, agreement.first_post
        above, above_post = agreement.second_party, agreement.second_post
    history = [
        {"step": change.step, "words": WORDS[change.step], "by_label": change.by_label, "at": change.at}
        | {"reason": change.reason}
        for change in history_of(agreement)
    ][::-1]
    goals = agreement.goals.select_related("programme", "supports__agreement__unit")
    return {
        "agreement": agreement,
        "goals": goals.prefetch_related("indicators").annotate(used=Count("results", distinct=True)),
        "lines": agreement.budget_lines.all(),
        "total": agreement.budget_lines.aggregate(total=Sum("amount"))["total"],
        "parties": [("Pihak pertama", head, head_post), ("Pihak kedua", above, above_post)],
        "has_tree": overseen_units(request.user, timezone.localdate()).filter(pk=agreement.unit_id).exists(),
        "is_top": agreement.unit.parent_id is None,
        "may_write": may_write,
        "gaps": gaps_in(agreement) if may_write else [],
        "steps": {step.name for step in steps_open_to(request.user, agreement, STEPS)},
        "history": history,
        "sent_back": history[0] if history and history[0]["step"] == "send_back" else None,
        "versions": agreement.versions.defer("content"),
    }


@require_safe
def agreement_print(request, pk):
    """A signed agreement as it was signed last, a draft as it stands."""
    agreement = find_agreement(request, pk)
    if agreement.state == PerformanceAgreement.State.SIGNED:
        return show_paper(request, agreement, agreement.versions.last().content)
    return show_paper(request, agreement, content_of(agreement), is_draft=True)


@require_safe
def agreement_version(request, pk, number):
    agreement = find_agreement(request, pk)
    version = get_object_or_404(agreement.versions, number=number)
    return show_paper(request, agreement, version.content, version=version)


def show_paper(request, agreement, content, *, is_draft=False, version=None):
    signed_on = date.fromisoformat(content["signed_on"]) if content["signed_on"] else None
    budget = [line | {"amount": Decimal(line["amount"])} for line in content["budget"]]
    context = {
        "agreement": agreement,
        "content": content,
        "budget": budget,
        "total": sum((line["amount"] for line in budget), Decimal(0)),
        "signed_on": signed_on,
        "is_draft": is_draft,
        "version": version,
    }
    return render(request, "appraisal/goals/agreement_print.html", context)
