"""A small city whose services were answered, quickly: whole quarters of answers in a few statements."""

from datetime import date, timedelta

from agencies.structure.models import Unit
from feedback.citizens.elements import Element
from feedback.citizens.models import Questionnaire, SurveyAnswer, SurveyResponse
from feedback.services.actions import add_service

QUARTER_START = date(2026, 7, 1)


def answer(
    service, rows, *, day=QUARTER_START, days=1, mode="paper", elements=tuple(Element.values), **given
):
    """One response for each row: {element: value} (what is not named is 3), spread over `days` from `day` on."""
    questionnaire = Questionnaire.objects.order_by("valid_from").first()
    before = SurveyResponse.objects.count()
    responses = SurveyResponse.objects.bulk_create(
        SurveyResponse(
            service=service,
            questionnaire=questionnaire,
            sending_key=f"scene-{before + number}",
            answered_on=day + timedelta(days=number % days),
            service_day=day + timedelta(days=number % days),
            mode=mode,
            **given,
        )
        for number in range(len(rows))
    )
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(response=response, element=element, value=row.get(element, 3))
        for response, row in zip(responses, rows, strict=True)
        for element in elements
    )
    return responses


def mixed(count, **values):
    """Rows that are not all alike: every third person is delighted, the rest content; `values` for all."""
    return [dict.fromkeys(Element.values, 4 if number % 3 == 0 else 3) | values for number in range(count)]


def second_service(service, name="Akta", slug="akta"):
    return add_service(unit=service.unit, name=name, slug=slug, by="test")


def the_city():
    return Unit.objects.get(parent=None)
