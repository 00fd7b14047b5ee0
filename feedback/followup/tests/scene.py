"""The cast with a service of the clinic that enough citizens answered in the second quarter of 2026."""

import secrets
from datetime import date

from agencies.access.tests.cast import build_cast
from ambon_kinerja.tests.remembered import remembered
from feedback.citizens.elements import Element
from feedback.citizens.models import SurveyAnswer, SurveyResponse
from feedback.citizens.queries import questionnaire_on
from feedback.citizens.reference_data import fill
from feedback.followup.actions import publish_plan, save_item, start_plan
from feedback.results.actions import lock_quarter
from feedback.results.published.pages import lock_of
from feedback.services.actions import add_service
from feedback.services.periods import Quarter

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


def answered(service, count, *, day=date(2026, 5, 4), counter=None, **values):
    """`count` paper forms at once; one in three is content, so that no figure says what everybody answered."""
    answers = dict.fromkeys(Element.values, 3) | {str(key): value for key, value in LOW.items()}
    answers |= values
    questionnaire = questionnaire_on(day)
    given = SurveyResponse.objects.bulk_create(
        SurveyResponse(
            service=service,
            counter=counter,
            questionnaire=questionnaire,
            sending_key=secrets.token_hex(16),
            answered_on=day,
            service_day=day,
            mode="paper",
        )
        for _ in range(count)
    )
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(response=response, element=element, value=min(4, value + (number % 3 == 0)))
        for number, response in enumerate(given)
        for element, value in answers.items()
    )


def begun(cast, service, quarter=SPRING, *, count=36):
    if count:
        answered(service, count, day=quarter.start)
    if lock_of(quarter) is None:
        lock_quarter(quarter, by=cast["survey_office"])
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


def published(cast, service, quarter=SPRING, *, count=36):
    return publish_plan(
        planned_out(cast, begun(cast, service, quarter, count=count)), by=cast["service_manager"]
    )
