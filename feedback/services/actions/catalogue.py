"""Offering services for the public to judge."""

from django.db import transaction

from agencies.structure.refusals import NotPossible
from ambon_kinerja.audit.actions import record_event

from ..models import Service, ServiceVolume

TEXTS = ("name", "description", *Service.STANDARD, "opening_hours", "place")
CHANGED_MEANWHILE = (
    "Layanan ini sudah diubah orang lain. Bandingkan, lalu simpan lagi bila tulisan Anda yang benar."
)


@transaction.atomic
def add_service(*, unit, name, slug, by, **texts):
    """A service of `unit` that citizens may rate from now on; its address stays as it is now printed on cards."""
    service = Service.objects.create(unit=unit, name=name, slug=slug, **texts)
    record_event("service.add", service, by=by, details={"slug": slug})
    return service


@transaction.atomic
def change_service(service, *, seen, by, unit=None, **texts):
    """Write the texts of a service anew; `seen` is the version they were written over.

    Raises NotPossible about "row", with the stored service as `stored`, when somebody else was faster.
    """
    locked = Service.objects.select_for_update().get(pk=service.pk)
    if locked.version != seen:
        conflict = NotPossible(CHANGED_MEANWHILE, "row")
        conflict.stored = locked
        raise conflict
    facts = texts | ({"unit": unit} if unit else {})
    changed = [name for name, value in facts.items() if getattr(locked, name) != value]
    if not changed:
        return locked
    before = {name: getattr(locked, name) for name in changed}
    for name in changed:
        setattr(locked, name, facts[name])
    locked.version += 1
    locked.save(update_fields=[*changed, "version"])
    record_event("service.change", locked, by=by, details={"before": before})
    return locked


@transaction.atomic
def switch_service(service, *, is_open, by):
    """Take answers, or take none; a second click changes nothing."""
    locked = Service.objects.select_for_update().get(pk=service.pk)
    if locked.is_open != is_open:
        locked.is_open = is_open
        locked.save(update_fields=["is_open"])
        record_event("service.open" if is_open else "service.close", locked, by=by)
    return locked


@transaction.atomic
def count_users(service, *, year, quarter, users, by):
    """How many people the service served in a quarter; a later count takes the place of an earlier one."""
    Service.objects.select_for_update().get(pk=service.pk)
    volume, _ = ServiceVolume.objects.update_or_create(
        service=service, year=year, quarter=quarter, defaults={"users": users}
    )
    details = {"year": year, "quarter": quarter, "users": users}
    record_event("service.users", service, by=by, details=details)
    return volume
