"""The pages of the lane: the list with sealed names, one case, and its steps."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.access.lookups import person_finder
from agencies.people.models import Employee
from ambon_kinerja.lifecycle.steps import history_of, steps_open_to

from .. import actions
from ..forms import DecideForm, HandOverForm, IdentifyForm, OrdinaryForm, SubstanceForm, WriteForm
from ..models import RestrictedCase, SealOpening
from ..queries import handlers_of, has_open, visible_cases
from ..reading import covered, thread_of
from ..states import ASK_REPLY, DECIDE, HAND_OVER, MAKE_ORDINARY, STEPS
from .answering import FORMS, LIST, Page, answer, found, lane_only, page_of, take_step, too_late

PAGE = 25
State = RestrictedCase.State
SECTIONS = (
    ("berjalan", "Berjalan", {"closed_at": None}),
    ("selesai", "Selesai", {"closed_at__isnull": False}),
)
WORDS = {step.name: step.label for step in STEPS}


@require_safe
def case_list(request):
    lane_only(request.user)
    word, _, condition = next(
        (each for each in SECTIONS if each[0] == request.GET.get("bagian")), SECTIONS[0]
    )
    cases = visible_cases(request.user).filter(**condition)
    page = Paginator(cases, PAGE).get_page(request.GET.get("halaman"))
    context = {"sections": SECTIONS, "section": word, "page": page, "today": timezone.localdate()}
    return render(request, "feedback/restricted/list.html", context)


def last_moment(user, openings, part):
    """Until when `user` may read this part by what he asked for or opened; None where nothing was opened for him."""
    own = (
        each for each in openings if each.part == part and user.pk in (each.asked_by_id, each.opened_by_id)
    )
    return max((each.ends_at for each in own if each.ends_at), default=None)


@require_safe
def case_detail(request, pk):
    case = found(request, pk)
    openings = list(case.openings.select_related("asked_by", "opened_by"))
    others = [user for user in handlers_of(case) if user.pk != request.user.pk]
    context = {
        "case": case,
        "text": covered(case, case.text),
        "thread": thread_of(case, for_lane=True),
        "letters": [(letter, covered(case, letter.answer)) for letter in case.letters.all()],
        "openings": openings,
        "seals": [
            {
                "part": part,
                "label": SealOpening.Part(part).label,
                "is_open": has_open(request.user, case, part),
                "ends_at": last_moment(request.user, openings, part),
                "waiting": next(
                    (each for each in openings if each.part == part and not each.opened_at), None
                ),
            }
            for part in SealOpening.Part.values
        ],
        "is_alone": not others,
        "file_count": case.attachments.count(),
        "steps": {step.name for step in steps_open_to(request.user, case, STEPS)},
        "history": [
            {"words": WORDS[change.step], "by_label": change.by_label, "at": change.at}
            for change in history_of(case)
        ][::-1],
        "today": timezone.localdate(),
    }
    return render(request, "feedback/restricted/detail.html", context)


@require_POST
def case_begin(request, pk):
    return take_step(request, found(request, pk), actions.begin, done="Laporan diperiksa di jalur ini.")


@require_POST
def case_close(request, pk):
    return take_step(request, found(request, pk), actions.close, done="Laporan diselesaikan.")


def page_for(case, title, submit, **more):
    return Page(title=title, submit=submit, back=page_of(case), back_words=str(case), **more)


def form_step(request, pk, *, step, form_class, title, submit, act, done, intro=""):
    """A step with a form: shown while it can be taken, else said why not."""
    case = found(request, pk)
    if case.state not in step.sources:
        return too_late(request, case)

    def store(values):
        act(case, **{name: values[name] for name in values if name not in ("sending_key", "is_checked")})
        return page_of(case)

    page = page_for(case, title, submit, intro=intro)
    return answer(request, form_class(request.POST or None), page, store=store, done=done)


@FORMS
def case_identify(request, pk):
    case = found(request, pk)
    if not has_open(request.user, case, SealOpening.Part.NAMED) and request.method != "POST":
        messages.info(request, "Buka dulu segel nama pegawai, bersama orang kedua.")
        return redirect(page_of(case))

    def store(values):
        actions.identify(case, officer=values["employee"], by=request.user)
        # Who turns out to be too close to the person he has just recognised finds the case no more.
        return page_of(case) if visible_cases(request.user).filter(pk=case.pk).exists() else reverse(LIST)

    form = IdentifyForm(request.POST or None, find_person=person_finder(Employee.objects.counting()))
    page = page_for(
        case,
        "Tentukan pegawai yang dimaksud",
        "Simpan",
        intro="Sesudah disimpan, laporan ini hilang bagi siapa pun yang dekat dengan pegawai itu.",
    )
    return answer(request, form, page, store=store, done="Pegawai ditentukan. Namanya tetap disegel.")


@FORMS
def case_write(request, pk):
    case = found(request, pk)
    if case.is_over:
        return too_late(request, case)

    def store(values):
        actions.write(case, text=values["text"], is_note=values["kind"] == "note", by=request.user)
        return page_of(case)

    page = page_for(case, "Tulis pesan atau catatan", "Simpan")
    return answer(request, WriteForm(request.POST or None), page, store=store, done="Tersimpan.")


@FORMS
def case_ask_reply(request, pk):
    return form_step(
        request,
        pk,
        step=ASK_REPLY,
        form_class=SubstanceForm,
        title="Minta jawaban pegawai",
        submit="Kirim kepada pegawai",
        act=lambda case, **values: actions.ask_reply(case, by=request.user, **values),
        done="Pegawai diberi tahu dan mendapat hak jawab.",
        intro="Mulai saat ini pegawai tahu bahwa ada laporan. Ia hanya membaca pokok laporan di bawah ini.",
    )


@FORMS
def case_inform(request, pk):
    case = found(request, pk)
    if case.reply_asked_at is None or case.state == State.REPLY_ASKED:
        return too_late(request, case)

    def store(values):
        actions.inform_superior(case, substance=values["substance"], by=request.user)
        return page_of(case)

    page = page_for(
        case,
        "Beri tahu atasan langsung",
        "Kirim kepada atasan",
        intro="Hanya bila diperlukan. Atasan langsung hari ini membaca pokok di bawah ini, tanpa pelapor.",
    )
    return answer(request, SubstanceForm(request.POST or None), page, store=store, done="Atasan diberi tahu.")


@FORMS
def case_decide(request, pk):
    return form_step(
        request,
        pk,
        step=DECIDE,
        form_class=DecideForm,
        title="Putuskan laporan",
        submit="Simpan putusan",
        act=lambda case, **values: actions.decide(case, by=request.user, **values),
        done="Putusan disimpan dan disampaikan kepada pelapor.",
    )


@FORMS
def case_hand_over(request, pk):
    return form_step(
        request,
        pk,
        step=HAND_OVER,
        form_class=HandOverForm,
        title="Serahkan kepada pihak berwenang",
        submit="Serahkan",
        act=lambda case, **values: actions.hand_over(case, by=request.user, **values),
        done="Laporan diserahkan. Pelapor diberi tahu.",
        intro="Pemeriksaan disiplin dan pidana berjalan di luar penilaian kinerja dan di luar aplikasi ini.",
    )


@FORMS
def case_ordinary(request, pk):
    return form_step(
        request,
        pk,
        step=MAKE_ORDINARY,
        form_class=OrdinaryForm,
        title="Alihkan menjadi pengaduan biasa",
        submit="Alihkan",
        act=lambda case, **values: actions.make_ordinary(case, by=request.user, **values),
        done="Menjadi pengaduan biasa tanpa nama. Kode pelapor tetap berlaku.",
        intro="Bila ini tentang layanan, bukan tentang perilaku seorang pegawai.",
    )
