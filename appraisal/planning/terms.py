"""The days a plan is for. Pure."""

from datetime import date


def whole_year(year):
    """A plan for a whole year, as the fields of a Skp: `year`, `starts_on`, `ends_on`."""
    return {"year": year, "starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}


def covers(plan, period):
    """Is `plan` the one a period is appraised by? It has to be in force on the period's last day."""
    return plan.starts_on <= period.ends_on <= plan.ends_on
