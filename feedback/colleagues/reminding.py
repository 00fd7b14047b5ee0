"""Reminding raters before the end, in words and rows that do not tell who has answered."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from agencies.people.models import User
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.notices.actions import tell_many
from ambon_kinerja.workdays.words import day_words

from .actions import PATH
from .models import FeedbackRound
from .rules import TIMETABLE


def rounds_to_remind(now):
    soon = now + timedelta(days=settings.COLLEAGUES_REMIND_DAYS)
    return FeedbackRound.objects.filter(
        state=FeedbackRound.State.OPEN, reminded_at=None, closes_at__gt=now, closes_at__lte=soon
    )


@transaction.atomic
def remind(opened, *, by=TIMETABLE):
    """Once a round, everybody who was asked gets the same words, whether he has answered or not."""
    locked = FeedbackRound.objects.select_for_update().get(pk=opened.pk)
    if locked.reminded_at is not None or locked.state != FeedbackRound.State.OPEN:
        return 0
    asked = User.objects.filter(
        pk__in=locked.subjects.filter(invitations__isnull=False).values("invitations__rater__user")
    )
    body = f"Bila semua sudah Anda jawab, abaikan pesan ini. Ditutup sesudah {day_words(locked.last_day)}."
    told = tell_many(
        (key, "Umpan balik rekan segera ditutup", body, PATH)
        for key in asked.order_by("pk").values_list("pk", flat=True)
    )
    locked.reminded_at = timezone.now()
    locked.save(update_fields=["reminded_at"])
    record_event("feedbackround.remind", locked, by=by, details={"told": len(told)})
    return len(told)
