"""An answer as the open web sends it: looked at by the guard, kept, and remembered for a day by where it came from."""

from datetime import timedelta

from django.utils import timezone

from feedback.services.codes import WrongCode, is_from_officer

from ..guard import KEPT_FOR, USUAL_DAYS, TooMany, marks_for, refuse_guessing
from ..models import DayLimit, Mark, NetworkTrace, SurveyResponse
from .answers import record_response
from .setting_aside import set_aside_batch


def take_in(service, *, origin, seconds, sending_key, code="", comment="", **answer):
    """Keep an answer from the public page. Raises what record_response raises, and TooMany.

    `origin` and `seconds` (since the form was opened) are for the guard; `answer` as in record_response.
    """
    now, day = timezone.now(), timezone.localdate()
    try:
        # A code from the officer who is judged shows a visit, but spares nobody the bounds of network and device:
        # else he could hand out codes to himself.
        spared = bool(code) and not is_from_officer(code, service=service)
        marks = marks_for(
            service, origin=origin, seconds=seconds, comment=comment, with_code=spared, now=now, day=day
        )
        if code:
            refuse_guessing(origin, now=now)

        def join_the_earlier(response):
            set_aside_batch(service, origin, day=day)

        return record_response(
            service,
            sending_key=sending_key,
            answered_on=day,
            code=code,
            comment=comment,
            marks=marks,
            trace=trace_of(NetworkTrace.Kind.SENDING, origin, now, service=service),
            beside=join_the_earlier if Mark.SAME_DEVICE in marks else None,
            **answer,
        )
    except TooMany:
        # What is in already is not sent again, however much came after it.
        if known := SurveyResponse.objects.filter(sending_key=sending_key).first():
            return known
        raise
    except WrongCode:
        leave_trace(NetworkTrace.Kind.WRONG_CODE, origin)
        raise


def leave_trace(kind, origin):
    trace_of(kind, origin, timezone.now()).save()


def trace_of(kind, origin, now, *, service=None):
    return NetworkTrace(
        kind=kind, network=origin.network, device=origin.device, at=now, service_id=service and service.pk
    )


def forget_networks():
    """Delete what the guard no longer needs: hashes after a day, limits of days long gone; returns how many hashes."""
    DayLimit.objects.filter(day__lt=timezone.localdate() - timedelta(days=USUAL_DAYS)).delete()
    return NetworkTrace.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()[0]


__all__ = ["TooMany", "forget_networks", "leave_trace", "take_in"]
