"""What happens when somebody keeps silent: he is reminded, then it is told further up, and nothing waits for ever."""

from collections import defaultdict
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import capfirst

from agencies.access.models import RoleGrant
from agencies.access.roles import Role
from agencies.people.reporting_line import appraiser_on
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import take
from ambon_kinerja.notices.actions import tell, tell_many
from ambon_kinerja.workdays.calendar import is_working_day, working_days_between
from ambon_kinerja.workdays.queries import holidays_between
from ambon_kinerja.workdays.words import day_words
from appraisal.rulebook.queries import value_on
from appraisal.scoring.models import Evaluation

from .actions.reading import stop_reading
from .actions.refusals import user_of
from .clocks import overdue, recount, start_term, void_terms
from .models import Deadline, EvaluationDocument, Objection
from .parties import next_above
from .states.objections import LAPSE, PASS_UP
from .words import called_for

Kind, Outcome, State = Deadline.Kind, Deadline.Outcome, Objection.State
LOCK = 2_906_2022  # any number: a second beat of the same moment waits for the first
SILENT = "{who} tidak memutus sampai {day}. Hasil semula tetap berlaku."
REOPENED = "Hasil ini dibuka kembali, jadi keberatan atas hasil lama gugur."


@transaction.atomic
def run(today=None):
    """Count anew, close what became pointless, remind, carry silence upwards; returns how many terms were carried."""
    today = today or timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    recount()
    close_what_was_reopened(today)
    if is_working_day(today, holidays=holidays_between(today, today)):
        remind(today)
    terms = list(
        overdue(today).select_related(
            "owner__user",
            "document__evaluation__period",
            "document__employee__user",
            "document__signer__user",
        )
    )
    for term in terms:
        ESCALATE[term.kind](term, today)
    return len(terms)


def close_what_was_reopened(today):
    """A result that was opened again takes its document and an objection under way with it."""
    gone = EvaluationDocument.objects.filter(
        evaluation__state=Evaluation.State.SUPERSEDED, deadlines__outcome=Outcome.RUNNING
    ).distinct()
    for document in gone:
        for objection in document.objections.filter(state=State.FILED):
            stop_reading(objection)
            now = timezone.now()
            take(
                LAPSE,
                objection,
                by="timetable",
                reason=REOPENED,
                changes={"closed_at": now, "closing_reason": REOPENED},
            )
            tell(user_of(objection.employee), subject="Keberatan Anda gugur", body=REOPENED)
        void_terms(document, on=today)


def remind(today):
    """One message a day to whoever has something due soon, however much it is."""
    before = value_on("reminder_working_days_before", today)
    far = max(before, default=0)
    due = Deadline.objects.filter(
        outcome=Outcome.RUNNING, owner__user__isnull=False, due_on__gte=today
    ).exclude(reminded_on=today)
    due = list(due.filter(due_on__lte=day_after(today, far)).select_related("owner"))
    holidays = holidays_between(today, max((term.due_on for term in due), default=today))
    lines, reached = defaultdict(list), []
    for term in due:
        if working_days_between(today, term.due_on, holidays=holidays) in before:
            lines[term.owner.user_id].append(term)
            reached.append(term.pk)
    tell_many(
        (user, subject_of(terms), body_of(terms), "/dokumen-evaluasi/")
        for user, terms in sorted(lines.items())
    )
    Deadline.objects.filter(pk__in=reached).update(reminded_on=today)


def day_after(today, working_days):
    return today + timedelta(days=2 * working_days + 14)


def subject_of(terms):
    return f"{len(terms)} tenggat dokumen evaluasi dan keberatan mendekat"


def body_of(terms):
    return "\n".join(
        f"{term.get_kind_display()}: paling lambat {day_words(term.due_on)}." for term in terms[:10]
    )


