"""Registering and revoking tablets, and taking in what they have kept while there was no network."""

import hashlib
import secrets
import uuid
from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from agencies.structure.refusals import NotPossible
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import take
from feedback.citizens.actions import record_response
from feedback.citizens.models import SurveyResponse

from ..models import KioskDevice, KioskReceipt
from ..rules import may_manage
from ..states.devices import RESTORE, REVOKE

Clock = KioskReceipt.Clock
SHOWN_AGAIN = timedelta(minutes=10)  # a double click or a reload finds the key once more, nobody does later


class KioskFull(Exception):
    """More answers on one day than a counter can have; the tablet keeps them for tomorrow."""


def digest_of(key):
    return hashlib.sha256(str(key).encode()).hexdigest()


def device_with(key):
    """The tablet whose key this is, with its service, unit and counter; None for a key nobody has."""
    devices = KioskDevice.objects.select_related("service__unit", "counter")
    return devices.filter(key_digest=digest_of(key)).first()


def register_kiosk(*, service, counter, name, nonce, by):
    """(device, key) of a new tablet. `nonce` is of the form: sent twice it gives the same tablet and key.

    The key follows from the nonce and the secret of this site, so that it need not be stored to be shown on the page
    after a double click. The key is None once it was shown more than ten minutes ago. Raises NotPossible.
    """
    if not may_manage(by, service.unit):
        raise NotPossible("Anda tidak mengelola layanan ini.", "service")
    if counter is not None and counter.service_id != service.pk:
        raise NotPossible("Loket ini milik layanan lain.", "counter")
    secret = salted_hmac("feedback.channels.kiosk", f"{by.pk}:{nonce}", algorithm="sha256").digest()
    key = uuid.UUID(bytes=secret[:16], version=4)
    try:
        with transaction.atomic():
            device = KioskDevice.objects.create(
                service=service, counter=counter, name=name, key_digest=digest_of(key), registered_by=by
            )
            record_event("kiosk.register", device, by=by, details={"service": service.slug})
    except IntegrityError:
        device = KioskDevice.objects.get(key_digest=digest_of(key))
        if timezone.now() - device.registered_at > SHOWN_AGAIN:
            return device, None
    return device, key


def revoke_kiosk(device, *, by, reason):
    """From now on nothing comes in from it; the tablet keeps what it has. Raises StepRefused."""
    return take(REVOKE, device, by=by, reason=reason, changes={"revoked_on": timezone.localdate()})


def restore_kiosk(device, *, by, reason):
    """The tablet sends again what it has kept. Raises StepRefused."""
    return take(RESTORE, device, by=by, reason=reason, changes={"revoked_on": None})


def note_seen(device, *, day):
    """That the tablet was seen on `day`: one write a day, and nobody learns at which hour it was used."""
    if device.last_seen_on != day:
        KioskDevice.objects.filter(pk=device.pk).update(last_seen_on=day)


def take_in(device, *, key, answers, profile, day_text, today):
    """Keep one answer of a tablet, exactly once for its `key`, however often and at once it is sent.

    Raises WrongAnswers or NotOpen, as `record_response` does, and KioskFull; then nothing is kept and the same key may
    come again. The answer carries a key made here, so that no receipt leads to it.
    """
    received = KioskReceipt.objects.filter(device=device)
    if received.filter(key=key).exists():
        return
    if received.filter(received_on=today).count() >= settings.KIOSK_MOST_ANSWERS_A_DAY:
        raise KioskFull
    day, clock = service_day(day_text, today=today)
    with transaction.atomic():
        try:
            with transaction.atomic():
                KioskReceipt.objects.create(device=device, key=key, received_on=today, clock=clock)
        except IntegrityError:
            return  # sent twice at the same moment: the other one is in
        record_response(
            device.service,
            answers=answers,
            profile=profile,
            sending_key=secrets.token_urlsafe(32),
            answered_on=day,
            mode=SurveyResponse.Mode.KIOSK,
            counter=device.counter,
        )


def service_day(text, *, today):
    """(day, what is to be said of the tablet's clock): a day that cannot be right becomes today's."""
    try:
        day = date.fromisoformat(text)
    except (TypeError, ValueError):
        return today, Clock.UNREADABLE
    if day > today:
        return today, Clock.AHEAD
    if day < today - timedelta(days=settings.KIOSK_DAYS_BACK):
        return today, Clock.BEHIND
    return day, Clock.RIGHT
