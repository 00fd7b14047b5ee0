"""The terms of the restricted lane in working days, and what happens when somebody stays silent."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import WrongState, take
from ambon_kinerja.personal_data.models import RetentionRule
from ambon_kinerja.personal_data.retention import months_before
from ambon_kinerja.workdays.queries import working_day_after

from .models import RestrictedAttachment, RestrictedCase, RestrictedLetter, RestrictedMessage
from .rules import CLOCK
from .states import CLOSE, LET_TERM_PASS
from .telling import tell_lane

State = RestrictedCase.State
RECORD_CLASS = "restricted_cases"
EMPTIED = {
    "named": "",
    "text": "",
    "contact": "",
    "name_marks": [],
    "officer": "",
    "officer_mark": "",
    "finding": "",
}


def term(name, day):
    return working_day_after(day, settings.RESTRICTED_WORKING_DAYS[name])


def run_terms(*, today=None):
    """Everything that silence brings, once a day: {what: how many}."""
    today = today or timezone.localdate()
    return {
        "reply": pass_unanswered(today),
        "closed": close_told(today),
        "reminded": remind(today),
        "erased": erase_old(),
    }


def pass_unanswered(today):
    """The officer had his term: the lane goes on without his answer."""
    late = RestrictedCase.objects.filter(
        state=State.REPLY_ASKED, letters__kind=RestrictedLetter.Kind.REPLY, letters__due_on__lt=today
    )
    done = 0
    for case in late:
        done += moved(LET_TERM_PASS, case, "Batas jawaban lewat. Lanjutkan tanpa jawaban.")
    return done


def close_told(today):
    """Ten working days after the outcome was told nobody has written again."""
    done = 0
    for case in RestrictedCase.objects.filter(state=State.DECIDED).prefetch_related("messages"):
        last = max([case.decided_at, *(each.at for each in case.messages.all())])
        if term("close", timezone.localdate(last)) < today:
            done += moved(CLOSE, case, "", {"closed_at": timezone.now()})
    return done


def moved(step, case, words, changes=None):
    try:
        with transaction.atomic():
            case = take(step, case, by=CLOCK, changes=changes)
            if words:
                tell_lane(case, "Laporan perilaku dapat dilanjutkan", words)
    except WrongState:
        return 0
    return 1


def remind(today):
    """Late examinations and decisions: the whole lane of the case is told, once a day at most."""
    late = RestrictedCase.objects.filter(
        state=State.RECEIVED, assess_by__lt=today
    ) | RestrictedCase.objects.filter(state__in=(State.FACT_FINDING, State.REPLIED), decide_by__lt=today)
    told = 0
    for case in late.exclude(reminded_on=today):
        with transaction.atomic():
            if RestrictedCase.objects.filter(pk=case.pk).exclude(reminded_on=today).update(reminded_on=today):
                tell_lane(
                    case,
                    "Laporan perilaku melewati batas waktu",
                    "Buka laporan dan ambil langkah berikutnya.",
                )
                told += 1
    return told


def erase_old(*, now=None):
    """Empty what identifies people in cases closed longer ago than the retention table says; figures stay."""
    rule = RetentionRule.objects.filter(record_class=RECORD_CLASS).first()
    if rule is None or rule.months is None:
        return 0
    old = RestrictedCase.objects.filter(
        closed_at__lt=months_before(now or timezone.now(), rule.months), erased_at=None
    )
    done = 0
    for case in old:
        with transaction.atomic():
            done += erase(case)
    return done


def erase(case):
    """Names, words, files, letters and reasons of one case; that it was there, and how it ended, stays."""
    done = RestrictedCase.objects.filter(pk=case.pk, erased_at=None).update(
        erased_at=timezone.now(), **EMPTIED
    )
    if done:
        RestrictedMessage.objects.filter(case=case).update(text="")
        RestrictedAttachment.objects.filter(case=case).delete()
        case.letters.update(recipient="", recipient_mark="", substance="", answer="", answered_at=None)
        case.openings.update(reason="")
        record_event("restrictedcase.erase", case, by=CLOCK)
    return done
