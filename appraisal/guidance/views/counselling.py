"""One counselling: what the two write, what leaves the room, what follows."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ambon_kinerja.lifecycle.steps import StepRefused, history_of, steps_open_to
from ambon_kinerja.personal_data.actions import note_viewing

from .. import actions
from ..forms.counselling import ConclusionForm, NoteForm, RecordTextForm
from ..forms.guidance import FollowUpForm, RescheduleForm, appointment, appointment_initial
from ..models import Counselling
from ..queries import notes_of, record_of
from ..rules import (
    is_counsellor,
    is_guided,
    may_follow_counselling,
    may_manage_counselling,
    may_read_conclusion,
    may_read_notes,
)
from ..states.counselling import CANCEL, CONCLUDE, FOLLOW_UP, STEPS
from .answering import FORMS, Page, answer, found_counselling, take_step, too_late
from .guidance import schedule_in_words

BACK = "Konseling"
WORDS = {
    "conclude": "Kesimpulan disampaikan",
    "cancel": "Dibatalkan",
    "follow_up": "Tindak lanjut ditetapkan",
}


def page_of(counselling):
    return reverse("appraisal:counselling-detail", args=[counselling.pk])


@require_safe
def counselling_detail(request, pk):
    counselling, user = found_counselling(request, pk), request.user
    reads, counsels = may_read_notes(user, counselling), is_counsellor(user, counselling)
    if not reads:
        note_viewing(user, about=counselling.employee, kind="counselling")
    record = record_of(counselling) if reads else None
    if record is not None and record.signed_at is None and not counsels:
        record = None  # a draft is its writer's alone
    context = {
        "counselling": counselling,
        "reads": reads,
        "notes": notes_of(counselling) if reads else [],
        "record": record,
        "is_counsellor": counsels,
        "is_own": is_guided(user, counselling),
        "is_scheduled": counselling.state == Counselling.State.SCHEDULED,
        "may_manage": may_manage_counselling(user, counselling),
        "may_read_conclusion": may_read_conclusion(user, counselling),
        "steps": {step.name for step in steps_open_to(user, counselling, STEPS)},
        "history": [
            {"words": WORDS[change.step], "by_label": change.by_label, "at": change.at}
            for change in history_of(counselling)
        ][::-1],
    }
    return render(request, "appraisal/guidance/counselling_detail.html", context)


@FORMS
def counselling_reschedule(request, pk):
    counselling = found_counselling(request, pk, may_manage_counselling)
    if counselling.state != Counselling.State.SCHEDULED:
        return too_late(request, counselling, page_of(counselling))

    def store(values):
        return page_of(
            actions.reschedule_counselling(
                counselling, version=values["version"], by=request.user, **appointment(values)
            )
        )

    page = Page(
        title="Ubah jadwal konseling", submit="Simpan jadwal", back=page_of(counselling), back_words=BACK
    )
    form = RescheduleForm(request.POST or None, initial=appointment_initial(counselling))
    done = "Jadwal diubah. Pegawai dan konselor diberi tahu."
    return answer(request, form, page, store=store, done=done, now=schedule_in_words)


@FORMS
def note_add(request, pk):
    counselling = found_counselling(request, pk, may_read_notes)
    if counselling.state != Counselling.State.SCHEDULED and request.method != "POST":
        return too_late(request, counselling, page_of(counselling))

    def store(values):
        facts = {name: values[name] for name in ("noted_on", "text")}
        actions.add_note(counselling, by=request.user, **facts)
        return page_of(counselling)

    page = Page(
        title="Tambah catatan jurnal",
        submit="Simpan catatan",
        back=page_of(counselling),
        back_words=BACK,
        intro=f"Jurnal ini hanya dibaca {counselling.employee} dan {counselling.counsellor}.",
    )
    return answer(request, NoteForm(request.POST or None), page, store=store, done="Catatan disimpan.")


@FORMS
def record_edit(request, pk):
    """The counsellor's record: saved as often as he likes, signed once."""
    counselling = found_counselling(request, pk, is_counsellor)
    record = record_of(counselling)
    is_closed = counselling.state != Counselling.State.SCHEDULED or (record and record.signed_at)
    if is_closed and request.method != "POST":
        return too_late(request, counselling, page_of(counselling))
    initial = {"text": record.text if record else "", "version": record.version if record else 0}
    form = RecordTextForm(request.POST or None, initial=initial)
    if request.method != "POST":
        return show_record(request, counselling, form)
    if not form.is_valid():
        return show_record(request, counselling, form, status=422)
    is_signed = "tandatangani" in request.POST
    try:
        actions.save_record(counselling, by=request.user, is_signed=is_signed, **form.cleaned_data)
    except actions.Conflict as conflict:
        form.carry(conflict.stored.version)
        return show_record(request, counselling, form, status=409, theirs=conflict.stored.text)
    except StepRefused as refusal:
        form.add_error(getattr(refusal, "about", "") or None, str(refusal))
        return show_record(request, counselling, form, status=422)
    messages.success(request, "Rekaman ditandatangani." if is_signed else "Draf rekaman disimpan.")
    return redirect(page_of(counselling))


def show_record(request, counselling, form, *, status=200, **more):
    context = {"counselling": counselling, "form": form, **more}
    return render(request, "appraisal/guidance/record_form.html", context, status=status)


@FORMS
def counselling_conclude(request, pk):
    counselling = found_counselling(request, pk, is_counsellor)
    if counselling.state not in CONCLUDE.sources:
        return too_late(request, counselling, page_of(counselling))

    def store(values):
        return page_of(actions.conclude(counselling, conclusion=values["conclusion"], by=request.user))

    readers = {
        Counselling.CounsellorKind.INDEPENDENT: "BKPSDM",
        Counselling.CounsellorKind.APPRAISER: "atasan pejabat penilai",
        Counselling.CounsellorKind.OFFICIAL: "pejabat penilai dan atasannya",
    }[counselling.counsellor_kind]
    page = Page(
        title="Sampaikan kesimpulan",
        submit="Sampaikan kesimpulan",
        back=page_of(counselling),
        back_words=BACK,
        intro=f"Kesimpulan dibaca {readers} dan pegawai. Jurnal dan rekaman tetap milik Anda berdua.",
    )
    form = ConclusionForm(request.POST or None)
    return answer(request, form, page, store=store, done="Kesimpulan disampaikan.")


@FORMS
def counselling_follow(request, pk):
    counselling = found_counselling(request, pk, may_follow_counselling)
    if counselling.state not in FOLLOW_UP.sources:
        return too_late(request, counselling, page_of(counselling))

    def store(values):
        return page_of(actions.follow_counselling(counselling, words=values["words"], by=request.user))

    page = Page(
        title="Tetapkan tindak lanjut",
        submit="Tetapkan tindak lanjut",
        back=page_of(counselling),
        back_words=BACK,
        facts=[("Kesimpulan", counselling.conclusion)],
    )
    form = FollowUpForm(request.POST or None)
    return answer(request, form, page, store=store, done="Tindak lanjut ditetapkan.")


@require_POST
def counselling_cancel(request, pk):
    counselling = found_counselling(request, pk, may_manage_counselling)
    done = "Konseling dibatalkan. Anda dapat menetapkan konselor lain."
    return take_step(
        request, counselling, CANCEL, actions.cancel_counselling, address=page_of(counselling), done=done
    )
