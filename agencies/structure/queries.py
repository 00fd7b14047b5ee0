"""Questions about the city's tree of units."""

from .models import Unit


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


def units_in_force_on(day):
    """The units that exist on `day`."""
    return Unit.objects.filter(valid_from__lte=day).exclude(valid_until__lt=day)
