"""One letter before an officer: its thread, what he may do next, and each act on a page of its own."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.careers.sending import new_key, once
from ambon_kinerja.lifecycle.steps import NotAllowed, Step, StepRefused, history_of
from feedback.citizens.screening import screened

from .. import actions, states
from .. import attachments as files
from ..actions.telling import page_of
from ..forms.handling import (
    AnswerForm,
    AskForm,
    BeginForm,
    ForwardForm,
    MergeForm,
    NoteForm,
    ReasonForm,
    TransferForm,
    VerifyForm,
)
from ..models import Complaint, ComplaintAttachment
from ..queries import possible_mains, thread_for_officer, visible_complaints
from ..rules import may_handle, may_open_contact, may_read_in_full


@dataclass(frozen=True)
class Act:
    """A button of the letter's page: the step behind it (None: no step), its form, and what is said when it is done."""

    word: str
    label: str
    step: Step | None
    form: type
    act: callable
    done: str
    intro: str = ""


ACTS = (
    Act("verifikasi", "Verifikasi", states.VERIFY, VerifyForm, actions.verify, "Laporan diverifikasi.",
        "Laporan lengkap dan menjadi urusan unit Anda. Waktu menjawab dihitung sejak laporan diterima."),
    Act("mulai", "Mulai tindak lanjut", states.BEGIN, BeginForm, actions.begin, "Tindak lanjut dimulai.",
        "Pelapor membaca bahwa laporannya sedang dikerjakan."),
    Act("jawab", "Jawab", states.ANSWER, AnswerForm, actions.answer, "Jawaban dikirim.",
        "Katakan apa yang sudah dilakukan dan apa yang berubah. Tanpa balasan, laporan ditutup sendiri."),
    Act("tanya", "Tanya pelapor", states.ASK, AskForm, actions.ask, "Pertanyaan dikirim.",
        "Selama menunggu pelapor, waktu menjawab berhenti."),
    Act("teruskan", "Teruskan ke unit lain", states.FORWARD, ForwardForm, actions.forward, "Laporan diteruskan.",
        "Unit tujuan membaca alasannya, pelapor tidak. Waktu menjawab berjalan terus."),
    Act("gabung", "Gabungkan dengan laporan lain", states.MERGE, MergeForm, actions.merge, "Laporan digabung."),
    Act("alihkan", "Alihkan ke SP4N-LAPOR!", states.TRANSFER, TransferForm, actions.transfer, "Laporan dialihkan.",
        "Untuk urusan pemerintah lain. Daftarkan dahulu di SP4N-LAPOR!, lalu tulis nomornya."),
    Act("tolak", "Tolak", states.REFUSE, ReasonForm, actions.refuse, "Laporan ditolak. Pelapor membaca alasannya.",
        "Hanya bila tidak dapat ditindaklanjuti siapa pun. Pelapor membaca alasan ini."),
    Act("tutup", "Tutup", states.CLOSE, ReasonForm, actions.close, "Laporan ditutup.",
        "Pelapor membaca alasan ini dan dapat membuka kembali."),
    Act("naikkan", "Naikkan ke atasan", None, NoteForm, actions.escalate, "Laporan dinaikkan.",
        "Minta bantuan pimpinan unit; berikutnya Bagian Organisasi dan Inspektorat."),
)  # fmt: skip
# What the running clock asks for.
DUE_ACTS = {Complaint.Clock.VERIFY: "verifikasi", Complaint.Clock.ANSWER: "jawab"}
BY_WORD = {act.word: act for act in ACTS}
LABELS = {step.name: step.label for step in states.STEPS}


def found(request, pk):
    return get_object_or_404(visible_complaints(request.user), pk=pk)


def is_open(act, user, complaint):
    if not may_handle(user, complaint):
        return False
    if act.step is None:
        return not complaint.is_finished and complaint.escalation < Complaint.Escalation.CITY
    return complaint.state in act.step.sources and act.step.may(user, complaint)


def facts_for(request, complaint):
    """What the letter's page and the pages of its acts show of it; citizens' words in full only to who handles it."""
    shown = str if may_read_in_full(request.user, complaint) else screened
    return {
        "complaint": complaint,
        "text": shown(complaint.text),
        "place": shown(complaint.place),
        "thread": thread_for_officer(complaint, request.user),
        "own_files": list(complaint.attachments.filter(message=None)),
        "may_handle": may_handle(request.user, complaint),
        "today": timezone.localdate(),
    }


