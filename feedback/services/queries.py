"""Which services somebody keeps, and what is counted about their codes."""

from django.db.models import Count, F, Q

from agencies.access.roles import Role
from agencies.access.scope import grants_on, path_in

from .models import CodeSheet, Service


def managed_paths(user):
    """The paths of the units whose services `user` manages today."""
    return [grant.unit.path for grant in grants_on(user, None, Role.SERVICE_MANAGER)]


def managed_services(user):
    """The services `user` keeps: those of the units he manages services in, and below. One query of his rights."""
    return Service.objects.filter(path_in(managed_paths(user), "unit__"))


def manages_city(user):
    """Does `user` keep the services of the whole city (the Bagian Organisasi)?"""
    return any(grant.unit.parent_id is None for grant in grants_on(user, None, Role.SERVICE_MANAGER))


def sheets_with_use(sheets, *, today):
    """`sheets` with `used_until_yesterday`, in one query.

    Today's use stays hidden: who hands out a code and looks again a minute later must not learn who has answered.
    """
    counted = Count("codes", filter=Q(codes__used_on__lt=today))
    return list(
        CodeSheet.objects.filter(pk__in=[sheet.pk for sheet in sheets])
        .select_related("counter")
        .annotate(used_until_yesterday=F("used") + counted)
    )
