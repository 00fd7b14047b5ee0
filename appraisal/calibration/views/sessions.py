"""A session: called, its agenda of drafts, what is proposed, its minutes."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.row_security import as_service
from appraisal.cycle.models import Period
from appraisal.goals.views.conflicts import show_conflict

from ..actions import (
    Conflict,
    add_items,
    call_session,
    cancel_session,
    close_session,
    drop_item,
    save_agenda,
)
from ..counting import guide_on
from ..distributing import distribution_of
from ..forms import CancelForm, CloseForm, SessionForm
from ..models import CalibrationItem, CalibrationProposal
from ..queries import (
    drafts_of,
    drafts_to_talk_about,
    items_for,
    leaders_for,
    raters_of,
    read,
    readable_sessions,
    readable_units,
)
from ..rules import may_call, may_chair, person_of

FORM_METHODS = ["GET", "HEAD", "POST"]
ROWS_A_PAGE = 50


@require_http_methods(FORM_METHODS)
def calibration_call(request, unit, period):
    unit = get_object_or_404(readable_units(request.user), pk=unit)
    period = get_object_or_404(Period, pk=period)
    if not may_call(request.user, unit):
        raise Http404
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        initial={"held_on": timezone.localdate()},
        is_new=True,
    )
    if form.is_valid():
        sent = {name: form.cleaned_data[name] for name in ("held_on", "agenda")}
        session = call_session(unit, period=period, by=request.user, **sent)
        messages.success(request, "Sesi dipanggil dan peserta diberi tahu.")
        return redirect("appraisal:calibration-session", pk=session.pk)
    context = {"unit": unit, "period": period, "form": form, "title": "Panggil sesi kalibrasi"}
    context |= {"button": "Panggil sesi", "leaders": leaders_for(unit, timezone.localdate())}
    return render(
        request, "appraisal/calibration/session_form.html", context, status=422 if form.errors else 200
    )


def session_for(request, pk):
    return get_object_or_404(readable_sessions(request.user), pk=pk)


def chaired(request, pk):
    session = session_for(request, pk)
    if not may_chair(request.user, session):
        raise Http404
    return session


@require_safe
def calibration_session(request, pk):
    session = session_for(request, pk)
    participants = list(session.participants.select_related("employee"))
    takes_part = any(each.employee == person_of(request.user) for each in participants)
    shown = items_for(session, request.user) if takes_part else session.items.none()
    page = Paginator(shown, ROWS_A_PAGE).get_page(request.GET.get("halaman"))
    items = list(page.object_list)
    drafts = drafts_of(items)
    for item in items:
        item.draft = drafts[item.evaluation_id]
    minimum = guide_on(session.period.ends_on)[2]
    context = {
        "session": session,
        "participants": participants,
        "takes_part": takes_part,
        "page": page,
        "items": items,
        "item_count": session.items.count(),
        "raters": raters_of(session.unit, session.period, size_minimum=minimum),
        "minimum": minimum,
        "distribution": distribution_of(session.unit, session.period, person_of(request.user)),
        "is_open": session.state == session.State.OPEN,
        "told": outcome_told(session) if takes_part or session.state == session.State.CLOSED else "",
        "may_chair": session.state == session.State.OPEN and may_chair(request.user, session),
    }
    return render(request, "appraisal/calibration/session.html", context)


def outcome_told(session):
    """What came of the proposals, or what waits, in one sentence of numbers."""
    states = Counter(
        CalibrationProposal.objects.filter(item__session=session).values_list("state", flat=True)
    )
    if session.state == session.State.OPEN:
        waiting = states[CalibrationProposal.State.OPEN]
        return f"{waiting} usulan menunggu jawaban penilai." if waiting else "Tidak ada usulan yang menunggu."
    if session.state == session.State.CANCELLED:
        return "Tidak ada yang berubah karena sesi ini."
    changed, kept = states[CalibrationProposal.State.ACCEPTED], states[CalibrationProposal.State.KEPT]
    lapsed = states[CalibrationProposal.State.LAPSED]
    parts = [f"{changed} rating berubah", f"{kept} tetap"] + (
        [f"{lapsed} usulan tidak dijawab"] if lapsed else []
    )
    return (
        f"Dari {sum(states.values())} usulan: {', '.join(parts)}."
        if states
        else "Tidak ada usulan; semua rating tetap."
    )


@require_http_methods(FORM_METHODS)
def calibration_agenda(request, pk):
    """Day and agenda in words."""
    session = chaired(request, pk)
    stored = {"held_on": session.held_on, "agenda": session.agenda, "version": session.version}
    form = SessionForm(request.POST if request.method == "POST" else None, initial=stored)
    if form.is_valid() and "sunting" not in request.POST:
        sent = {name: form.cleaned_data[name] for name in ("held_on", "agenda")}
        try:
            save_agenda(session, by=request.user, version=form.cleaned_data["version"] or 0, **sent)
        except Conflict as conflict:
            return agenda_conflict(request, sent, conflict.stored)
        except StepRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, "Agenda disimpan.")
        return redirect("appraisal:calibration-session", pk=session.pk)
    context = {"session": session, "form": form, "title": "Ubah agenda", "button": "Simpan agenda"}
    return render(
        request, "appraisal/calibration/session_form.html", context, status=422 if form.errors else 200
    )


def agenda_conflict(request, sent, stored):
    rows = [
        ("Tanggal sesi", date_format(sent["held_on"], "j F Y"), date_format(stored.held_on, "j F Y")),
        ("Agenda", sent["agenda"], stored.agenda),
    ]
    back = reverse("appraisal:calibration-session", args=[stored.pk])
    saved = (stored, "calibrationsession.call calibrationsession.save", None)
    return show_conflict(
        request, rows=rows, version=stored.version, back=back, redraw=("sunting",), saved=saved
    )


@require_http_methods(FORM_METHODS)
def calibration_choose(request, pk):
    """Which drafts the session talks about, page by page."""
    session = chaired(request, pk)
    if request.method == "POST":
        chosen = [
            int(key)
            for key in request.POST.getlist("penilaian")[:200]
            if key.isascii() and key.isdecimal() and len(key) < 18
        ]
        if not chosen:
            messages.warning(request, "Pilih paling sedikit satu penilaian.")
            return redirect("appraisal:calibration-choose", pk=session.pk)
        try:
            added = add_items(session, evaluations=chosen, by=request.user)
        except StepRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, f"{added} penilaian masuk agenda.")
        return redirect("appraisal:calibration-session", pk=session.pk)
    taken = set(session.items.values_list("evaluation", flat=True))
    with as_service():
        page = Paginator(drafts_to_talk_about(session), ROWS_A_PAGE).get_page(request.GET.get("halaman"))
        drafts = read(page.object_list)
    context = {"session": session, "page": page, "drafts": drafts, "taken": taken}
    return render(request, "appraisal/calibration/choose.html", context)


@require_POST
def calibration_drop(request, pk):
    item = get_object_or_404(CalibrationItem.objects.select_related("session__unit"), pk=pk)
    if not may_chair(request.user, item.session):
        raise Http404
    try:
        drop_item(item, by=request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Penilaian dikeluarkan dari agenda.")
    return redirect("appraisal:calibration-session", pk=item.session_id)


@require_http_methods(FORM_METHODS)
def calibration_close(request, pk):
    session = chaired(request, pk)
    participants = list(session.participants.select_related("employee"))
    form = CloseForm(request.POST if request.method == "POST" else None, participants=participants)
    return ended(request, session, form, close_session, "Tutup sesi kalibrasi", "Tutup sesi", "Sesi ditutup.")


@require_http_methods(FORM_METHODS)
def calibration_cancel(request, pk):
    session = chaired(request, pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    return ended(
        request, session, form, cancel_session, "Batalkan sesi kalibrasi", "Batalkan sesi", "Sesi dibatalkan."
    )


def ended(request, session, form, act, title, button, done):
    """The form of a step that ends the session, and the step."""
    if session.state != session.State.OPEN:
        messages.info(request, f"Tidak ada yang berubah. Sesi ini sudah “{session.get_state_display()}”.")
        return redirect("appraisal:calibration-session", pk=session.pk)
    if form.is_valid():
        try:
            act(session, by=request.user, **form.cleaned_data)
        except StepRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, done)
        return redirect("appraisal:calibration-session", pk=session.pk)
    waiting = sum(
        proposal.state == proposal.State.OPEN
        for item in session.items.prefetch_related("proposals")
        for proposal in item.proposals.all()
    )
    context = {"session": session, "form": form, "title": title, "button": button, "waiting": waiting}
    return render(
        request, "appraisal/calibration/session_form.html", context, status=422 if form.errors else 200
    )