@require_safe
def complaint_detail(request, pk):
    complaint = found(request, pk)
    has_contact = bool(complaint.name or complaint.phone or complaint.email)
    acts = [act for act in ACTS if is_open(act, request.user, complaint)]
    first = next((act for act in acts if act.word == DUE_ACTS.get(complaint.clock)), None)
    context = facts_for(request, complaint) | {
        "first_act": first,
        "acts": [act for act in acts if act is not first],
        "duplicates": complaint.duplicates.order_by("pk"),
        "may_open_contact": has_contact and may_open_contact(request.user, complaint),
        "history": [(LABELS.get(change.step, change.step), change) for change in history_of(complaint)],
    }
    return render(request, "feedback/complaints/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def complaint_step(request, pk, step):
    """The page of one act. A letter that changed meanwhile is answered with both: what was typed and what is new."""
    complaint, act = found(request, pk), BY_WORD.get(step)
    if act is None or not may_handle(request.user, complaint):
        raise Http404
    if request.method != "POST":
        if not is_open(act, request.user, complaint):
            messages.info(request, f"“{act.label}” tidak tersedia dalam keadaan laporan sekarang.")
            return redirect(page_of(complaint))
        return show_step(request, complaint, act, act.form(initial={"version": complaint.version}))
    form = act.form(request.POST, request.FILES)
    if "cari" in request.POST:
        form.search_only()
        return show_step(request, complaint, act, form)
    if not form.is_valid():
        return show_step(request, complaint, act, form, status=422)
    try:
        address = once(
            form.cleaned_data["sending_key"] or new_key(),
            by=request.user,
            act=lambda: carry_out(request, complaint, act, form),
        )
    except actions.Conflict as conflict:
        return show_conflict(request, complaint, act, form, conflict)
    except (NotAllowed, StepRefused) as refusal:
        about = getattr(refusal, "about", "")
        form.add_error(about if about in form.fields else None, str(refusal))
        return show_step(request, complaint, act, form, status=422)
    messages.success(request, act.done)
    return redirect(address)


def carry_out(request, complaint, act, form):
    values = form.values
    if "main" in values:
        main = possible_mains(complaint, request.user).filter(pk=values["main"]).first()
        if main is None:
            raise actions.Refused("Tidak ada laporan berjalan dengan nomor itu di unit Anda.", "main")
        values["main"] = main
    if "files" in values:
        values["attachments"] = examined(values.pop("files"), form)
    act.act(complaint, by=request.user, version=form.cleaned_data["version"], **values)
    # After forwarding, the letter may be out of the officer's sight.
    still_there = visible_complaints(request.user).filter(pk=complaint.pk).exists()
    return page_of(complaint) if still_there else "/kelola-pengaduan/"


def examined(uploads, form):
    waiting = []
    for upload in uploads:
        try:
            waiting.append(files.receive(upload, key=form.cleaned_data["sending_key"])[0])
        except files.FileRefused as refusal:
            raise actions.Refused(f"{files.clean_name(upload.name)}: {refusal}", "files") from None
    return waiting


def show_conflict(request, complaint, act, form, conflict):
    """409: the letter as it is now beside what was typed, ready to be sent on purpose."""
    complaint = visible_complaints(request.user).filter(pk=complaint.pk).first()
    if complaint is None:
        messages.warning(request, "Laporan ini baru saja diteruskan ke unit lain.")
        return redirect("feedback:complaint-list")
    form.data = form.data.copy()
    form.data["version"] = complaint.version
    form.data["sending_key"] = new_key()
    return show_step(request, complaint, act, form, status=409, conflict=str(conflict))


def show_step(request, complaint, act, form, status=200, **more):
    context = facts_for(request, complaint) | {"act": act, "form": form, **more}
    if act.word == "gabung":
        mains = possible_mains(complaint, request.user).select_related("unit").filter(unit=complaint.unit)
        context["mains"] = [(main, screened(main.text)) for main in mains.order_by("-pk")[:15]]
    return render(request, "feedback/complaints/step.html", context, status=status)


@require_POST
def complaint_contact(request, pk):
    """Who may be reached, for the officer who handles it; the trail keeps that he looked."""
    complaint = found(request, pk)
    try:
        contact = actions.open_contact(complaint, by=request.user)
    except NotAllowed:
        raise Http404 from None
    return render(request, "feedback/complaints/contact.html", {"complaint": complaint, "contact": contact})


@require_safe
def complaint_file(request, pk, file):
    """A file of the thread; a citizen's only for who handles the letter, since a picture cannot be screened."""
    complaint = found(request, pk)
    attachment = get_object_or_404(
        ComplaintAttachment.objects.select_related("message"), pk=file, complaint=complaint
    )
    from_citizen = attachment.message is None or attachment.message.is_from_citizen
    if from_citizen and not may_read_in_full(request.user, complaint):
        raise Http404
    response = files.serve(attachment)
    if response is None:
        raise Http404
    return response
