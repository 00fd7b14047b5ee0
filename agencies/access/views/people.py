"""The account page, and the employees one may see."""

from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_POST, require_safe

from agencies.people.reporting_line import (
    appraiser_on,
    exception_of,
    line_on,
    superior_of_appraiser_on,
)
from agencies.structure.queries import agency_of
from ambon_kinerja.personal_data.actions import note_viewing

from ..directory import searched, shareable, with_work_on, work_of
from ..forms import DayForm, DirectoryForm
from ..queries import delegations_of
from ..roles import SENTENCES
from ..rules import may_delegate
from ..scope import READS_PEOPLE, employee_of, grants_on, units_of, visible_employees

ROWS_A_PAGE = 25


@require_safe
def account(request):
    person, today = employee_of(request.user), timezone.localdate()
    grants = list(grants_on(request.user).select_related("unit", "given_by"))
    for grant in grants:
        grant.sentence = SENTENCES[grant.role]
        grant.may_delegate = person is not None and may_delegate(request.user, grant)
    context = {"person": person, "grants": grants, "today": today}
    context["delegations"] = delegations_of(request.user)
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
    return redirect(kept_query(request, "agencies:employee-list", "unit"))


def kept_query(request, name, *others):
    """The address of a list with the search that was sent: no more than the tail of a NIP, and only what was filled."""
    query = {"cari": shareable(request.POST.get("cari", ""))}
    query |= {other: request.POST.get(other, "") for other in others}
    kept = urlencode({field: value for field, value in query.items() if value})
    return f"{reverse(name)}?{kept}" if kept else reverse(name)


@require_safe
def employee_detail(request, pk):
    employee = get_object_or_404(visible_employees(request.user), pk=pk)
    note_viewing(request.user, about=employee, kind="employee")
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
        "pages": import_string(settings.EMPLOYEE_PAGES)(request.user, employee),
        "may_list": units_of(request.user, *READS_PEOPLE).exists(),
    }
    return render(request, "agencies/access/employee_detail.html", context)
