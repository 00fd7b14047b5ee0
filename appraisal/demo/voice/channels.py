"""A tablet at the clinic, an enumerator, and a pile of paper keyed by two, with two differences."""

from datetime import timedelta

from agencies.people.models import User
from feedback.channels.actions.batches import finish_round, open_batch
from feedback.channels.actions.enumerators import name_enumerator
from feedback.channels.actions.keying import Typed, key_sheets
from feedback.channels.actions.kiosks import register_kiosk
from feedback.citizens.elements import Element
from feedback.services.models import Service

from ..organisation import CLINIC_SERVICE
from ..people import address_of

SHEETS = 6
# (sheet, element, what the second one read instead)
READ_OTHERWISE = ((2, "sarana", 1), (5, "waktu", 2))


def fill_in_at_the_counter(people, today):
    """By the service manager of the agency; the helper works at another agency, so that nobody judges himself."""
    manager = User.objects.get(email=address_of("admin.dinkes"))
    service = Service.objects.select_related("unit").get(slug=CLINIC_SERVICE)
    counter = service.counters.order_by("name").first()
    register_kiosk(
        service=service, counter=counter, name="Tablet ruang tunggu", nonce="demo-kios-tablet-1", by=manager
    )
    helper = people["kabid-kinerja"][0]
    name_enumerator(
        unit=service.unit, employee=helper, start=today, last_day=today + timedelta(days=180), by=manager
    )
    day = today - timedelta(days=1)
    batch = open_batch(
        service=service,
        counter=None,
        first_day=day,
        last_day=day,
        sheets=SHEETS,
        note="Map biru di ruang KIA",
        by=manager,
    )
    first = {number: reading(number) for number in range(1, SHEETS + 1)}
    second = {number: dict(keyed) for number, keyed in first.items()}
    for number, element, digit in READ_OTHERWISE:
        second[number][element] = digit
    key_sheets(batch, typed=typed(first), round_number=1, by=helper.user)
    batch = finish_round(batch, by=helper.user)
    key_sheets(batch, typed=typed(second), round_number=2, by=manager)
    finish_round(batch, by=manager)


def reading(number):
    return {element: 3 + (number + place) % 2 for place, element in enumerate(Element.values)} | {"sex": 1}


def typed(readings):
    return [
        Typed(number=number, keyed=keyed, is_blank=False, version=0) for number, keyed in readings.items()
    ]
