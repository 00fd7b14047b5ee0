"""Terms that run by themselves: begin, end, and counted anew for everybody when a holiday is added."""

from django.conf import settings
from django.db import connection, transaction

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.jobs.recounting import ask_for_recount, recounted
from ambon_kinerja.workdays.queries import working_day_after
from appraisal.rulebook.queries import rule_on

from .deadlines import rule_of
from .models import Deadline

# The report is counted from the end of the window, which may be moved; a later revision from its own signature.
FOLLOW_THE_WINDOW = """
    UPDATE appraisal_deadline term SET starts_on = window_end.day
    FROM (
        SELECT document.id AS document_id, CASE
            WHEN document.form = 'D.1.3' OR evaluation.revision > 1 THEN greatest(
                ((period.closes_at - interval '1 microsecond') AT TIME ZONE %(zone)s)::date,
                (document.signed_at AT TIME ZONE %(zone)s)::date
            )
            ELSE ((period.closes_at - interval '1 microsecond') AT TIME ZONE %(zone)s)::date
        END AS day
        FROM appraisal_evaluationdocument document
            JOIN appraisal_evaluation evaluation ON evaluation.id = document.evaluation_id
            JOIN appraisal_period period ON period.id = evaluation.period_id
    ) window_end
    WHERE term.document_id = window_end.document_id AND term.kind = 'report' AND term.outcome = 'running'
        AND term.starts_on <> window_end.day
"""
# Every day that a running term can reach, with the number of working days until then.
COUNT_ANEW = """
    WITH span AS (
        SELECT min(starts_on) AS first, max(starts_on + 3 * days) + 120 AS last
        FROM appraisal_deadline WHERE outcome = 'running'
    ),
    day AS (
        SELECT given::date AS day, extract(isodow FROM given) < 6 AND NOT EXISTS (
            SELECT FROM ambon_kinerja_holiday holiday WHERE holiday.day = given::date AND holiday.is_day_off
        ) AS works
        FROM span, generate_series(span.first, span.last, interval '1 day') given
    ),
    numbered AS MATERIALIZED (
        SELECT day, works, count(*) FILTER (WHERE works) OVER (ORDER BY day) AS number FROM day
    )
    UPDATE appraisal_deadline term SET due_on = target.day
    FROM numbered start, numbered target
    WHERE start.day = term.starts_on AND target.works AND target.number = start.number + term.days
        AND term.outcome = 'running' AND term.due_on <> target.day
"""


def start_term(document, kind, *, starts_on, owner, by_superior=False):
    """Begin a term by the rule of that day; the one of the same kind that was running does not count any more."""
    void_terms(document, kind, on=starts_on)
    rule = rule_on(rule_of(kind, by_superior=by_superior), starts_on)
    return Deadline.objects.create(
        document=document,
        kind=kind,
        owner=owner,
        starts_on=starts_on,
        days=rule.value,
        due_on=working_day_after(starts_on, rule.value),
        article=rule.source,
    )


def end_term(document, kind, *, on):
    """What the term asked for was done on the day `on` (WIT)."""
    running = Deadline.objects.filter(document=document, kind=kind, outcome=Deadline.Outcome.RUNNING)
    for term in running:
        term.outcome = Deadline.Outcome.MET if on <= term.due_on else Deadline.Outcome.LATE
        term.ended_on = on
        term.save(update_fields=["outcome", "ended_on"])


def void_terms(document, *kinds, on, outcome=Deadline.Outcome.VOID):
    """Terms that ask nobody for anything any more; without kinds all of the document."""
    running = Deadline.objects.filter(document=document, outcome=Deadline.Outcome.RUNNING)
    if kinds:
        running = running.filter(kind__in=kinds)
    running.update(outcome=outcome, ended_on=on)


def running_term(document, kind):
    return document.deadlines.filter(kind=kind, outcome=Deadline.Outcome.RUNNING).first()


@transaction.atomic
def recount():
    """Every running term by the holidays and windows as they are now; returns how many moved. Four statements.

    What has ended keeps the days by which it was judged.
    """
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW_THE_WINDOW, {"zone": settings.TIME_ZONE})
        cursor.execute(COUNT_ANEW)
        moved = cursor.rowcount
    if moved:
        record_event("deadline.recount", "terms", by="timetable", details={"moved": moved})
    return moved


def recount_job(job, report_progress):
    """Handler of the job that `holidays_changed` asks for."""
    return recounted(recount, report_progress)


def holidays_changed(*, by):
    """Named in settings.HOLIDAY_EFFECTS: the calendar changed in this transaction, so terms are counted anew."""
    title = "Menghitung ulang tenggat dokumen evaluasi dan keberatan"
    ask_for_recount("deadline_recount", of="deadlines", title=title, by=by)


def overdue(today):
    """Running terms whose last day is past and whose silence was not carried upwards yet."""
    return Deadline.objects.filter(
        outcome=Deadline.Outcome.RUNNING, due_on__lt=today, escalated_on=None
    ).order_by("due_on", "pk")
