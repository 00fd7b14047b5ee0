"""What citizens answered, counted. Other floors ask `index_of` and `answer_counts_by_service`."""

from django.db.models import Count

from feedback.citizens.elements import Element
from feedback.citizens.models import SurveyAnswer, SurveyResponse
from feedback.services.models import Service

from .index import satisfaction_index


def answers_within(*, unit=None, service=None, start, end):
    """The answers from `start` to `end` (both days included) for a service, or for a unit and all below it."""
    answers = SurveyAnswer.objects.filter(response__answered_on__range=(start, end))
    if service is not None:
        answers = answers.filter(response__service=service)
    if unit is not None:
        answers = answers.filter(response__service__unit__path__startswith=unit.path)
    return answers


def nothing_answered():
    """{element: {1: 0, 2: 0, 3: 0, 4: 0}} for every element."""
    return {element: dict.fromkeys((1, 2, 3, 4), 0) for element in Element.values}


def answer_counts(*, unit=None, service=None, start, end):
    """{element: {1: n, 2: n, 3: n, 4: n}} for every element, in one query."""
    counts = nothing_answered()
    rows = answers_within(unit=unit, service=service, start=start, end=end).values("element", "value")
    for row in rows.annotate(count=Count("pk")).order_by():
        counts[row["element"]][row["value"]] = row["count"]
    return counts


def answer_counts_by_service(*, unit, start, end):
    """[(Service, its answer counts), …] for the services of a unit and all below it, by name; two queries."""
    services = Service.objects.filter(unit__path__startswith=unit.path).select_related("unit")
    counts = {service: nothing_answered() for service in services.order_by("name", "pk")}
    by_key = {service.pk: counted for service, counted in counts.items()}
    rows = answers_within(unit=unit, start=start, end=end).values("response__service", "element", "value")
    for row in rows.annotate(count=Count("pk")).order_by():
        by_key[row["response__service"]][row["element"]][row["value"]] = row["count"]
    return list(counts.items())


def index_of(*, unit=None, service=None, start, end):
    """The SatisfactionIndex of a service or a unit in a period."""
    return satisfaction_index(answer_counts(unit=unit, service=service, start=start, end=end))


def services_with_counts(*, start, end):
    """The open services with their unit and `respondents` in the period, in one query."""
    responses = SurveyResponse.objects.filter(answered_on__range=(start, end))
    counts = dict(responses.values_list("service").annotate(Count("pk")).order_by())
    services = list(
        Service.objects.filter(is_open=True).select_related("unit").order_by("unit__name", "name")
    )
    for service in services:
        service.respondents = counts.get(service.pk, 0)
    return services
