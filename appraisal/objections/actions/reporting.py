"""The report up the chain: appraiser → … → personnel office, within 30 working days (page 115 no. 7)."""

from django.db import transaction

from agencies.people.reporting_line import appraiser_on
from ambon_kinerja.lifecycle.steps import NotAllowed, take
from ambon_kinerja.notices.actions import tell
from ambon_kinerja.row_security import as_service

from ..clocks import end_term
from ..models import Deadline, ReportStep
from ..parties import is_head_of_region
from ..rules import is_holder, why_not_report
from ..states.reports import ARRIVE, PASS_ON
from .refusals import now_and_today, user_of


def receiver_of(holder, today):
    """Who gets the report next: the holder's own appraiser; below the head of the region the personnel office (None).

    The PyB is the secretary of the city, to whom the personnel office keeps the documents (page 117 no. 12).
    """
    above = appraiser_on(holder, today)
    return None if above is None or is_head_of_region(above) else above


@transaction.atomic
def report_many(documents, *, by):
    """Pass these on, all or none; returns how many. Raises NotAllowed with the reason of the first that may not go."""
    now, today = now_and_today()
    receivers, sent = {}, {}
    for document in documents:
        if reason := why_not_report(by, document):
            raise NotAllowed(f"{document.employee}: {reason}")
        holder = document.holder
        if holder.pk not in receivers:
            receivers[holder.pk] = receiver_of(holder, today)
        # The personnel office takes a report that got stuck: it does not go through every hand then.
        receiver = receivers[holder.pk] if is_holder(by, document) else None
        pass_on(document, holder, receiver, now=now, today=today, by=by)
        sent.setdefault(receiver, []).append(document)
    for receiver, rows in sent.items():
        if receiver is not None:
            tell(
                user_of(receiver),
                subject=f"{len(rows)} dokumen evaluasi dilaporkan kepada Anda",
                body="Baca, lalu teruskan ke atas sampai ke BKPSDM.",
                path="/dokumen-evaluasi/laporkan/",
            )
    return sum(map(len, sent.values()))


def pass_on(document, holder, receiver, *, now, today, by):
    with as_service():  # after the rule: a leader two steps up does not read the result itself
        if receiver is None:
            done = take(ARRIVE, document, by=by, changes={"holder": None, "arrived_at": now})
            end_term(done, Deadline.Kind.REPORT, on=today)
        else:
            done = take(PASS_ON, document, by=by, changes={"holder": receiver})
            Deadline.objects.filter(
                document=done, kind=Deadline.Kind.REPORT, outcome=Deadline.Outcome.RUNNING
            ).update(owner=receiver)
        ReportStep.objects.create(document=done, sender=holder, receiver=receiver, sent_at=now)
    return done
