"""The report of those without the right appraiser, and the same as a file."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access.roles import Role
from agencies.access.scope import grants_on, units_of
from agencies.structure.models import Unit

from ..export import as_csv, as_xlsx
from ..forms.line import ReportForm
from ..report import counts_by_fault, days_to_choose, filtered, orphans_of, rows_of
from ..rules import may_keep_people

ROWS_A_PAGE = 25
READERS = (Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def orphan_report(request):
    asked = Asked(request)
    context = {
        "form": asked.form,
        "day": asked.day,
        "day_words": asked.day_words,
        "counts": counts_by_fault(asked.all_rows),
        "total": len(asked.all_rows),
        "page": Paginator(asked.rows, ROWS_A_PAGE).get_page(request.GET.get("halaman")),
        "is_filtered": asked.is_filtered,
        "keeps": may_keep_people(request.user),
        "query": request.GET.urlencode(),
    }
    return render(request, "agencies/careers/orphan_report.html", context)


@require_safe
def orphan_file(request):
    """What the page shows, all of it, as CSV or (`?bentuk=xlsx`) as a workbook."""
    asked = Asked(request)
    name = f"tanpa-penilai-{asked.day:%Y-%m-%d}"
    if request.GET.get("bentuk") == "xlsx":
        response = HttpResponse(as_xlsx(asked.rows), content_type=XLSX)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
        return response
    response = HttpResponse(as_csv(asked.rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


class Asked:
    """What the address asks for, and its rows; for others than offices and unit admins there is nothing (404)."""

    def __init__(self, request):
        units = [grant.unit for grant in grants_on(request.user, None, *READERS)]
        if not units:
            raise Http404
        days = days_to_choose()
        choices = [(key, f"{words}, {day:%d-%m-%Y}") for key, words, day in days]
        offered = units_of(request.user, *READERS).exclude(kind=Unit.Kind.UNIT)
        self.form = ReportForm(request.GET, days=choices, units=offered)
        self.form.is_valid()
        wanted = self.form.cleaned_data
        self.day, self.day_words = next(
            ((day, words) for key, words, day in days if key == wanted.get("hari")),
            (timezone.localdate(), days[0][1]),
        )
        self.all_rows = rows_of(orphans_of(units, self.day), self.day)
        self.rows = filtered(
            self.all_rows,
            unit=wanted.get("unit"),
            fault=wanted.get("sebab", ""),
            text=wanted.get("cari", ""),
        )
        self.is_filtered = any(wanted.get(name) for name in ("unit", "sebab", "cari"))
