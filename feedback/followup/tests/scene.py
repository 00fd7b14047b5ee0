"""The cast with a service of the clinic that enough citizens answered in the second quarter of 2026."""

from datetime import date

from agencies.access.tests.cast import build_cast
from ambon_kinerja.tests.remembered import remembered
from feedback.citizens.actions import record_response
from feedback.citizens.elements import Element
from feedback.citizens.reference_data import fill
from feedback.followup.actions import publish_plan, save_item, start_plan
from feedback.results.periods import Quarter
from feedback.services.actions import add_service

NOW = "2026-08-12T10:00:00+09:00"
SPRING = Quarter(2026, 2)
LOW = {Element.TIME: 1, Element.FACILITIES: 2, Element.PROCEDURE: 2}


@remembered
def build_service_of_clinic():
    """(cast, service)"""
    cast = build_cast()
    fill()
    unit = cast["self"].cast_units["clinic"]
    return cast, add_service(unit=unit, name="Pelayanan ibu dan anak", slug="ibu-dan-anak", by="test")


def answered(service, count, *, day=date(2026, 5, 4), **values):
    answers = {element: 3 for element in Element.values} | {str(key): value for key, value in LOW.items()}
    answers |= values
    for number in range(count):
        key = f"{service.pk}-{day}-{number}-{sorted(values.items())}"
        # One in three is content, so that no figure says what everybody answered.
        mixed = {key: min(4, value + (number % 3 == 0)) for key, value in answers.items()}
        record_response(service, answers=mixed, sending_key=key, answered_on=day, mode="paper")


def begun(cast, service, quarter=SPRING):
    answered(service, 36)
    return start_plan(service=service, quarter=quarter, by=cast["service_manager"])


def planned_out(cast, plan):
    for item in plan.items.all():
        save_item(
            item,
            version=item.version,
            programme=f"Memperbaiki {item.label.lower()}",
            when="2026-tw4",
            post=cast["self"].cast_posts["appraiser"],
            by=cast["service_manager"],
        )
    return plan


def published(cast, service, quarter=SPRING):
    return publish_plan(planned_out(cast, begun(cast, service, quarter)), by=cast["service_manager"])


