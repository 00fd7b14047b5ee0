"""Sending by e-mail what was left for people in the app. Never from a request."""

import logging
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from .models import Notice

logger = logging.getLogger(__name__)
BATCH = 50
MOST_ATTEMPTS = 3
FRESH = timedelta(days=2)  # what could not be sent by then is no news any more; it stays in the app
REFUSED = (
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPDataError,
    ValueError,
)  # this one mail; ValueError: its header
TEMPLATES = "plain text"  # the template engine that escapes nothing for HTML


@shared_task(name="ambon_kinerja.notices.tasks.send_waiting")
def send_waiting():
    """E-mail up to BATCH waiting notices; returns how many the mail server took."""
    sent = 0
    try:
        with get_connection() as server:
            for _ in range(BATCH):
                outcome = _send_next(server)
                if outcome is None:
                    break
                sent += outcome
    except OSError as trouble:  # the server is away: nobody's attempt is used up
        logger.warning("the mail server does not answer: %s", type(trouble).__name__)
    return sent


@transaction.atomic
def _send_next(server):
    """Send the oldest waiting notice: true or false, or None when none is left.

    The row stays locked meanwhile, so that two workers never send the same one.
    """
    notice = _waiting().select_for_update(of=("self",), skip_locked=True).first()
    if notice is None:
        return None
    notice.attempts += 1
    try:
        message_of(notice, server).send()
    except REFUSED as refusal:
        logger.warning(
            "notice %s was refused, attempt %s: %s", notice.pk, notice.attempts, type(refusal).__name__
        )
    else:
        notice.sent_at = timezone.now()
    notice.save(update_fields=["attempts", "sent_at"])
    return notice.sent_at is not None


def _waiting():
    waiting = Notice.objects.filter(
        sent_at=None,
        read_at=None,
        attempts__lt=MOST_ATTEMPTS,
        created_at__gte=timezone.now() - FRESH,
        recipient__is_active=True,
    ).exclude(recipient__email="")
    return waiting.select_related("recipient").order_by("attempts", "created_at", "pk")


def message_of(notice, server=None):
    """The e-mail of a notice. Its subject is one line whatever was typed: no second header fits in."""
    subject = " ".join(notice.subject.split())
    link = f"{settings.SITE_URL}{notice.path}" if notice.path else ""
    context = {"notice": notice, "link": link, "help_line": settings.HELP_LINE}
    text = render_to_string("emails/notice.txt", context, using=TEMPLATES)
    return EmailMessage(subject, text, to=[notice.recipient.email], connection=server)
