"""The leader's pages: how the team is getting on, the feedback he owes, and what he concludes."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.scope import own_person
from agencies.people.reporting_line import is_appraiser_on, leads_somebody_on
from ambon_kinerja.lifecycle.steps import NotAllowed
from ambon_kinerja.personal_data.actions import note_viewing
from appraisal.rulebook.queries import behaviour_values

from ..actions import Refused, give_feedback, state_progress
from ..duty import duty_now, plans_with_duty
from ..forms.voices import DutyForm, StatementForm
from ..models import Feedback, ProgressStatement
from ..queries import documentation_of, results_in
from ..rules import why_closed
from ..team import team_page
from .finding import plan_and_period, show_errors


@require_safe
def team_progress(request):
    person = own_person(request.user)
    duty = duty_now()
    page, rows = team_page(person, duty, request.GET.get("halaman"))
    context = {"page": page, "rows": rows, "duty": duty}
    return render(request, "appraisal/monitoring/team_progress.html", context)


@require_safe
def feedback_owed(request):
    """Whom the leader owes periodic feedback, and how much is done."""
    person = own_person(request.user)
    duty = duty_now()
    plans = list(plans_with_duty(person, duty)) if duty else []
    owed = [plan for plan in plans if plan.given < duty.times]
    context = {
        "duty": duty,
        "owed": owed,
        "done": [plan for plan in plans if plan.given >= duty.times],
        "is_late": bool(owed) and duty.is_late(),
        "leads": bool(plans) or leads_somebody_on(person, timezone.localdate()),
    }
    return render(request, "appraisal/monitoring/feedback_owed.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def feedback_owed_next(request, skp):
    """One person after the other: his newest progress beside the text, saved and on to the next."""
    person, duty = own_person(request.user), duty_now()
    plans = list(plans_with_duty(person, duty)) if duty else []
    plan = next((each for each in plans if each.pk == skp), None)
    if plan is None:
        raise Http404
    record = documentation_of(plan, duty.period)
    results = [row.result for row in record.results if row.result.withdrawn_on is None]
    form = DutyForm(
        request.POST or None,
        results=results,
        values=list(behaviour_values()),
        newest={row.result.pk: row.progress[0] for row in record.results if row.progress},
    )
    if request.method == "POST" and form.is_valid() and store_owed(form, plan, duty, request.user):
        messages.success(request, f"Umpan balik untuk {plan.employee.name} disimpan.")
        plan.given += 1
        following = next_owed(plans, plan, duty)
        if following is None:
            return redirect("appraisal:feedback-owed")
        return redirect("appraisal:feedback-owed-next", skp=following.pk)
    note_viewing(request.user, about=plan.employee, kind="realisation")
    following = next_owed(plans, plan, duty)
    context = {
        "skp": plan,
        "period": duty.period,
        "duty": duty,
        "record": record,
        "form": form,
        "closed": why_closed(plan, duty.period),
        "number": sum(each.given >= duty.times for each in plans if each.pk != plan.pk) + 1,
        "total": len(plans),
        "following": following,
        "is_last": following is None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "appraisal/monitoring/feedback_owed_next.html", context, status=status)


def store_owed(form, plan, duty, user):
    try:
        return give_feedback(
            plan,
            period=duty.period,
            kind=Feedback.Kind.PERIODIC,
            giver=Feedback.Giver.LEADER,
            given_on=min(timezone.localdate(), plan.ends_on),
            by=user,
            **form.facts(),
        )
    except Refused as refusal:
        show_errors(form, refusal.errors)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
    return None


def next_owed(plans, plan, duty):
    """The next plan in the list that is owed, from the beginning again after the last; None when there is no other."""
    place = plans.index(plan)
    others = plans[place + 1 :] + plans[:place]
    return next((each for each in others if each.given < duty.times), None)


@require_http_methods(["GET", "HEAD", "POST"])
def progress_statement(request, skp, period):
    skp, period = plan_and_period(request, skp, period)
    if not is_appraiser_on(own_person(request.user), skp.employee, timezone.localdate()):
        raise Http404
    results = results_in(skp, period).filter(withdrawn_on=None, taken_over_on=None)
    form = StatementForm(request.POST or None, results=results)
    closed, status = why_closed(skp, period), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and store_statement(form, skp, period, request.user):
            messages.success(request, f"Kesimpulan disimpan. {skp.employee.name} sudah diberi tahu.")
            return redirect("appraisal:feedback-record", skp=skp.pk, period=period.pk)
    statements = ProgressStatement.objects.filter(skp=skp).select_related("stated_by", "result", "period")
    context = {"skp": skp, "period": period, "form": form, "closed": closed, "statements": statements}
    return render(request, "appraisal/monitoring/statement.html", context, status=status)


def store_statement(form, skp, period, user):
    try:
        return state_progress(skp, period=period, by=user, **form.facts())
    except Refused as refusal:
        show_errors(form, refusal.errors)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
    return None
