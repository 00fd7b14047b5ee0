"""Offering services for the public to judge."""

from django.db import transaction

from ambon_kinerja.audit.actions import record_event

from ..models import Service


@transaction.atomic
def add_service(*, unit, name, slug, by, description=""):
    """A service of `unit` that citizens may rate from now on."""
    service = Service.objects.create(unit=unit, name=name, slug=slug, description=description)
    record_event("service.add", service, by=by, details={"slug": slug})
    return service
