"""How far each unit is, from the city down to the unit: a table, two pictures, a file."""

import csv
from io import StringIO

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ambon_kinerja.charts import bar_chart
from appraisal.cycle.queries import in_focus, periods_to_rate
from appraisal.reports.data_file import harmless

from ..progress import LABELS, Row, rows_of, sorted_rows
from ..rules import readable_units, tops_of

PAGE = 25
STEPS = ("agreed", "progress", "feedback", "evaluated")
CHARTED = 12  # so many units fit into a picture that is still read


@require_safe
def unit_progress(request):
    """The highest units the person may follow; of one alone, its parts."""
    return show(request, tops_of(request.user, timezone.localdate()))


@require_safe
def unit_progress_of(request, pk):
    return show(request, [get_object_or_404(readable_units(request.user), pk=pk)])


@require_safe
def unit_progress_data(request, pk):
    """The same table as a file: every row, in the order of the names."""
    unit = get_object_or_404(readable_units(request.user), pk=pk)
    period, _ = asked_period(request)
    rows, total = table_of([unit], period)
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("Unit", "Periode", *LABELS.values()))
    for row in [*sorted_rows(rows, "name"), Row(unit, total)]:
        name = f"Seluruh {row.name}" if row.counts is total else row.name
        writer.writerow((harmless(name), str(period or ""), *(value for _, value in row.cells)))
    answer = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="kemajuan-{unit.pk}.csv"'
    return answer


def show(request, tops):
    period, periods = asked_period(request)
    by = request.GET.get("urut", "name")
    rows, total = table_of(tops, period) if tops else ([], None)
    rows = sorted_rows(rows, by)
    page = Paginator(rows, PAGE).get_page(request.GET.get("halaman"))
    unit = tops[0] if len(tops) == 1 else None
    measure = by.lstrip("-") if by.lstrip("-") in STEPS else "agreed"
    context = {
        "unit": unit,
        "above": above(request.user, unit) if unit else [],
        "page": page,
        "total": total,
        "total_cells": Row(unit, total).cells if total and unit else [],
        "columns": [heading(name, label, by) for name, label in {"name": "Unit", **LABELS}.items()],
        "period": period,
        "periods": periods,
        "by": by,
        "steps": picture_of_steps(total, period) if total and total.owing else None,
        "units": picture_of_units(page.object_list, measure) if len(page.object_list) > 1 else None,
    }
    return render(request, "appraisal/dashboard/progress.html", context)


def asked_period(request):
    """(the period asked for, else the one in focus, else None; all that may be asked for)"""
    periods = periods_to_rate()
    asked = request.GET.get("periode", "")
    chosen = next((period for period in periods if str(period.pk) == asked), None)
    return chosen or in_focus(periods), periods


def table_of(tops, period):
    """The people as they are today, or were at the end of a period that has ended."""
    today = timezone.localdate()
    day = min(today, period.ends_on) if period else today
    return rows_of(tops, period.year if period else today.year, period, day)


def above(user, unit):
    """The units above that the person may follow as well, for the way back."""
    return readable_units(user).filter(pk__in=unit.path_keys[:-1]).order_by("path")


def heading(name, label, by):
    """A column whose head sorts: the largest first, a second time the other way."""
    current = by.lstrip("-") == name
    down = by.startswith("-")
    first = "" if name == "name" else "-"
    turned = name if down else f"-{name}"
    return {
        "label": label,
        "first": by if current else f"{first}{name}",
        "is_name": name == "name",
        "sort": turned if current else f"{first}{name}",
        "aria": ("descending" if down else "ascending") if current else "",
    }


def picture_of_steps(total, period):
    title = f"{total.agreed} dari {total.owing} pegawai sudah menyepakati SKP"
    rows = [(LABELS[name], getattr(total, name), "series-1") for name in ("owing", "submitted", *STEPS)]
    return bar_chart(rows, title=title, unit="pegawai", subject=str(period or ""), top=total.owing)


def picture_of_units(rows, measure):
    """Shares in percent, since units differ in size; the smallest first, where help is needed most."""
    counted = sorted((row for row in rows if row.counts.owing), key=lambda row: row.counts.share(measure))
    shown = counted[:CHARTED]
    bars = [(row.name, row.counts.share(measure), "series-1") for row in shown]
    if not bars:
        return None
    title = f"{LABELS[measure]}: paling rendah {shown[0].name}, {shown[0].counts.share(measure)} %"
    subject = f"Bagian dari yang wajib SKP, {len(shown)} unit dengan bagian terkecil di halaman ini"
    return bar_chart(bars, title=title, unit="%", subject=subject, top=100)
