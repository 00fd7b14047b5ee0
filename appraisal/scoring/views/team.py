"""The team as a whole: side by side before deciding, and what came to a leader from beyond his own team."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access.scope import own_person
from agencies.people.reporting_line import appraisers_on
from ambon_kinerja.charts import bar_chart
from ambon_kinerja.personal_data.actions import note_viewings
from appraisal.cycle.queries import in_focus, periods_to_rate
from appraisal.organisation.queries import achievement_for, organisation_of
from appraisal.scoring.sheets.comparing import compared
from appraisal.scoring.sheets.pattern import pattern_for
from appraisal.scoring.turns.shares import shares_of

PAGE = 25


@require_safe
def team_compare(request):
    return compare(request, "appraisal/scoring/compare.html")


@require_safe
def team_compare_print(request):
    return compare(request, "appraisal/scoring/compare_print.html")


def compare(request, template):
    person, periods = own_person(request.user), periods_to_rate()
    asked = request.GET.get("periode", "")
    period = next((each for each in periods if str(each.pk) == asked), None) or in_focus(periods)
    context = {"period": period, "periods": periods, "leader": person}
    if period is not None:
        found = compared(person, period, request.GET.get("halaman"))
        unit = unit_led(person, period)
        achievement = achievement_for(unit, period) if unit else None
        context |= {
            "found": found,
            "page": found.page,
            "is_open": period.is_open(),
            "unit": unit,
            "achievement": achievement,
            "pattern": pattern_for(achievement.level) if achievement else None,
            "chart": chart_of(found, period) if found.total else None,
        }
        rated = [row.employee for row in found.page.object_list if row.evaluation is not None]
        note_viewings(request.user, about=rated, kind="evaluation")
    return render(request, template, context)


def unit_led(person, period):
    """The unit whose achievement counts for the team."""
    return organisation_of(None, person, min(timezone.localdate(), period.ends_on))


def chart_of(found, period):
    rated = found.total - found.counts[-1][2]
    return bar_chart(
        [(words, count, predikat or "series-1") for predikat, words, count in found.counts],
        title=f"{rated} dari {found.total} pegawai sudah ada ratingnya",
        subject=f"{period}, draf ikut dihitung",
        unit="pegawai",
        top=found.total,
    )


@require_safe
def team_taken_over(request):
    """What silent appraisers left to their superior, and whom a leader still rates at the unit he was moved from."""
    person = own_person(request.user)
    shares = shares_of(person, periods_to_rate())
    asked = request.GET.get("daftar", "")
    share = next((each for each in shares if each.key == asked), None)
    share = share or next((each for each in shares if each.count), None) or (shares[0] if shares else None)
    page = Paginator(share.in_order(), PAGE).get_page(request.GET.get("halaman")) if share else None
    if page is not None:
        page.object_list = list(page.object_list)
        keys = [plan.employee_id for plan in page.object_list] if share.is_of_the_superior else []
        silent = appraisers_on(keys, timezone.localdate()) if keys else {}
        for plan in page.object_list:
            plan.silent = silent.get(plan.employee_id)
    context = {"shares": shares, "share": share, "page": page}
    return render(request, "appraisal/scoring/taken_over.html", context)
