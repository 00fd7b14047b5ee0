"""What the timetable does with rounds: remind before the end, and close after it."""

import logging

from celery import shared_task
from django.utils import timezone

from ambon_kinerja.lifecycle.steps import StepRefused

from .closing import close_round
from .models import FeedbackRound
from .reminding import remind, rounds_to_remind
from .rules import TIMETABLE

logger = logging.getLogger(__name__)


@shared_task(name="feedback.colleagues.tasks.keep_rounds")
def keep_rounds():
    """Every hour; a round that cannot be closed does not keep the others from it."""
    now = timezone.now()
    for opened in rounds_to_remind(now):
        remind(opened)
    for opened in FeedbackRound.objects.filter(state=FeedbackRound.State.OPEN, closes_at__lte=now):
        try:
            close_round(opened, by=TIMETABLE)
        except StepRefused:
            logger.exception("A feedback round could not be closed")
