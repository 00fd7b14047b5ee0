"""Taking in what citizens answer. Nothing here knows, or asks, who they are."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from .elements import Element
from .models import SurveyAnswer, SurveyResponse
from .queries import questionnaire_on

PROFILE = ("sex", "age_band", "education", "occupation")


class WrongAnswers(ValueError):
    """Answers that are not one of 1 to 4 for each question; `faults` is {element: reason in Indonesian}."""

    def __init__(self, faults):
        super().__init__("; ".join(faults.values()))
        self.faults = faults


class NotOpen(ValueError):
    """The service takes no answers."""


def record_response(
    service, *, answers, sending_key, profile=None, comment="", answered_on=None, mode=SurveyResponse.Mode.WEB
):
    """Keep one filled questionnaire: `answers` is {element: 1 to 4} for every question asked.

    The same `sending_key` always gives the same response, however often and at once it is sent.
    Raises WrongAnswers or NotOpen; then nothing is kept.
    """
    if not service.is_open:
        raise NotOpen("Layanan ini sedang tidak menerima jawaban.")
    day = answered_on or timezone.localdate()
    questionnaire = questionnaire_on(day)
    check_answers(answers, questionnaire)
    if known := SurveyResponse.objects.filter(sending_key=sending_key).first():
        return known
    try:
        with transaction.atomic():
            response = SurveyResponse.objects.create(
                service=service,
                questionnaire=questionnaire,
                sending_key=sending_key,
                answered_on=day,
                mode=mode,
                comment=comment.strip(),
                **{name: (profile or {}).get(name, "") for name in PROFILE},
            )
            SurveyAnswer.objects.bulk_create(
                SurveyAnswer(response=response, element=element, value=value)
                for element, value in answers.items()
            )
    except IntegrityError:
        # Sent twice at the same moment: the other one is in.
        return SurveyResponse.objects.get(sending_key=sending_key)
    return response


def check_answers(answers, questionnaire):
    asked = {question.element for question in questionnaire.questions.all()}
    faults = {
        element: f"Pilih satu jawaban untuk {Element(element).label}."
        for element in asked
        if type(answers.get(element)) is not int or answers[element] not in (1, 2, 3, 4)
    }
    faults |= {element: "Unsur ini tidak ditanyakan." for element in answers if element not in asked}
    if faults:
        raise WrongAnswers(faults)
