"""Questions about the city's tree of units, today and on any day."""

from django.db.models.expressions import RawSQL

from .models import Post, PostVersion, Unit, UnitVersion
from .two_clocks import PRESENT

BELOW = """
    WITH RECURSIVE below (id) AS (
        SELECT unnest(%s::bigint[])
        UNION
        SELECT version.unit_id FROM agencies_unitversion version JOIN below ON version.parent_id = below.id
        WHERE version.term @> %s::date AND version.recorded @> %s::timestamptz
    )
    SELECT id FROM below
"""


def agency_of(unit):
    """The nearest ancestor that is an agency, `unit` itself included; None above the agencies. At most one query."""
    if unit.kind == Unit.Kind.AGENCY:
        return unit
    return Unit.objects.agencies().filter(pk__in=unit.path_keys).order_by("-path").first()


def agencies_of(units):
    """The agency of each of `units`, as {unit pk: Unit or None}. One query for any number of units."""
    units = list(units)
    keys = {key for unit in units for key in unit.path_keys}
    agencies = {agency.pk: agency for agency in Unit.objects.agencies().filter(pk__in=keys)}
    return {
        unit.pk: next((agencies[key] for key in reversed(unit.path_keys) if key in agencies), None)
        for unit in units
    }


def units_in_force_on(day, known_at=None):
    """The units that exist on `day`."""
    return Unit.objects.filter(pk__in=UnitVersion.objects.on(day, known_at).values("unit"))


def posts_in_force_on(day, known_at=None):
    """The posts that exist on `day`."""
    return Post.objects.filter(pk__in=PostVersion.objects.on(day, known_at).values("post"))


def keys_below(units, day, known_at=None):
    """The keys of `units` and of all that lies below them on `day`, as an expression for `filter(…__in=…)`."""
    return RawSQL(BELOW, [[unit.pk for unit in units], day, known_at or PRESENT])  # noqa: S611


def posts_below(units, day, known_at=None):
    """The keys of the posts that stand in `units` or below on `day`."""
    return (
        PostVersion.objects.on(day, known_at).filter(unit__in=keys_below(units, day, known_at)).values("post")
    )
