"""One guidance: asked for or opened, arranged, read, reported, followed up."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST, require_safe

from agencies.access.lookups import person_finder
from agencies.access.scope import employee_of
from agencies.people.models import Employee
from agencies.people.reporting_line import appraiser_on, subordinates_on
from ambon_kinerja.lifecycle.steps import history_of, steps_open_to
from ambon_kinerja.personal_data.actions import note_viewing
from appraisal.planning.queries import visible_skps

from .. import actions
from ..boxes import EMPLOYEE, GUIDE, TITLES, drawn
from ..forms.guidance import (
    FollowUpForm,
    OpenForm,
    PlanForm,
    ReasonForm,
    RescheduleForm,
    TopicForm,
    appointment,
    appointment_initial,
)
from ..models import Guidance
from ..queries import people_to_ask, visible_opinions
from ..rules import (
    appraiser_today,
    is_guide,
    is_guided,
    may_arrange,
    may_fill,
    may_follow_up,
    may_lead,
    may_read_opinion,
)
from ..states.guidance import CANCEL, DECLINE, FOLLOW_UP, PLAN, REPORT, RETURN, STEPS, WITHDRAW
from .answering import FORMS, Page, answer, found, take_step, too_late

HERE = "Bimbingan dan konseling"
WORDS = {
    "plan": "Dijadwalkan",
    "decline": "Ditolak",
    "withdraw": "Permintaan ditarik",
    "cancel": "Dibatalkan",
    "sign": "Ditandatangani pembimbing",
    "return": "Dikembalikan pegawai",
    "confirm": "Ditandatangani pegawai",
    "report": "Dilaporkan kepada atasan",
    "follow_up": "Tindak lanjut ditetapkan",
}


def page_of(guidance):
    return reverse("appraisal:guidance-detail", args=[guidance.pk])


def list_page():
    return reverse("appraisal:guidance-list")


@require_safe
def guidance_detail(request, pk):
    guidance, user = found(request, pk), request.user
    note_viewing(user, about=guidance.employee, kind="guidance")
    review = getattr(guidance, "review", None)
    may_review = is_guide(user, guidance) and guidance.is_held
    if review is not None and review.sent_at is None and not may_review:
        review = None  # a draft is its writer's alone
    may_answer = may_read_opinion(user, guidance)
    context = {
        "guidance": guidance,
        "title": TITLES[guidance.kind],
        "employee_boxes": drawn(guidance.kind, EMPLOYEE, guidance.employee_part),
        "guide_boxes": drawn(guidance.kind, GUIDE, guidance.guide_part),
        "history": history_shown(guidance),
        "steps": {step.name for step in steps_open_to(user, guidance, STEPS)},
        "is_own": is_guided(user, guidance),
        "is_guide": is_guide(user, guidance),
        "is_leader": may_lead(user, guidance),
        "appraiser_now": appraiser_today(guidance),
        "may_arrange": guidance.state == Guidance.State.PLANNED and may_arrange(user, guidance),
        "fills": [part for part in (EMPLOYEE, GUIDE) if may_fill(user, guidance, part)]
        if guidance.state == Guidance.State.PLANNED
        else [],
        "review": review,
        "may_review": may_review,
        "may_answer": may_answer,
        "opinion": visible_opinions(user).filter(guidance=guidance).first() if may_answer else None,
        "plan": visible_skps(user).filter(pk=guidance.skp_id).first() if guidance.asks_adjustment else None,
    }
    return render(request, "appraisal/guidance/detail.html", context)


def history_shown(guidance):
    return [
        {"words": WORDS[change.step], "by_label": change.by_label, "at": change.at, "reason": change.reason}
        for change in history_of(guidance)
    ][::-1]


@FORMS
def guidance_ask(request):
    person = employee_of(request.user)
    if person is None:
        raise Http404

    def store(values):
        guidance = actions.ask_guidance(person, kind=values["kind"], topic=values["topic"], by=request.user)
        return page_of(guidance)

    appraiser = appraiser_on(person, timezone.localdate())
    page = Page(
        title="Minta bimbingan",
        submit="Kirim permintaan",
        back=list_page(),
        back_words=HERE,
        intro="Pejabat penilai menjadwalkan bimbingan, atau menolak dengan alasan.",
        facts=[("Pejabat penilai Anda", appraiser.name if appraiser else "Belum tercatat")],
    )
    done = "Permintaan dikirim kepada pejabat penilai."
    return answer(request, TopicForm(request.POST or None), page, store=store, done=done)


@FORMS
def guidance_open(request, employee):
    employee = member_of_team(request, employee)

    def store(values):
        facts = {name: values[name] for name in ("kind", "topic", "guide")}
        return page_of(actions.open_guidance(employee, by=request.user, **facts, **appointment(values)))

    page = Page(
        title=f"Buka bimbingan untuk {employee.name}",
        submit="Jadwalkan bimbingan",
        back=f"{list_page()}?bagian=tim",
        back_words=HERE,
        intro="Pegawai dan pembimbing diberi tahu. Pegawai mengisi persiapan sebelum sesi.",
    )
    finder = person_finder(people_to_ask(without=employee), with_nip=False)
    form = OpenForm(request.POST or None, find_person=finder)
    return answer(request, form, page, store=store, done="Bimbingan dijadwalkan.")


def member_of_team(request, key):
    """An employee whom this person appraises today; else 404."""
    person = employee_of(request.user)
    if person is None:
        raise Http404
    team = subordinates_on(person, timezone.localdate())
    return get_object_or_404(Employee.objects.select_related("user").filter(pk__in=team.values("pk")), pk=key)


@FORMS
def guidance_plan(request, pk):
    guidance = found(request, pk, may_lead)
    if guidance.state not in PLAN.sources:
        return too_late(request, guidance, page_of(guidance))

    def store(values):
        planned = actions.plan_guidance(
            guidance, guide=values["guide"], by=request.user, **appointment(values)
        )
        return page_of(planned)

    page = Page(
        title="Jadwalkan bimbingan",
        submit="Jadwalkan bimbingan",
        back=page_of(guidance),
        back_words=str(guidance),
        facts=[("Pegawai", guidance.employee.name), ("Bentuk", guidance.get_kind_display())],
    )
    finder = person_finder(people_to_ask(without=guidance.employee), with_nip=False)
    form = PlanForm(request.POST or None, find_person=finder)
    return answer(request, form, page, store=store, done="Bimbingan dijadwalkan.")


@FORMS
def guidance_reschedule(request, pk):
    guidance = found(request, pk, may_arrange)
    if guidance.state != Guidance.State.PLANNED:
        return too_late(request, guidance, page_of(guidance))

    def store(values):
        changed = actions.reschedule(
            guidance, version=values["version"], by=request.user, **appointment(values)
        )
        return page_of(changed)

    page = Page(title="Ubah jadwal", submit="Simpan jadwal", back=page_of(guidance), back_words=str(guidance))
    form = RescheduleForm(request.POST or None, initial=appointment_initial(guidance))
    done = "Jadwal diubah. Pegawai dan pembimbing diberi tahu."
    return answer(request, form, page, store=store, done=done, now=schedule_in_words)


def schedule_in_words(record):
    moment = date_format(timezone.localtime(record.meets_at), "l, j F Y, H.i")
    return [("Waktu", f"{moment} WIT"), ("Tempat", record.place)]


@FORMS
def guidance_decline(request, pk):
    guidance = found(request, pk, may_lead)
    done = "Permintaan ditolak. Pegawai diberi tahu alasannya."
    return with_reason(request, guidance, DECLINE, actions.decline_guidance, "Tolak permintaan", done)


@FORMS
def guidance_cancel(request, pk):
    guidance = found(request, pk, may_arrange)
    return with_reason(
        request, guidance, CANCEL, actions.cancel_guidance, "Batalkan bimbingan", "Bimbingan dibatalkan."
    )


@FORMS
def guidance_return(request, pk):
    guidance = found(request, pk, is_guided)
    done = "Formulir dikembalikan kepada pembimbing."
    return with_reason(request, guidance, RETURN, actions.return_to_guide, "Kembalikan formulir", done)


def with_reason(request, guidance, step, act, title, done):
    """A step that needs words."""
    if guidance.state not in step.sources:
        return too_late(request, guidance, page_of(guidance))

    def store(values):
        return page_of(act(guidance, reason=values["reason"], by=request.user))

    page = Page(title=title, submit=title, back=page_of(guidance), back_words=str(guidance))
    return answer(request, ReasonForm(request.POST or None), page, store=store, done=done)


@require_POST
def guidance_withdraw(request, pk):
    guidance = found(request, pk, is_guided)
    done = "Permintaan ditarik kembali."
    return take_step(
        request, guidance, WITHDRAW, actions.withdraw_request, address=page_of(guidance), done=done
    )


@require_POST
def guidance_report(request, pk):
    guidance = found(request, pk, may_lead)
    done = "Hasil bimbingan dilaporkan kepada atasan Anda."
    return take_step(request, guidance, REPORT, actions.report_upwards, address=page_of(guidance), done=done)


@FORMS
def guidance_follow(request, pk):
    guidance = found(request, pk, may_follow_up)
    if guidance.state not in FOLLOW_UP.sources:
        return too_late(request, guidance, page_of(guidance))

    def store(values):
        return page_of(actions.follow_up(guidance, words=values["words"], by=request.user))

    page = Page(
        title="Tetapkan tindak lanjut",
        submit="Tetapkan tindak lanjut",
        back=page_of(guidance),
        back_words=str(guidance),
        intro="Pegawai dan pejabat penilainya membaca tindak lanjut ini.",
    )
    form = FollowUpForm(request.POST or None)
    return answer(request, form, page, store=store, done="Tindak lanjut ditetapkan.")
