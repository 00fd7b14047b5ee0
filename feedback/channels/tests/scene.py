"""The clinic of the cast with a service at two counters: "self" is on duty at the first one, nobody at the second."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from agencies.access.tests.cast import build_cast
from feedback.channels.actions.enumerators import name_enumerator
from feedback.channels.actions.kiosks import register_kiosk
from feedback.citizens.elements import Element
from feedback.citizens.reference_data import fill
from feedback.services.actions import add_service
from feedback.services.models import Counter, CounterDuty

ALL_THREES = dict.fromkeys(Element.values, 3)


@dataclass
class Scene:
    cast: dict
    service: object
    busy: object  # the counter of "self"
    free: object

    @property
    def manager(self):
        return self.cast["service_manager"]

    @property
    def today(self):
        return timezone.localdate()

    def enumerator(self, name="acting"):
        """Somebody of another agency who stands in no line of the clinic."""
        person = self.cast[name]
        name_enumerator(
            unit=self.service.unit,
            employee=person.employee,
            start=self.today,
            last_day=self.today + timedelta(days=30),
            by=self.manager,
        )
        return person

    def kiosk(self, *, counter=None, nonce="n" * 20):
        return register_kiosk(
            service=self.service, counter=counter, name="Tablet loket 2", nonce=nonce, by=self.manager
        )


def build_scene():
    fill()
    cast = build_cast()
    service = add_service(
        unit=cast["self"].cast_units["clinic"], name="Pelayanan ibu", slug="pelayanan-ibu", by="test"
    )
    busy = Counter.objects.create(service=service, name="Loket 1")
    free = Counter.objects.create(service=service, name="Loket 2")
    today = timezone.localdate()
    CounterDuty.objects.create(
        counter=busy,
        employee=cast["self"].employee,
        term=DateRange(today - timedelta(days=40), today + timedelta(days=40)),
    )
    return Scene(cast, service, busy, free)


def signed_in(client, user):
    client.force_login(user)
    return client
