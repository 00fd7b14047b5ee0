"""The list of employees, the search, and the page of one employee."""

from datetime import datetime, time

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Min
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_POST, require_safe

from agencies.access.directory import kept_query, searched, with_work_on, work_of
from agencies.access.forms import DirectoryForm
from agencies.access.scope import READS_PEOPLE, units_of, visible_employees
from agencies.people.models import Assignment, ServiceState
from agencies.people.orphans import why_free
from agencies.people.reporting_line import (
    appraiser_on,
    exception_of,
    line_on,
    superior_of_appraiser_on,
)
from ambon_kinerja.personal_data.actions import note_viewing

from ..forms.days import FIRST_DAY, LAST_DAY
from ..forms.directory import DayForm
from ..history import fact_changes, history_of
from ..queries import visible_handovers, year_of
from ..rules import may_end, may_keep_people

ROWS_A_PAGE = 25
YEARS = range(FIRST_DAY.year, LAST_DAY.year + 1)


@require_safe
def employee_list(request):
    units = list(units_of(request.user, *READS_PEOPLE))
    if not units:
        raise Http404
    today = timezone.localdate()
    form = DirectoryForm(request.GET, units=units)
    form.is_valid()
    wanted = form.cleaned_data
    employees = searched(
        visible_employees(request.user), text=wanted.get("cari", ""), unit=wanted.get("unit"), day=today
    )
    page = Paginator(with_work_on(employees, today), ROWS_A_PAGE).get_page(request.GET.get("halaman"))
    for employee in page:
        employee.work = work_of(employee)
    context = {
        "form": form,
        "page": page,
        "is_search": any(wanted.values()),
        "today": today,
        "keeps": may_keep_people(request.user),
    }
    return render(request, "agencies/careers/employee_list.html", context)


@require_POST
def employee_search(request):
    """The search is sent, not written into the address: a whole NIP must never stand there."""
    if not units_of(request.user, *READS_PEOPLE).exists():
        raise Http404
    text = request.POST.get("cari", "")
    digits = "".join(text.split()).replace(".", "")
    if len(digits) == 18 and digits.isdigit():
        employee = visible_employees(request.user).filter(nip=digits).first()
        if employee is not None:
            return redirect("agencies:employee-detail", pk=employee.pk)
    return redirect(kept_query(request.POST, "agencies:employee-list", "unit"))


@require_safe
def employee_detail(request, pk):
    """One employee on a day, as known now or on the evening of an earlier day; his year, and all that was recorded."""
    employee = get_object_or_404(visible_employees(request.user), pk=pk)
    note_viewing(request.user, about=employee, kind="employee")
    today = timezone.localdate()
    form = DayForm(
        {"tanggal": request.GET.get("tanggal", today), "tercatat": request.GET.get("tercatat", "")}
    )
    form.is_valid()
    day = form.cleaned_data.get("tanggal") or today
    known_at = evening_of(form.cleaned_data.get("tercatat"), today)
    start, line = line_on(employee, day, known_at)
    service = ServiceState.objects.on(day, known_at).filter(employee=employee).first()
    posts, states, exceptions = history_of(employee)
    keeps = may_keep_people(request.user)
    context = {
        "employee": employee,
        "form": form,
        "day": day,
        "today": today,
        "known_on": form.cleaned_data.get("tercatat") if known_at else None,
        "unknown_before": first_recorded(employee, known_at) if known_at else None,
        "work": work_on(employee, day, known_at),
        "service": service,
        "free": why_free(employee, service),
        "start": start,
        "line": line,
        "exception": exception_of(employee, day, known_at),
        "appraiser": appraiser_on(employee, day, known_at),
        "superior": superior_of_appraiser_on(employee, day, known_at),
        "year": year_of(employee, day.year, known_at) if day.year in YEARS else None,
        "posts": posts,
        "states": states,
        "exceptions": exceptions,
        "facts": fact_changes(employee),
        "handovers": visible_handovers(request.user).filter(employee=employee),
        "pages": import_string(settings.EMPLOYEE_PAGES)(request.user, employee),
        "may_list": units_of(request.user, *READS_PEOPLE).exists(),
        "keeps": keeps,
    }
    for entry in posts:
        entry.may_end = keeps or may_end(request.user, entry.fact)
    return render(request, "agencies/careers/employee_detail.html", context)


def evening_of(day, today):
    """The last moment of `day` in WIT; None, which is now, for today and later."""
    if day is None or day >= today:
        return None
    return timezone.make_aware(datetime.combine(day, time.max))


def first_recorded(employee, known_at):
    """The moment at which anything of his posts was recorded here first, if `known_at` lies before it; else None."""
    rows = Assignment.objects.filter(employee=employee)
    first = rows.aggregate(moment=Min("recorded__startswith"))["moment"]
    return first if first and known_at < first else None


def work_on(employee, day, known_at):
    """What he holds on `day`, the definitive post first."""
    held = Assignment.objects.on(day, known_at).filter(employee=employee).select_related("post__unit")
    order = list(Assignment.Kind)
    return sorted(held, key=lambda each: (order.index(each.kind), each.pk))
