"""The reports of those without the right appraiser and of leading posts that stand empty, and both as files."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access.roles import Role
from agencies.access.scope import grants_on, units_of
from agencies.structure.models import Unit

from ..export import as_csv, as_xlsx, vacancies_as_csv, vacancies_as_xlsx
from ..forms.line import ReportForm, VacanciesForm
from ..report import counts_by_fault, days_to_choose, filtered, orphans_of, rows_of
from ..rules import may_keep_people
from ..vacancies import vacancies_of, vacant_posts

ROWS_A_PAGE = 25
READERS = (Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def orphan_report(request):
    asked = Asked(request)
    context = asked.context() | {
        "counts": counts_by_fault(asked.all_rows),
        "total": len(asked.all_rows),
        "empty_posts": vacant_posts(asked.units, asked.day).count(),
    }
    return render(request, "agencies/careers/orphan_report.html", context)


@require_safe
def orphan_file(request):
    """What the page shows, all of it, as CSV or (`?bentuk=xlsx`) as a workbook."""
    asked = Asked(request)
    return file_of(request, f"tanpa-penilai-{asked.day:%Y-%m-%d}", asked.rows, csv=as_csv, xlsx=as_xlsx)


@require_safe
def vacancy_report(request):
    asked = AskedForPosts(request)
    context = asked.context()
    context["vacancies"] = vacancies_of(context["page"].object_list, asked.day, request.user)
    return render(request, "agencies/careers/vacancy_report.html", context)


@require_safe
def vacancy_file(request):
    asked = AskedForPosts(request)
    rows = vacancies_of(asked.rows, asked.day, request.user)
    name = f"jabatan-kosong-{asked.day:%Y-%m-%d}"
    return file_of(request, name, rows, csv=vacancies_as_csv, xlsx=vacancies_as_xlsx)


def file_of(request, name, rows, *, csv, xlsx):
    is_workbook = request.GET.get("bentuk") == "xlsx"
    if is_workbook:
        response = HttpResponse(xlsx(rows), content_type=XLSX)
    else:
        response = HttpResponse(csv(rows), content_type="text/csv; charset=utf-8")
    ending = "xlsx" if is_workbook else "csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


class AskedOfUnits:
    """Of which day and units the address asks; for others than offices and unit admins there is nothing (404)."""

    form_class = None

    def __init__(self, request):
        self.request = request
        self.units = [grant.unit for grant in grants_on(request.user, None, *READERS)]
        if not self.units:
            raise Http404
        days = days_to_choose()
        choices = [(key, f"{words}, {day:%d-%m-%Y}") for key, words, day in days]
        offered = units_of(request.user, *READERS).exclude(kind=Unit.Kind.UNIT)
        self.form = self.form_class(request.GET, days=choices, units=offered)
        self.form.is_valid()
        self.wanted = self.form.cleaned_data
        self.day, self.day_words = next(
            ((day, words) for key, words, day in days if key == self.wanted.get("hari")),
            (timezone.localdate(), days[0][1]),
        )
        self.is_filtered = any(value for name, value in self.wanted.items() if name != "hari")

    def context(self):
        """What both reports show: a page of the `rows` that were asked for, and how they were asked for."""
        return {
            "form": self.form,
            "day": self.day,
            "day_words": self.day_words,
            "page": Paginator(self.rows, ROWS_A_PAGE).get_page(self.request.GET.get("halaman")),
            "is_filtered": self.is_filtered,
            "keeps": may_keep_people(self.request.user),
            "query": self.request.GET.urlencode(),
        }


class Asked(AskedOfUnits):
    form_class = ReportForm

    def __init__(self, request):
        super().__init__(request)
        self.all_rows = rows_of(orphans_of(self.units, self.day), self.day)
        self.rows = filtered(
            self.all_rows,
            unit=self.wanted.get("unit"),
            fault=self.wanted.get("sebab", ""),
            text=self.wanted.get("cari", ""),
        )


class AskedForPosts(AskedOfUnits):
    form_class = VacanciesForm

    def __init__(self, request):
        super().__init__(request)
        self.rows = vacant_posts(self.units, self.day)
        if unit := self.wanted.get("unit"):
            self.rows = self.rows.filter(unit__path__startswith=unit.path)
        if state := self.wanted.get("keadaan"):
            self.rows = self.rows.filter(is_filled=state == "sementara")
