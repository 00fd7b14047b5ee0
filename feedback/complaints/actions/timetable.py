"""What time does by itself: closes what nobody replied to, carries silence upwards, publishes, mails, sweeps."""

import logging
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import StepRefused, take
from ambon_kinerja.workdays.queries import working_day_after

from .. import states
from ..attachments import sweep
from ..clocks import STOPPED, days_of
from ..models import Complaint, ComplaintMail, ComplaintMessage, ComplaintTerm
from ..rules import TIMETABLE
from .handling import raise_level
from .publishing import publish_finished
from .receiving import add_message
from .telling import tell_citizen

logger = logging.getLogger(__name__)
Clock, Escalation = Complaint.Clock, Complaint.Escalation
REFUSED = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError, ValueError)
MOST_ATTEMPTS, FRESH_DAYS, BATCH = 3, 3, 50


def run(today=None):
    """Everything that is due today, once: {what: how many}."""
    today = today or timezone.localdate()
    return {
        "lapsed": lapse(today),
        "escalated": escalate_overdue(today),
        "published": publish_finished(today),
        "swept": sweep(),
    }


def lapse(today):
    waiting = Complaint.objects.filter(clock__in=(Clock.REPLY, Clock.CLOSE), due_on__lt=today)
    done = 0
    for complaint in waiting:
        asked = complaint.clock == Clock.REPLY
        try:
            with transaction.atomic():
                changes = STOPPED | {"closed_on": today, "version": complaint.version + 1}
                moved = take(states.LAPSE, complaint, by=TIMETABLE, changes=changes)
                what = "pertanyaan" if asked else "jawaban"
                words = f"Laporan ditutup karena tidak ada balasan atas {what} kami sampai batas waktunya."
                add_message(moved, ComplaintMessage.Kind.DECISION, words, today=today)
                tell_citizen(moved)
        except StepRefused:
            continue  # the citizen or an officer was faster
        done += 1
    return done


def escalate_overdue(today):
    """Silence of the unit: to its head at once, and some working days later to the office and the inspectors."""
    late = Complaint.objects.filter(
        clock__in=(Clock.VERIFY, Clock.ANSWER), due_on__lt=today, escalation__lt=Escalation.CITY
    )
    patience, done = days_of(ComplaintTerm.Kind.ESCALATE, today), 0
    for key, escalated_on in late.values_list("pk", "escalated_on"):
        if escalated_on and today <= working_day_after(escalated_on, patience):
            continue
        with transaction.atomic():
            complaint = late.select_for_update(of=("self",)).select_related("unit").filter(pk=key).first()
            if complaint is None or complaint.escalated_on != escalated_on:
                continue
            raise_level(complaint)
            record_event("complaint.escalate", complaint, by=TIMETABLE)
        done += 1
    return done


def send_mails():
    """Tell citizens who left an address that there is news; returns how many mails the server took."""
    sent = 0
    try:
        with get_connection() as server:
            for _ in range(BATCH):
                outcome = send_next(server)
                if outcome is None:
                    break
                sent += outcome
    except OSError as trouble:  # the server is away: no attempt is used up
        logger.warning("the mail server does not answer: %s", type(trouble).__name__)
    return sent


@transaction.atomic
def send_next(server):
    waiting = ComplaintMail.objects.filter(
        sent_on=None,
        attempts__lt=MOST_ATTEMPTS,
        asked_on__gte=timezone.localdate() - timedelta(days=FRESH_DAYS),
    ).exclude(complaint__email="")
    mail = (
        waiting.select_for_update(of=("self",), skip_locked=True)
        .select_related("complaint")
        .order_by("pk")
        .first()
    )
    if mail is None:
        return None
    mail.attempts += 1
    try:
        message_for(mail.complaint.email, server).send()
    except REFUSED as refusal:
        logger.warning("mail %s was refused, attempt %s: %s", mail.pk, mail.attempts, type(refusal).__name__)
    else:
        mail.sent_on = timezone.localdate()
    mail.save(update_fields=["attempts", "sent_on"])
    return mail.sent_on is not None


def message_for(address, server=None):
    link = f"{settings.SITE_URL}{reverse('feedback:complaint-track')}"
    text = render_to_string("emails/complaint_news.txt", {"link": link}, using="plain text")
    return EmailMessage("Ada kabar tentang laporan Anda", text, to=[address], connection=server)
