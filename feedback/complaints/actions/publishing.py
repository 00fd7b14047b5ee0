"""Making the figures of a finished quarter public: counted once, and kept as they were published."""

from dataclasses import asdict

from django.db import transaction
from django.db.models import Min

from ambon_kinerja.audit.actions import record_event
from feedback.services.periods import Quarter, last_finished, quarter_of

from ..figures import tables_of
from ..models import Complaint, PublishedFigures
from ..rules import TIMETABLE


def publish_finished(today):
    """Publish every quarter that is over and was not published yet, since the first letter; returns how many."""
    first = Complaint.objects.aggregate(day=Min("received_on"))["day"]
    if first is None:
        return 0
    known = {Quarter(*pair) for pair in PublishedFigures.objects.values_list("year", "quarter")}
    quarter, newest, done = quarter_of(first), last_finished(today), 0
    while quarter.start <= newest.start:
        done += quarter not in known and publish(quarter, today)
        quarter = quarter.following()
    return done


@transaction.atomic
def publish(quarter, today):
    """True when it was published now; False when another worker was faster."""
    tables = tables_of(quarter)
    kept, is_new = PublishedFigures.objects.get_or_create(
        year=quarter.year,
        quarter=quarter.number,
        defaults={
            "published_on": today,
            "tables": {
                "kinds": [asdict(row) for row in tables["kinds"]],
                "agencies": [asdict(row) for row in tables["agencies"]],
                "total": asdict(tables["total"]),
            },
        },
    )
    if is_new:
        record_event("complaint.publish", kept, by=TIMETABLE, details={"quarter": quarter.code})
    return is_new
