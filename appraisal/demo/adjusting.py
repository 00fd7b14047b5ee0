"""Plans that changed during the year: one adjustment that was agreed, one that waits, one plan told in narratives."""

from decimal import Decimal

from agencies.people.reporting_line import appraiser_on
from appraisal.planning.actions import agree_skp, begin_adjustment, content_of, save_result, submit_skp

AGREED, WAITING = "nutrisionis", "bidan-mahir"
# Employees whose hasil is told in sentences (form A.1.6), as their leader wants it.
QUALITATIVE = ("dokter",)


def adjust_plans(people, year, today):
    """The nutritionist's target was raised and is agreed anew; a midwife has asked for the same and waits."""
    adjustment = raised(
        people[AGREED][0], year, "Konselor gizi bertambah satu orang sejak awal triwulan.", Decimal("98")
    )
    submit_skp(adjustment, by=adjustment.employee.user)
    agree_skp(adjustment, by=appraiser_on(adjustment.employee, today).user)
    waiting = raised(
        people[WAITING][0], year, "Wilayah kerja ditambah satu posyandu sesuai pembagian baru.", Decimal("90")
    )
    submit_skp(waiting, by=waiting.employee.user)


def raised(employee, year, reason, target):
    """An adjustment in which the first indicator of the first result has another target."""
    plan = employee.skps.plans().get(year=year)
    adjustment = begin_adjustment(plan, by=employee.user, reason=reason)
    first = adjustment.results.first()
    content = content_of(first)
    content["indicators"][0] |= {"target_low": target, "target_high": target}
    save_result(adjustment, by=employee.user, version=adjustment.version, result=first, **content)
    return adjustment