def tell_further(term, today):
    """To hand over, to return, to report: who owes it and his superior are told; the document stays as it is."""
    document, owner = term.document, term.owner
    above = appraiser_on(owner, today) if owner else None
    if owner is not None and owner.pk == document.employee_id:
        above = document.signer
    what, period = term.get_kind_display(), document.evaluation.period
    words = f"{what} ({document.employee}, {period}) lewat batas waktu"
    for person in (owner, above):
        is_own = person is not None and person.pk == document.employee_id
        tell(
            user_of(person),
            subject=f"{what} (dokumen Anda, {period}) lewat batas waktu" if is_own else words,
            body=f"Batas waktunya {day_words(term.due_on)}. Dasar: {term.article}.",
            path=f"/dokumen-evaluasi/{document.pk}/",
        )
    if term.kind == Kind.REPORT:
        for account in offices_of(document.unit, today):
            tell(account, subject=words, path="/dokumen-evaluasi/laporkan/")
    mark(term, today)


def mark(term, today):
    term.escalated_on = today
    term.save(update_fields=["escalated_on"])
    record_event(
        "document.escalate", term.document, by="timetable", details={"kind": term.kind, "due_on": term.due_on}
    )


def offices_of(unit, today):
    grants = RoleGrant.objects.filter(
        role=Role.PERSONNEL_OFFICE, term__contains=today, user__is_active=True
    ).select_related("user", "unit")
    return [grant.user for grant in grants if unit.path.startswith(grant.unit.path)]


def lapse(term, today):
    """The right to object runs out: nobody is told off for not using a right."""
    void_terms(term.document, Kind.OBJECT, on=today, outcome=Outcome.LAPSED)


def expire_reading(term, today):
    """The decider reads and decides without the second reader."""
    objection = term.document.objections.filter(state=State.FILED).first()
    if objection is None:
        void_terms(term.document, Kind.READ, on=today)
        return
    stop_reading(objection)
    tell(
        user_of(objection.decider),
        subject="Pembaca kedua tidak menilai tepat waktu",
        body="Anda dapat memutus tanpa penilaiannya.",
        path=f"/keberatan/{objection.pk}/",
    )


def pass_up(term, today):
    """The decider kept silent: the old result stays in force, and the next one up decides within days of his own.

    At the end of the line the case stays with the last decider and the personnel office is told.
    """
    objection = term.document.objections.filter(state=State.FILED).first()
    if objection is None:
        void_terms(term.document, Kind.DECIDE, on=today)
        return
    parties = {objection.employee_id, objection.appraiser_id, objection.decider_id}
    above = next_above(appraiser_on(objection.decider, today), parties, today)
    reason = SILENT.format(who="Pemutus", day=day_words(term.due_on))
    told = [objection.employee, objection.decider]
    if above is None:
        mark(term, today)
        for account in offices_of(objection.unit, today):
            tell(account, subject=f"Keberatan {objection.employee} tidak diputus", body=reason)
    else:
        void_terms(term.document, Kind.DECIDE, on=today, outcome=Outcome.LAPSED)
        take(PASS_UP, objection, by="timetable", reason=reason, changes={"decider": above})
        start_term(term.document, Kind.DECIDE, starts_on=today, owner=above)
        told.append(above)
    for person in told:
        silent = "Anda" if person == objection.decider else "Pemutus"
        onwards = (
            f"Diteruskan kepada {'Anda' if person == above else above}." if above else "BKPSDM diberi tahu."
        )
        tell(
            user_of(person),
            subject=f"{capfirst(called_for(objection, person))} belum diputus",
            body=f"{SILENT.format(who=silent, day=day_words(term.due_on))} {onwards}",
            path=f"/keberatan/{objection.pk}/",
        )


ESCALATE = {
    Kind.SIGN: tell_further,
    Kind.HAND_OVER: tell_further,
    Kind.RETURN: tell_further,
    Kind.REPORT: tell_further,
    Kind.OBJECT: lapse,
    Kind.READ: expire_reading,
    Kind.DECIDE: pass_up,
}
