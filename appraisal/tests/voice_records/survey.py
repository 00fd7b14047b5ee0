"""What came in by the survey about the service of the access table: set aside, a contact, a version to come."""

from datetime import timedelta

from django.utils import timezone

from feedback.citizens.actions import record_response
from feedback.citizens.actions.questionnaires import propose_questionnaire
from feedback.citizens.elements import Element, Kind
from feedback.citizens.models import Mark, SurveyContact
from feedback.citizens.tests.scene import official_questions


def build_survey(service):
    given = record_response(
        service,
        answers=dict.fromkeys(Element.values, 3),
        sending_key="survey-records",
        comment="Antre lama sekali di loket.",
        contact="0911-000000",
        marks=[Mark.TOO_FAST],
    )
    version = propose_questionnaire(
        kind=Kind.GENERAL,
        name="Kuesioner berikutnya",
        legal_basis="PermenPANRB 14/2017",
        valid_from=timezone.localdate() + timedelta(days=30),
        questions=official_questions(),
        by="test",
    )
    return {
        "set_aside": given.set_aside_id,
        "survey_contact": SurveyContact.objects.get(response=given).pk,
        "questionnaire": version.pk,
    }
