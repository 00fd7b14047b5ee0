"""Achievements as rows, for tests that begin where one is set."""

from datetime import date

from appraisal.organisation.models import OrganisationAchievement


def achieved(unit, level, *, by, period=None, year=None, set_on=date(2026, 7, 3), number=1, reason="Uji."):
    """An achievement of `unit` for `period`, or for `year`, as `by` (an Employee) would have set it."""
    return OrganisationAchievement.objects.create(
        unit=unit,
        year=year or period.year,
        period=period,
        level=level,
        set_by=by,
        set_on=set_on,
        number=number,
        reason=reason,
    )
