"""The list of employees, the search, and the page of one employee."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.access.scope import READS_PEOPLE, units_of, visible_employees
from agencies.people.reporting_line import (
    appraiser_on,
    exception_of,
    line_on,
    superior_of_appraiser_on,
)

from ..directory import searched, shareable, with_work_on, work_of
from ..forms import DayForm, DirectoryForm

ROWS_A_PAGE = 25


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
    context = {"form": form, "page": page, "is_search": any(wanted.values()), "today": today}
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
    query = {"cari": shareable(text), "unit": request.POST.get("unit", "")}
    address = reverse("agencies:employee-list")
    kept = urlencode({name: value for name, value in query.items() if value})
    return redirect(f"{address}?{kept}" if kept else address)


@require_safe
def employee_detail(request, pk):
    employee = get_object_or_404(visible_employees(request.user), pk=pk)
    today = timezone.localdate()
    form = DayForm(request.GET if "tanggal" in request.GET else {"tanggal": today})
    day = (form.cleaned_data["tanggal"] if form.is_valid() else None) or today
    start, line = line_on(employee, day)
    context = {
        "employee": employee,
        "form": form,
        "day": day,
        "today": today,
        "start": start,
        "line": line,
        "exception": exception_of(employee, day),
        "appraiser": appraiser_on(employee, day),
        "superior": superior_of_appraiser_on(employee, day),
        "history": employee.assignments.known().select_related("post__unit").order_by("-term", "-pk"),
        "may_list": units_of(request.user, *READS_PEOPLE).exists(),
    }
    return render(request, "agencies/careers/employee_detail.html", context)
