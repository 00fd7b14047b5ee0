"""The lines of the start page about feedback, roles in a matrix, agreements, guidance and counselling."""

from django.urls import reverse

from appraisal.cascading.models import MatrixRow
from appraisal.cascading.queries import roles_for, rows_to_decide
from appraisal.cycle.work import WorkItem
from appraisal.guidance.queries import counsellings_awaiting, guidances_awaiting, reports_awaiting
from appraisal.monitoring.duty import duty_now, plans_owed
from appraisal.monitoring.models import FeedbackRequest

from . import queries
from .lines import day_words


def worklist_lines(user, today):
    """Named in settings.WORK_LISTS. One query counts everything, two more find the period of the duty and its rules."""
    facts = queries.facts_of(user)
    person, grants = facts.person, facts.grants
    duty = duty_now(facts.now) if person else None
    questions = {
        "guidances": guidances_awaiting(user, grants),
        "behaviour": reports_awaiting(user, grants),
        "counsellings": counsellings_awaiting(user, grants),
    }
    if person:
        questions |= {
            "asked": FeedbackRequest.objects.filter(asked=person, feedback=None),
            "consents": rows_to_decide(user).filter(consent=MatrixRow.Consent.ASKED),
            "roles": roles_for(person, year=today.year).filter(taken_as=None),
        }
    if duty:
        questions["owed"] = plans_owed(person, duty)
    found = queries.numbers(user, questions)
    return [*feedback_items(found, duty), *role_items(found), *guidance_items(found)]


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
