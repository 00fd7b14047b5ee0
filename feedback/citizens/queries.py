"""Which questionnaire is asked."""

from .models import Questionnaire


def questionnaire_on(day):
    """The questionnaire in force on `day` with its questions, in two queries; None before the first one."""
    return Questionnaire.objects.filter(valid_from__lte=day).prefetch_related("questions").first()
