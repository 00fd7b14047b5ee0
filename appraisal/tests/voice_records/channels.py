"""A tablet, an enumerator and a pile of paper: arguments of the addresses of channels."""

from datetime import timedelta

from django.utils import timezone

from feedback.channels.actions.batches import open_batch
from feedback.channels.actions.enumerators import name_enumerator
from feedback.channels.actions.kiosks import register_kiosk
from feedback.channels.models import PaperBatch


def build_channels(service, cast):
    today, manager = timezone.localdate(), cast["service_manager"]
    device, key = register_kiosk(service=service, counter=None, name="Uji", nonce="n" * 20, by=manager)
    days = {"first_day": today, "last_day": today}
    batch = open_batch(service=service, counter=None, sheets=1, by=manager, **days)
    compared = open_batch(service=service, counter=None, sheets=1, by=manager, **days)
    PaperBatch.objects.filter(pk=compared.pk).update(state=PaperBatch.State.COMPARING)
    named = name_enumerator(
        unit=service.unit,
        employee=cast["former"].employee,
        start=today + timedelta(days=10),
        last_day=today + timedelta(days=20),
        by=manager,
    )
    return {
        "kiosk": device.pk,
        "kiosk_key": key,
        "paper_batch": batch.pk,
        "paper_compared": compared.pk,
        "enumerator": named.pk,
    }
