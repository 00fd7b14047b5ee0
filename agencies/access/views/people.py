"""The account page, and the employees one may see."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.people.reporting_line import (
    appraiser_on,
    exception_of,
    line_on,
    superior_of_appraiser_on,
)
from agencies.structure.queries import agency_of

from ..directory import searched, shareable, with_work_on, work_of
from ..forms import DayForm, DirectoryForm
from ..roles import SENTENCES
from ..scope import READS_PEOPLE, employee_of, grants_on, units_of, visible_employees

ROWS_A_PAGE = 25


@require_safe
def account(request):
    person, today = employee_of(request.user), timezone.localdate()
    grants = list(grants_on(request.user))
    for grant in grants:
        grant.sentence = SENTENCES[grant.role]
    context = {"person": person, "grants": grants, "today": today}
    if person is not None:
        start, line = line_on(person, today)
        context |= {"start": start, "line": line, "agency": start and agency_of(start.post.unit)}
        context["exception"] = exception_of(person, today)
    return render(request, "agencies/access/account.html", context)


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
    return render(request, "agencies/access/employee_list.html", context)


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
    return render(request, "agencies/access/employee_detail.html", context)
