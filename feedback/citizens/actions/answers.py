"""Taking in what citizens answer. Nothing here knows, or asks, who they are."""

from contextlib import nullcontext

from django.db import transaction
from django.utils import timezone

from feedback.services.codes import WrongCode, redeem

from ..models import SETS_ASIDE, Mark, SurveyContact, SurveyResponse
from ..queries import elements_of, questionnaire_on
from ..screening import fingerprint
from .writing import SentTwice, write

COUNTED, QUARANTINED = SurveyResponse.State.COUNTED, SurveyResponse.State.QUARANTINED
PROFILE = ("sex", "age_band", "education", "occupation", "disability")
CONSENT_VERSION = "2026-1"  # of the words beside the box; older consents keep the version they were given to


class WrongAnswers(ValueError):
    """Answers that are not one of 1 to 4 for each question; `faults` is {element: reason in Indonesian}."""

    def __init__(self, faults):
        super().__init__("; ".join(faults.values()))
        self.faults = faults


class NotOpen(ValueError):
    """The service takes no answers."""


def record_response(
    service,
    *,
    answers,
    sending_key,
    profile=None,
    comment="",
    answered_on=None,
    mode=SurveyResponse.Mode.WEB,
    code="",
    counter=None,
    marks=(),
    contact="",
    questionnaire=None,
    trace=None,
    beside=None,
):
    """Keep one filled questionnaire: `answers` is {element: 1 to 4} for every question asked.

    The same `sending_key` always gives the same response, however often and at once it is sent. `code` is a one-time
    code of the service, spent with the answer and not kept beside it; `marks` is what the guard noticed (guard.py),
    `contact` where the citizen has agreed to be called. Raises WrongAnswers, NotOpen or WrongCode; then nothing is
    kept and the code is not spent. A page that has read the `questionnaire` of the day already says so; `beside`
    (response) writes what belongs into the same transaction.
    """
    if not service.is_open:
        raise NotOpen("Layanan ini sedang tidak menerima jawaban.")
    day = answered_on or timezone.localdate()
    questionnaire = questionnaire or questionnaire_on(day, service)
    check_answers(answers, questionnaire, may_skip=mode == SurveyResponse.Mode.PAPER)
    given = {
        "service": service,
        "questionnaire": questionnaire,
        "counter": counter,
        "sending_key": sending_key,
        "answered_on": day,
        "service_day": day,
        "mode": mode,
        "comment": comment.strip(),
        "comment_digest": fingerprint(comment),
        **{name: (profile or {}).get(name, "") for name in PROFILE},
    }
    alone = not (code or contact or beside)
    try:
        with nullcontext() if alone else transaction.atomic():
            response = keep(given, answers, code=code, marks=marks, contact=contact, trace=trace)
            if beside:
                beside(response)
            return response
    except (SentTwice, WrongCode):
        # The other one is in, and its code is spent.
        if known := SurveyResponse.objects.filter(sending_key=sending_key).first():
            return known
        raise


def keep(given, answers, *, code, marks, contact, trace):
    """Inside the caller's transaction if there is a code or a contact: they are kept with the answer or not at all."""
    if code:
        redeemed = redeem(code, service=given["service"], day=given["answered_on"])
        given |= {"with_code": True, "service_day": redeemed.service_day}
        given["counter"] = redeemed.counter or given["counter"]
    marks = in_order({*marks, *([Mark.STRAIGHT] if len(set(answers.values())) == 1 else [])})
    reasons = reasons_among(marks)
    response = SurveyResponse(**given, marks=marks, state=QUARANTINED if reasons else COUNTED)
    write(response, answers, trace=trace, reasons=reasons)
    if contact:
        SurveyContact.objects.create(
            response=response, contact=contact, text_version=CONSENT_VERSION, consented_at=timezone.now()
        )
    return response


def in_order(marks):
    return [mark for mark in Mark if mark in marks]


def reasons_among(marks):
    return [mark for mark in marks if mark in SETS_ASIDE]


def check_answers(answers, questionnaire, *, may_skip=False):
    """With `may_skip` a question may be without an answer, as on a sheet of paper: its element has one answer less."""
    asked = elements_of(questionnaire)
    faults = {
        element: f"Pilih satu jawaban untuk {label}."
        for element, label in asked.items()
        if (element in answers or not may_skip)
        and (type(answers.get(element)) is not int or answers[element] not in (1, 2, 3, 4))
    }
    faults |= {element: "Unsur ini tidak ditanyakan." for element in answers if element not in asked}
    if faults:
        raise WrongAnswers(faults)
