"""The one statement says of services, complaints, counters and outcomes what the rooms tell at their own doors."""

from datetime import date
from random import Random

import pytest
import time_machine
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from agencies.structure.actions import change_unit
from agencies.structure.models import Unit
from agencies.structure.queries import agency_of
from feedback.complaints.actions.publishing import publish
from feedback.complaints.figures import published_tables
from feedback.complaints.models import Complaint, PublishedFigures
from feedback.complaints.restricted.models import RestrictedCase
from feedback.complaints.restricted.tests.scene import carry as carry_restricted
from feedback.complaints.restricted.tests.scene import substantiated_about
from feedback.complaints.tests.scene import a_complaint
from feedback.complaints.tests.scene import carry as carry_letter
from feedback.followup.tests.scene import NOW, SPRING, answered, build_service_of_clinic
from feedback.results.actions import lock_quarter, refresh_running
from feedback.results.published.counters import counter_lines
from feedback.results.published.spans import shown_of_services
from feedback.results.queries import services_below
from feedback.services.actions import add_service
from feedback.services.models import Counter, CounterDuty
from feedback.services.periods import Quarter
from feedback.voice import queries
from feedback.voice.queries import about_person, both, service_evidence

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
QUARTERS = [Quarter(2026, number) for number in (1, 2, 3)]
FINISHED = QUARTERS[:2]


@pytest.fixture
def scene(db):
    with time_machine.travel(NOW, tick=False):
        yield build_service_of_clinic()


def letters(cast, units, count):
    """`count` letters of which `scattered` moves the days; copies of one, since only their counts are asked."""
    pattern, _ = a_complaint(cast)
    facts = {
        field.attname: getattr(pattern, field.attname)
        for field in Complaint._meta.concrete_fields
        if not field.primary_key and field.attname not in ("code_digest", "key_digest", "unit_id")
    }
    Complaint.objects.bulk_create(
        Complaint(**facts, unit=units[number % len(units)], code_digest=f"c{number}", key_digest=f"k{number}")
        for number in range(count)
    )
    return list(Complaint.objects.exclude(pk=pattern.pk))


def scattered(letters, draw):
    """Each letter received, perhaps answered, perhaps rated, on days of its own; some agencies get a handful."""
    few = draw.sample(range(3), 2)
    for number, letter in enumerate(letters):
        quiet = number % 4 in few and draw.random() < 0.7
        days = sorted(date(2026, draw.randint(1, 7), draw.randint(1, 28)) for _ in range(3))
        letter.received_on = date(2025, 3, 1) if quiet else days[0]
        is_answered, is_rated = draw.random() < 0.8, draw.random() < 0.6
        letter.answered_on = days[1] if is_answered else None
        letter.answered_in_time = draw.choice([True, False]) if is_answered else None
        letter.handling_days = draw.randint(0, 30) if is_answered else None
        letter.rated_on = days[2] if is_rated else None
        letter.satisfaction = draw.choice([4, 4, 4, draw.randint(1, 4)]) if is_rated else None
    names = ("received_on", "answered_on", "answered_in_time", "handling_days", "rated_on", "satisfaction")
    Complaint.objects.bulk_update(letters, names)


