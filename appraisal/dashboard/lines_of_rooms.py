"""The start page's lines about feedback, colleagues, matrix roles, guidance, outcomes, lacking warnings and reports."""

from django.urls import reverse

from ambon_kinerja.workdays.words import day_words
from appraisal.cascading.models import MatrixRow
from appraisal.cascading.queries import roles_for, rows_to_decide
from appraisal.cycle.work import WorkItem
from appraisal.guidance.queries import counsellings_awaiting, guidances_awaiting, reports_awaiting
from appraisal.monitoring.duty import duty_now, plans_owed
from appraisal.monitoring.models import FeedbackRequest
from appraisal.objections.queries import stuck_reports
from appraisal.outcomes.queries import questions_for
from appraisal.scoring.backing.queries import visible_escalations
from feedback.colleagues.queries import candidates_awaited, open_tasks

from . import queries


def worklist_lines(user, today):
    """Named in settings.WORK_LISTS. One query counts everything, two more find the period of the duty and its rules."""
    facts = queries.facts_of(user)
    person, grants = facts.person, facts.grants
    duty = duty_now(facts.now) if person else None
    questions = {
        "guidances": guidances_awaiting(user, grants),
        "behaviour": reports_awaiting(user, grants),
        "counsellings": counsellings_awaiting(user, grants),
        "escalations": visible_escalations(user, today, grants).filter(seen_at=None),
        "stuck": stuck_reports(user, today, grants),
        **questions_for(user, person, grants),
    }
    if person:
        questions |= {
            "asked": FeedbackRequest.objects.filter(asked=person, feedback=None),
            "consents": rows_to_decide(user).filter(consent=MatrixRow.Consent.ASKED),
            "roles": roles_for(person, year=today.year).filter(taken_as=None),
            "colleagues": open_tasks(person, facts.now),
            "colleague_lists": candidates_awaited(person),
        }
    if duty:
        questions["owed"] = plans_owed(person, duty)
    found = queries.numbers(user, questions)
    return [
        *feedback_items(found, duty),
        *colleague_items(found),
        *role_items(found),
        *guidance_items(found),
        *outcome_items(found),
        *evaluation_items(found),
    ]


def feedback_items(found, duty):
    if found.get("owed"):
        yield WorkItem(
            f"Beri umpan balik berkala, {duty.period}",
            reverse("appraisal:feedback-owed"),
            f"{found['owed']} pegawai menunggu",
            f"Paling lambat {day_words(duty.due_on)}.",
            due=duty.due_on,
        )
    if found.get("asked"):
        address = reverse("appraisal:feedback-desk")
        yield WorkItem("Jawab permintaan umpan balik", address, f"{found['asked']} menunggu")


def colleague_items(found):
    """What is asked about colleagues without names, and lists of them to approve: one place for both."""
    address = reverse("feedback:colleague-desk")
    if found.get("colleagues"):
        yield WorkItem("Jawab umpan balik rekan", address, f"{found['colleagues']} rekan", "Tanpa nama.")
    if found.get("colleague_lists"):
        yield WorkItem("Setujui daftar rekan tim Anda", address, f"{found['colleague_lists']} menunggu")


def role_items(found):
    address = reverse("appraisal:my-roles")
    if found.get("roles"):
        yield WorkItem("Ambil peran dari matriks ke SKP", address, f"{found['roles']} peran")
    if found.get("consents"):
        status = f"{found['consents']} menunggu"
        yield WorkItem("Putuskan penugasan lintas unit", address, status)


def guidance_items(found):
    """Each leads to its section of the room's list."""
    address = reverse("appraisal:guidance-list")
    labels = (
        ("guidances", "Lanjutkan bimbingan kinerja", ""),
        ("behaviour", "Urus laporan perilaku kerja", "?bagian=perilaku"),
        ("counsellings", "Lanjutkan konseling", "?bagian=konseling"),
    )
    for name, label, section in labels:
        if found[name]:
            yield WorkItem(label, f"{address}{section}", f"{found[name]} menunggu")


def outcome_items(found):
    """People to help, credit forms to sign, and what was made from an evaluation that was replaced."""
    if found.get("to_help"):
        address = reverse("appraisal:outcome-rows", args=["pembinaan"])
        yield WorkItem(
            "Atur bimbingan sesudah hasil di bawah Baik", address, f"{found['to_help']} hasil", kind="warn"
        )
    to_sign = found.get("to_sign", 0) + found.get("to_sign_paks", 0)
    if to_sign:
        address = reverse("appraisal:credit-list")
        yield WorkItem("Tandatangani angka kredit", address, f"{to_sign} menunggu")
    overtaken = found.get("overtaken", 0) + found.get("overtaken_paks", 0)
    if overtaken:
        yield WorkItem(
            "Tinjau angka kredit yang dasarnya berubah",
            f"{reverse('appraisal:credit-list')}?tinjau=1",
            f"{overtaken} menunggu",
            "Penilaiannya sudah digantikan.",
            kind="warn",
        )
    if found.get("overtaken_rewards"):
        yield WorkItem(
            "Tinjau usulan penghargaan yang dasarnya berubah",
            reverse("appraisal:reward-list"),
            f"{found['overtaken_rewards']} menunggu",
            kind="warn",
        )


def evaluation_items(found):
    """Ratings below expectation that nobody had been warned of, and reports of evaluations that got stuck."""
    if found["escalations"]:
        yield WorkItem(
            "Baca alasan rating di bawah ekspektasi tanpa peringatan",
            reverse("appraisal:escalation-list"),
            f"{found['escalations']} menunggu",
        )
    if found["stuck"]:
        address = reverse("appraisal:document-report")
        yield WorkItem(
            "Ambil laporan evaluasi yang tertahan", address, f"{found['stuck']} lewat batas", kind="warn"
        )
