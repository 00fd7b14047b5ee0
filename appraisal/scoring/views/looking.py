"""What superiors look at: ratings that came without warning, and the mirrors of those who rate."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.access.roles import Role
from agencies.access.scope import employee_of, has_role
from agencies.people.models import Employee
from agencies.people.reporting_line import leads_somebody_on, subordinates_on
from ambon_kinerja.personal_data.actions import note_viewing
from appraisal.cycle.queries import in_focus, periods_to_rate
from appraisal.monitoring.duty import duty_for, plans_with_duty
from appraisal.planning.models import AnnexLine
from appraisal.scoring.advice.raters import leaders_below, mirror_of
from appraisal.scoring.backing.keeping import acknowledge_escalation
from appraisal.scoring.backing.queries import visible_escalations
from appraisal.scoring.forms import RemarkForm

PAGE = 20


@require_safe
def escalation_list(request):
    if employee_of(request.user) is None and not has_role(request.user, Role.PERSONNEL_OFFICE):
        raise Http404
    rows = visible_escalations(request.user).order_by("seen_at", "-raised_at", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("halaman"))
    for employee in {row.rating.evaluation.skp.employee for row in page.object_list}:
        note_viewing(request.user, about=employee, kind="evaluation")
    return render(request, "appraisal/scoring/escalations.html", {"page": page, "form": RemarkForm()})


@require_POST
def escalation_acknowledge(request, pk):
    row = get_object_or_404(visible_escalations(request.user), pk=pk)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        page = Paginator(visible_escalations(request.user).filter(pk=row.pk), PAGE).get_page(1)
        return render(request, "appraisal/scoring/escalations.html", {"page": page, "form": form}, status=422)
    acknowledge_escalation(row, by=request.user, remark=form.cleaned_data["remark"])
    messages.success(request, "Tercatat bahwa Anda sudah membacanya. Pejabat penilai diberi tahu.")
    return redirect("appraisal:escalation-list")


@require_safe
def mirror(request):
    """One's own mirror, and the way to those of the leaders below."""
    person = employee_of(request.user)
    if person is None:
        raise Http404
    return mirror_page(request, person, leaders_below(person))


@require_safe
def mirror_of_leader(request, employee):
    """The mirror of a leader in one's team: his superior sees it, nobody else."""
    person = employee_of(request.user)
    if person is None:
        raise Http404
    leader = get_object_or_404(subordinates_on(person, timezone.localdate()), pk=employee)
    note_viewing(request.user, about=leader, kind="evaluation")
    return mirror_page(request, leader, [])


def mirror_page(request, leader, below):
    periods = periods_to_rate()
    asked = request.GET.get("periode", "")
    period = next((each for each in periods if str(each.pk) == asked), None) or in_focus(periods)
    leads = leads_somebody_on(leader, timezone.localdate())
    context = {
        "leader": leader,
        "is_own": leader == employee_of(request.user),
        "leads": leads,
        "below": below,
        "period": period,
        "periods": periods,
        "mirror": mirror_of(leader, period) if period and leads else None,
        "duties": duties_kept(leader, period) if period and leads else None,
    }
    return render(request, "appraisal/scoring/mirror.html", context)


def duties_kept(leader: Employee, period):
    """How far a leader kept what he owes his people (PermenPANRB 6/2022 art. 17-21): two queries more than the duty."""
    duty = duty_for(period)
    plans = list(plans_with_duty(leader, duty).values_list("pk", "given"))
    lines = AnnexLine.objects.filter(skp__in=[key for key, _ in plans], kind=AnnexLine.Kind.RESOURCE)
    support = list(lines.values_list("support", flat=True))
    return {
        "people": len(plans),
        "given": sum(given >= duty.times for _, given in plans),
        "due_on": duty.due_on,
        "promised": len(support),
        "settled": sum(state != AnnexLine.Support.PROMISED for state in support),
    }
