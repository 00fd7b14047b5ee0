"""Who fills in for citizens and keys paper in the service manager's units."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.lookups import person_finder
from agencies.access.roles import Role
from agencies.access.scope import units_of, working_below
from agencies.careers.views.answering import Page, answer
from agencies.people.models import Employee

from ..actions.enumerators import end_enumerator, name_enumerator
from ..forms.enumerators import EnumeratorForm
from ..queries import managed_enumerators
from .kiosks import for_managers

ROWS_A_PAGE = 25


@require_safe
def enumerator_list(request):
    for_managers(request.user)
    named = managed_enumerators(request.user).select_related("unit", "employee")
    page = Paginator(named.order_by("-term", "employee__name", "pk"), ROWS_A_PAGE).get_page(
        request.GET.get("halaman")
    )
    context = {"page": page, "today": timezone.localdate(), "manages": True}
    return render(request, "feedback/channels/enumerators/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enumerator_name(request):
    for_managers(request.user)
    back = reverse("feedback:enumerator-list")
    units = units_of(request.user, Role.SERVICE_MANAGER)
    people = Employee.objects.counting().filter(pk__in=working_below(units).values("employee"))

    def store(values):
        name_enumerator(
            unit=values["unit"],
            employee=values["employee"],
            start=values["start"],
            last_day=values["last_day"],
            by=request.user,
        )
        return back

    page = Page(
        title="Tunjuk petugas pengisi",
        submit="Tunjuk petugas",
        back=back,
        back_words="Petugas pengisi",
        intro="Petugas pengisi membantu warga mengisi survei dan mengetik lembar kertas. Ia tidak boleh mengisi untuk"
        " loket tempat ia, atasannya, atau bawahannya bertugas.",
    )
    form = EnumeratorForm(
        request.POST or None, units=units, find_person=person_finder(people, with_nip=False)
    )
    return answer(request, form, page, store=store, done="Petugas ditunjuk dan diberi tahu.")


@require_POST
def enumerator_end(request, pk):
    for_managers(request.user)
    end_enumerator(get_object_or_404(managed_enumerators(request.user), pk=pk), by=request.user)
    messages.success(request, "Masa tugasnya diakhiri. Mulai hari ini ia tidak lagi mengisi.")
    return redirect("feedback:enumerator-list")
