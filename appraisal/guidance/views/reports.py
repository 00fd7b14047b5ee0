"""Form B.1.10: from the appraiser's draft to the decision of the personnel office."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from agencies.access.lookups import person_finder
from ambon_kinerja.lifecycle.steps import StepRefused, history_of, steps_open_to
from ambon_kinerja.personal_data.actions import note_viewing

from .. import actions
from ..actions.reports import feedback_for, gaps_in
from ..forms.counselling import CounsellorForm, DismissForm, ReportForm
from ..forms.guidance import appointment
from ..models import BehaviourReport, Counselling
from ..queries import people_to_ask, visible_counsellings
from ..rules import is_guided, is_office, may_lead
from ..states.reports import DISCARD, DISMISS, SEND, STEPS, WITHDRAW
from .answering import FORMS, Page, answer, found_report, take_step, too_late
from .guidance import member_of_team

WORDS = {
    "send": "Dilaporkan",
    "discard": "Draf dibuang",
    "withdraw": "Ditarik kembali",
    "decide": "Konseling ditetapkan",
    "dismiss": "Diselesaikan tanpa konseling",
}
LABELS = {
    "value": "Nilai dasar",
    "communicated_on": "Dibicarakan pada",
    "communicated_how": "Isi pembicaraan",
    "other_feedback": "Umpan balik di luar aplikasi",
    "expectation": "Ekspektasi khusus",
    "problem": "Permasalahan",
    "tried": "Yang sudah dilakukan",
}


def page_of(report):
    return reverse("appraisal:behaviour-report", args=[report.pk])


@require_POST
def report_begin(request, employee):
    employee = member_of_team(request, employee)
    try:
        report = actions.begin_report(employee, by=request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("appraisal:guidance-choose")
    return redirect("appraisal:behaviour-report-edit", pk=report.pk)


@require_safe
def report_detail(request, pk):
    report, user = found_report(request, pk), request.user
    note_viewing(user, about=report.employee, kind="behaviour_report")
    is_draft = report.state == BehaviourReport.State.DRAFT
    counselling = visible_counsellings(user).filter(report=report).exclude(state=Counselling.State.CANCELLED)
    history = [
        {"words": WORDS[change.step], "by_label": change.by_label, "at": change.at}
        for change in history_of(report)
    ]
    office = is_office(user, report)
    under_way = report.counsellings.exclude(state=Counselling.State.CANCELLED).exists()
    context = {
        "report": report,
        "feedback": report.feedback.select_related("value"),
        "steps": {step.name for step in steps_open_to(user, report, STEPS)},
        "gaps": gaps_in(report) if is_draft else {},
        "counselling": counselling.first(),
        "may_name": office and (report.state == "sent" or (report.state == "decided" and not under_way)),
        "is_own": is_guided(user, report),
        "history": history[::-1],
    }
    return render(request, "appraisal/guidance/report_detail.html", context)


@FORMS
def report_edit(request, pk):
    report = found_report(request, pk, may_lead)
    if report.state != BehaviourReport.State.DRAFT and request.method != "POST":
        return too_late(request, report, page_of(report))
    feedback = feedback_for(report).order_by("-given_on", "-pk")
    form = ReportForm(request.POST or None, report=report, feedback=feedback)
    if request.method != "POST":
        return show(request, report, form)
    if not form.is_valid():
        return show(request, report, form, status=422)
    try:
        actions.save_report(report, by=request.user, **form.facts())
    except actions.Conflict as conflict:
        form.carry(conflict.stored.version)
        return show(request, report, form, status=409, theirs=in_words(conflict.stored))
    except actions.Refused as refusal:
        form.add_error(refusal.about if refusal.about in form.fields else None, str(refusal))
        return show(request, report, form, status=422)
    except StepRefused as refusal:
        form.add_error(None, f"{refusal} Salin tulisan Anda bila perlu.")
        return show(request, report, form, status=409, is_closed=True)
    messages.success(request, "Draf disimpan. Periksa, lalu laporkan.")
    return redirect(page_of(report))


def show(request, report, form, *, status=200, **more):
    return render(
        request,
        "appraisal/guidance/report_form.html",
        {"report": report, "form": form, **more},
        status=status,
    )


def in_words(report):
    return [(label, getattr(report, name) or "") for name, label in LABELS.items()]


@require_POST
def report_send(request, pk):
    report = found_report(request, pk, may_lead)
    if report.state not in SEND.sources:
        return too_late(request, report, page_of(report))
    text = request.POST.get("version", "")
    seen = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    try:
        actions.send_report(report, version=seen, by=request.user)
    except actions.Conflict:
        messages.warning(
            request, "Draf berubah setelah Anda membacanya. Baca sekali lagi sebelum melaporkan."
        )
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Laporan dikirim kepada BKPSDM. Pegawai juga dapat membacanya.")
    return redirect(page_of(report))


@require_POST
def report_discard(request, pk):
    report = found_report(request, pk, may_lead)
    return take_step(
        request, report, DISCARD, actions.discard_report, address=page_of(report), done="Draf dibuang."
    )


@require_POST
def report_withdraw(request, pk):
    report = found_report(request, pk, may_lead)
    done = "Laporan ditarik kembali."
    return take_step(request, report, WITHDRAW, actions.withdraw_report, address=page_of(report), done=done)


@FORMS
def report_dismiss(request, pk):
    report = found_report(request, pk, is_office)
    if report.state not in DISMISS.sources:
        return too_late(request, report, page_of(report))

    def store(values):
        return page_of(actions.dismiss_report(report, answer=values["answer"], by=request.user))

    page = Page(
        title="Selesaikan tanpa konseling",
        submit="Selesaikan tanpa konseling",
        back=page_of(report),
        back_words="Laporan perilaku kerja",
        facts=[("Pegawai", report.employee.name)],
    )
    return answer(request, DismissForm(request.POST or None), page, store=store, done="Jawaban disimpan.")


@FORMS
def counselling_name(request, pk):
    """The personnel office decides on counselling and names the counsellor."""
    report = found_report(request, pk, is_office)
    under_way = report.counsellings.exclude(state=Counselling.State.CANCELLED).exists()
    if report.state not in ("sent", "decided") or under_way:
        return too_late(request, report, page_of(report))

    def store(values):
        facts = {name: values[name] for name in ("kind", "counsellor", "basis")}
        counselling = actions.name_counsellor(report, by=request.user, **facts, **appointment(values))
        return reverse("appraisal:counselling-detail", args=[counselling.pk])

    page = Page(
        title="Tetapkan konseling",
        submit="Tetapkan konseling",
        back=page_of(report),
        back_words="Laporan perilaku kerja",
        intro="Jurnal dan rekaman konseling hanya dibaca pegawai dan konselornya, juga tidak oleh BKPSDM.",
        facts=[("Pegawai", report.employee.name), ("Pejabat penilai", report.appraiser.name)],
    )
    form = CounsellorForm(
        request.POST or None, find_person=person_finder(people_to_ask(without=report.employee))
    )
    done = "Konseling ditetapkan. Pegawai dan konselor diberi tahu jadwalnya."
    return answer(request, form, page, store=store, done=done)
