"""Feedback in one's own account: given, asked for, received and answered, withdrawn."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.scope import own_person
from agencies.people.models import Employee
from agencies.people.reporting_line import is_appraiser_on
from ambon_kinerja.lifecycle.steps import NotAllowed
from appraisal.rulebook.queries import behaviour_values

from ..actions import Refused, answer_feedback, ask_for_feedback, give_feedback, withdraw_feedback
from ..colleagues import circle_of, own_feedback, requests_to, running_plans_of, written_by
from ..duty import duty_now, plans_owed
from ..forms.voices import AnswerForm, AskForm, FeedbackForm, evidence_to_cite
from ..models import Feedback, FeedbackRequest
from ..queries import periods_to_record, running_plan
from ..rules import WITHDRAWABLE, assigned_by, voice_of, why_closed, why_feedback_stays
from .finding import plan_to_speak_about, show_errors

LATELY = 20


@require_safe
def feedback_desk(request):
    """What one is asked for, owes, has received and has said."""
    person = own_person(request.user)
    duty = duty_now()
    circle = circle_of(person)
    parts = (
        ("Pimpinan Anda", circle["leader"]),
        ("Rekan kerja", circle["peers"]),
        ("Tim Anda", circle["subordinates"]),
    )
    plans = dict(running_plans_of([one for _, people in parts for one in people]))
    said = written_by(request.user)
    for row in said:  # whether an evaluation rests on it is asked on the page of the act
        row.may_withdraw = not row.answered_at and timezone.now() - row.recorded_at <= WITHDRAWABLE
    received = Feedback.objects.filter(skp__employee=person).select_related(
        "period", "result", "value", "given_by"
    )
    context = {
        "requests": requests_to(person),
        "duty": duty,
        "owed": plans_owed(person, duty).count() if duty and circle["subordinates"] else 0,
        "circle": [(words, [(one, plans[one]) for one in people]) for words, people in parts if people],
        "said": said,
        "received": received.order_by("-recorded_at", "-pk")[:LATELY],
        "plan": running_plan(person),
        "asked": FeedbackRequest.objects.filter(employee=person, feedback=None).select_related("asked")[
            :LATELY
        ],
    }
    return render(request, "appraisal/monitoring/feedback_desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def feedback_add(request, skp):
    skp = plan_to_speak_about(request, skp)
    person = own_person(request.user)
    voice = voice_of(request.user, skp)
    is_leader = is_appraiser_on(person, skp.employee, timezone.localdate())
    by_task = voice == Feedback.Giver.LEADER and not is_leader
    periods = periods_to_record(skp)
    first = periods.first()
    closed = why_closed(skp, first) if first else "Belum ada periode yang dapat diisi."
    results = assigned_by(person, skp) if by_task else skp.results.filter(withdrawn_on=None)
    asked = request_answered(request, person, skp)
    form = FeedbackForm(
        request.POST or None,
        periods=periods,
        results=list(results),
        values=[] if by_task else list(behaviour_values()),
        voice=voice,
        by_task=by_task,
        evidence=evidence_to_cite(skp, periods) if is_leader else None,
        initial={"period": first, "about": request.GET.get("tentang", "")[:40]},
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and (stored := store_feedback(form, skp, request.user, asked))
    ):
        messages.success(request, f"Umpan balik disimpan. {skp.employee.name} sudah diberi tahu.")
        if is_leader:
            return redirect("appraisal:realisation-edit", skp=skp.pk, period=stored.period_id)
        return redirect("appraisal:feedback-desk")
    context = {
        "skp": skp,
        "form": form,
        "closed": closed,
        "period": first if is_leader else None,
        "is_leader": is_leader,
        "asked": asked,
        "voice": Feedback.Giver(voice).label if voice else "",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "appraisal/monitoring/feedback_add.html", context, status=status)


def request_answered(request, person, skp):
    """The open request of this employee to this person that the page was opened with, or None."""
    text = request.GET.get("permintaan", "")
    if not (text.isascii() and text.isdecimal() and len(text) < 15):
        return None
    return FeedbackRequest.objects.filter(
        pk=text, asked=person, employee=skp.employee_id, feedback=None
    ).first()


def store_feedback(form, skp, user, asked):
    try:
        return give_feedback(skp, by=user, request=asked, **form.facts())
    except Refused as refusal:
        show_errors(form, refusal.errors)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def feedback_answer(request, pk):
    person = own_person(request.user)
    found = Feedback.objects.filter(skp__employee=person).select_related(
        "skp__employee", "period", "result", "value", "given_by", "evidence", "progress", "citation"
    )
    feedback = get_object_or_404(found, pk=pk)
    form, status = AnswerForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                answer_feedback(feedback, text=form.cleaned_data["text"], by=request.user)
            except Refused as refusal:
                show_errors(form, refusal.errors)
            except NotAllowed as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, "Tanggapan dikirim kepada pemberi umpan balik.")
                return redirect("appraisal:feedback-answer", pk=feedback.pk)
    context = {"feedback": feedback, "form": form}
    return render(request, "appraisal/monitoring/feedback_answer.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def feedback_withdraw(request, pk):
    own_person(request.user)
    feedback = own_feedback(request.user, pk)
    if feedback is None:
        raise Http404
    closed, status = why_feedback_stays(request.user, feedback), 200
    if request.method == "POST":
        try:
            withdraw_feedback(feedback, by=request.user)
        except NotAllowed as refusal:
            closed, status = str(refusal), 409
        else:
            messages.success(request, "Umpan balik ditarik. Pegawai sudah diberi tahu.")
            return redirect("appraisal:feedback-desk")
    context = {"feedback": feedback, "closed": closed}
    return render(request, "appraisal/monitoring/feedback_withdraw.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def feedback_ask(request):
    person = own_person(request.user)
    people = Employee.objects.filter(pk__in=[one.pk for part in circle_of(person).values() for one in part])
    form = AskForm(request.POST or None, people=people.order_by("name"))
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_feedback(person, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            show_errors(form, refusal.errors)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Permintaan dikirim kepada {form.cleaned_data['asked'].name}.")
            return redirect("appraisal:feedback-desk")
    return render(request, "appraisal/monitoring/feedback_ask.html", {"form": form}, status=status)