def publish_anew(quarters):
    """As if the city were another: what is published is never changed otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("RESET ROLE")
        cursor.execute(f"ALTER TABLE {PublishedFigures._meta.db_table} DISABLE TRIGGER USER")
        cursor.execute(f"DELETE FROM {PublishedFigures._meta.db_table}")
        cursor.execute(f"ALTER TABLE {PublishedFigures._meta.db_table} ENABLE TRIGGER USER")
    for quarter in quarters:
        publish(quarter, quarter.following().start)


def test_the_complaints_of_an_appraisal_are_the_line_of_its_agency_in_the_published_table(scene):
    cast, service = scene
    units, unit = cast["self"].cast_units, service.unit
    sent = letters(cast, [units["schools"], units["clinic"], units["city"], units["health"]], 60)
    lines = 0
    for seed in range(4):
        scattered(sent, Random(seed))
        publish_anew(FINISHED)
        found = {line.code: line for line in service_evidence(unit, *YEAR).complaints}
        for quarter in FINISHED:
            table = published_tables(quarter)["agencies"]
            row = next((row for row in table if row.label == agency_of(unit).name), None)
            if row is None or row.received is None:
                assert quarter.code not in found
                continue
            line = found.pop(quarter.code)
            lines += 1
            assert (line.received, line.answered, line.satisfaction) == (
                row.received,
                row.answered,
                row.satisfaction,
            )
            assert line.in_time_share == (row.in_time_share if row.answered else None)
        assert not found  # of the running quarter nothing is told
    assert lines > 2


def test_too_few_letters_are_told_to_no_appraiser_and_without_suppression_they_would_be(scene, monkeypatch):
    cast, service = scene
    for number, state in enumerate(("received", "verified", "waiting", "done")):
        carry_letter(cast, state, key=f"surat-{number}", today=SPRING.start)
    publish_anew([SPRING])
    assert service_evidence(service.unit, *YEAR).complaints == ()

    monkeypatch.setattr("feedback.complaints.figures.hidden", lambda counts: (set(), False))
    publish_anew([SPRING])

    (line,) = service_evidence(service.unit, *YEAR).complaints
    assert line.received == 4


@pytest.mark.parametrize("kept_keys", [True, False])
def test_an_agency_that_was_renamed_is_found_in_what_was_published_before(scene, kept_keys):
    """By its key; in the oldest publications, which kept none, by its name of that day and by no later one."""
    cast, service = scene
    units = cast["self"].cast_units
    letters(cast, [units["clinic"], units["schools"]], 40)
    Complaint.objects.filter(unit=units["schools"])[0].delete()  # so that the two agencies differ
    Complaint.objects.update(received_on=SPRING.start)
    publish_anew([SPRING])
    if not kept_keys:
        tables = PublishedFigures.objects.get().tables
        for row in tables["kinds"] + tables["agencies"] + [tables["total"]]:
            del row["unit"]
        publish_anew([])
        PublishedFigures.objects.create(year=2026, quarter=2, published_on=date(2026, 7, 1), tables=tables)
    (before,) = service_evidence(service.unit, *YEAR).complaints

    change_unit(units["health"], on=date(2026, 8, 1), name="Schools", by="test")
    change_unit(units["schools"], on=date(2026, 8, 1), name="Health", by="test")

    assert service_evidence(Unit.objects.get(pk=service.unit_id), *YEAR).complaints == (before,)
    (other,) = service_evidence(Unit.objects.get(pk=units["schools"].pk), *YEAR).complaints
    assert (before.agency, other.agency) == ("Health", "Schools")
    assert before.received != other.received


def test_a_sealed_complaint_is_in_no_count_and_its_outcome_reaches_the_named_officer_alone(scene):
    cast, service = scene
    letters(cast, [service.unit], 8)
    Complaint.objects.update(received_on=SPRING.start)
    before = service_evidence(service.unit, *YEAR)

    case = carry_restricted(cast, "decided")
    carry_restricted(cast, "replied", key="terbuka")
    carry_restricted(cast, "decided", key="lain", outcome="undecidable")

    services, person = both(service.unit, *YEAR, cast["self"].employee, *YEAR)
    assert services == before
    assert [(each.text, each.reply) for each in person.outcomes] == [
        (case.finding, case.letters.get(kind="reply").answer)
    ]
    assert about_person(cast["peer"].employee, *YEAR).is_empty
    RestrictedCase.objects.filter(pk=case.pk).update(decided_at=case.decided_at.replace(year=2025))
    assert about_person(cast["self"].employee, *YEAR).is_empty
    assert substantiated_about(cast["self"].employee, *YEAR) == []


def of_services(unit, quarter):
    """What the public pages show, put beside what the voice says."""
    services = list(services_below(unit).select_related("unit").order_by("name", "pk"))
    shown = shown_of_services(quarter, services)
    return [
        (
            service.name,
            quarter,
            shown[service.pk].headline,
            shown[service.pk].explanation,
            shown[service.pk].index,
            shown[service.pk].interval or (None, None),
            shown[service.pk].respondents,
            shown[service.pk].is_final,
        )
        for service in services
    ]


def build_counters(cast, service):
    """Two counters of a service, one of them in two terms of duty, each answered often enough."""
    first, second = (Counter.objects.create(service=service, name=f"Loket {number}") for number in (1, 2))
    turn = date(2026, 5, 1)
    duties = ((first, "self", SPRING.start, turn), (first, "peer", turn, None), (second, "self", turn, None))
    for counter, name, start, end in duties:
        CounterDuty.objects.create(counter=counter, employee=cast[name].employee, term=DateRange(start, end))
    for counter, month in ((first, 4), (first, 5), (second, 5), (None, 6)):
        for day in (6, 7, 8):
            answered(service, 12, day=date(2026, month, day), counter=counter)


def test_services_and_counters_are_told_as_at_their_own_doors(scene):
    """Several services in three quarters: locked with many, few and no answers, and one that still runs."""
    cast, service = scene
    build_counters(cast, service)
    others = [
        add_service(
            unit=cast["self"].cast_units[unit], name=f"Layanan {number}", slug=f"l-{number}", by="test"
        )
        for number, unit in enumerate(("health", "schools", "schools"))
    ]
    for other, count in zip(others, (36, 7, 40), strict=True):
        answered(other, count, day=SPRING.start)
        answered(other, count, day=date(2026, 7, 2))
        answered(other, count, day=date(2026, 7, 9))
    lock_quarter(SPRING, by=cast["survey_office"])
    refresh_running()
    for unit in (service.unit, cast["self"].cast_units["health"], cast["self"].cast_units["city"]):
        told = service_evidence(unit, *YEAR)
        assert [
            (
                line.name,
                line.quarter,
                line.headline,
                line.explanation,
                line.index,
                (line.low, line.high),
                line.respondents,
                line.is_final,
            )
            for line in told.services
        ] == [each for quarter in QUARTERS for each in of_services(unit, quarter)]

    for name, lines in (("self", 2), ("peer", 1), ("superior", 0)):
        person = cast[name].employee
        own = [
            (quarter, line.counter.name, line.low, line.high)
            for quarter in QUARTERS
            for line in counter_lines(service, quarter)
            if line.duty.employee_id == person.pk and line.low is not None
        ]
        found = about_person(person, *YEAR).counters
        assert [(each.quarter, each.counter, each.low, each.high) for each in found] == own
        assert len(own) == lines


def test_both_questions_are_one_statement_however_much_there_is_to_tell(scene):
    cast, service = scene
    me = cast["self"].employee
    with CaptureQueriesContext(connection) as few:
        assert both(service.unit, *YEAR, me, *YEAR)[1].is_empty
    build_counters(cast, service)
    letters(cast, [service.unit], 8)
    carry_restricted(cast, "decided")
    lock_quarter(SPRING, by=cast["survey_office"])

    with CaptureQueriesContext(connection) as many:
        services, person = both(service.unit, *YEAR, me, *YEAR)

    assert (len(few), len(many)) == (1, 1)
    assert services.services
    assert (len(person.counters), len(person.outcomes)) == (2, 1)
    assert (services, person) == (service_evidence(service.unit, *YEAR), about_person(me, *YEAR))
    assert queries.quarters_in(*YEAR) == QUARTERS
