"""To whom a citizen may write: a service or a unit found by part of its name, or “I do not know”."""

from django.db.models import Q
from django.utils import timezone

from agencies.structure.models import Unit
from agencies.structure.queries import agencies_of, units_in_force_on
from feedback.services.models import Service

MOST_FOUND = 20
UNKNOWN_WORDS = "Saya tidak tahu. Tolong pilihkan unit yang tepat."


def open_services():
    return Service.objects.select_related("unit").filter(
        Q(unit__valid_until=None) | Q(unit__valid_until__gte=timezone.localdate())
    )


def open_units():
    return units_in_force_on(timezone.localdate())


def find_targets(query):
    """[(value, words)] of services and units whose name holds every word of `query`, services first."""
    asked = [word for word in query.split() if word][:6]
    if not asked:
        return []
    by_service, by_unit = Q(), Q()
    for word in asked:
        by_service &= Q(name__icontains=word) | Q(unit__name__icontains=word)
        by_unit &= Q(name__icontains=word)
    services = list(open_services().filter(by_service).order_by("name", "pk")[:MOST_FOUND])
    units = list(
        open_units().filter(by_unit).exclude(parent=None).order_by("path")[: MOST_FOUND - len(services)]
    )
    above = agencies_of(units)
    found = [(f"s{each.pk}", f"{each.name}, {each.unit.name}") for each in services]
    return found + [(f"u{each.pk}", unit_words(each, above[each.pk])) for each in units]


def unit_words(unit, agency):
    return unit.name if agency is None or agency.pk == unit.pk else f"{unit.name}, {agency.name}"


def read_target(value):
    """(service or None, unit) of a choice, or None when there is no such thing."""
    kind, key = value[:1], value[1:]
    if not (key.isascii() and key.isdecimal() and len(key) < 18):
        return None
    if kind == "s":
        service = open_services().filter(pk=int(key)).first()
        return (service, service.unit) if service else None
    unit = open_units().filter(pk=int(key)).first() if kind == "u" else None
    return (None, unit) if unit else None


def words_of(target):
    service, unit = target
    if service is not None:
        return f"{service.name}, {unit.name}"
    return "Belum tahu, dipilihkan petugas" if unit.parent_id is None else unit.name


def unknown_target():
    """The choice for who does not know: the city itself."""
    city = Unit.objects.filter(parent=None).order_by("pk").first()
    return [(f"u{city.pk}", UNKNOWN_WORDS)] if city else []
