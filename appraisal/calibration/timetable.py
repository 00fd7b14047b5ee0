"""Periods that close by themselves, and whom the office has to hear of once the superiors' days are over too."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.notices.actions import tell_many
from ambon_kinerja.workdays.queries import working_day_after
from appraisal.cycle.models import Period, Reminder
from appraisal.rulebook.queries import value_on
from appraisal.scoring.models import Evaluation
from appraisal.scoring.turns.raters import superiors_last_day

from .closing import close_period, offices_on, page_of
from .missed import still_open
from .models import MissedEvaluation, PeriodClosing

RULE = "period_closes_itself"
BY = "timetable"
LEFT = "left_over"  # the duty of the Reminder
# Longer than the longest term of a superior; only to leave old periods alone without asking the rulebook.
LOOK_BACK = timedelta(days=200)

logger = logging.getLogger(__name__)


def to_be_closed(now):
    """The periods whose window is over, in which somebody was evaluated, and that are not closed: a queryset."""
    year = timezone.localdate(now).year
    over = Period.objects.filter(year__in=(year, year - 1), closes_at__lte=now)
    # A period opened late, in which nobody was ever evaluated, is nothing to close.
    decided = Evaluation.objects.decided().filter(period=OuterRef("pk"))
    return over.filter(Exists(decided), closing_row=None)


def closes_itself_on(period):
    """The day on which the timetable closes `period`, or None where the rulebook leaves it to people."""
    rule = value_on(RULE, period.last_day)
    return working_day_after(period.last_day, rule["days"]) if rule["itself"] == "yes" else None


def run(now=None):
    """Close what is due and tell what is left; how many of each. A period that cannot be closed keeps no other."""
    now = now or timezone.now()
    return close_due(now), tell_left(now)


def close_due(now):
    """A closing that was asked for and broke off is asked for again: the job itself writes it once."""
    broken = Q(closing_row__finished_at=None, closing_row__isnull=False)
    waiting = {*to_be_closed(now), *Period.objects.filter(broken, closes_at__lte=now)}
    begun, today = 0, timezone.localdate(now)
    for period in sorted(waiting, key=lambda each: each.closes_at):
        day = closes_itself_on(period)
        if day is None or today < day:
            continue
        try:
            close_period(period, by=BY)
        except StepRefused:
            logger.exception("A period could not be closed")
        else:
            begun += 1
    return begun


def tell_left(now):
    """Where the superiors' days are over as well, the office hears once how many nobody may rate any more."""
    today, told = timezone.localdate(now), 0
    closings = PeriodClosing.objects.filter(
        finished_at__isnull=False, period__closes_at__range=(now - LOOK_BACK, now)
    )
    for closing in closings.select_related("period"):
        if today > (last := superiors_last_day(closing.period)):
            told += tell_left_of(closing, last, today)
    return told


@transaction.atomic
def tell_left_of(closing, last, today):
    """1 when somebody was told. `last` is part of what is remembered: a window opened again is counted anew."""
    period = Period.objects.select_for_update().get(pk=closing.period_id)
    left = still_open(MissedEvaluation.objects.filter(closing=closing)).count()
    facts = {"duty": LEFT, "year": period.year, "period": period, "due_on": last}
    known = Reminder.objects.filter(**facts).values("recipient")
    offices = [pk for pk in offices_on(today) if pk not in {row["recipient"] for row in known}]
    if not left or not offices:
        return 0
    Reminder.objects.bulk_create(
        Reminder(recipient_id=pk, stage=Reminder.Stage.SUPERIOR, days=0, sent_on=today, **facts)
        for pk in offices
    )
    body = (
        f"Waktu atasan pejabat penilai habis pada {date_format(last, 'l, j F Y')}. Tanpa membuka lagi masa "
        "penilaian dengan alasan, mereka tidak memiliki hasil untuk periode ini."
    )
    subject = f"{left} pegawai tetap tanpa hasil, {period}"
    tell_many([(pk, subject, body, page_of(period)) for pk in offices])
    record_event("periodclosing.left", closing, by=BY, details={"left": left, "due_on": last})
    return 1
