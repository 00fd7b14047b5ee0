"""Recording a new employee, and changing the facts of one."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agencies.access.scope import visible_employees
from agencies.people.actions import hire

from ..actions import FACTS, change_employee
from ..forms.recording import EmployeeChangeForm, EmployeeForm
from ..history import FACTS as LABELS
from ..history import shown
from ..queries import facts_version
from ..rules import may_keep_people
from .answering import Page, answer

PAGES = require_http_methods(["GET", "HEAD", "POST"])


def keeper_finds(request, pk):
    """The employee, for who may record everything about him; nobody else finds him here."""
    if not may_keep_people(request.user):
        raise Http404
    return get_object_or_404(visible_employees(request.user), pk=pk)


def page_of(employee):
    return reverse("agencies:employee-detail", args=[employee.pk])


@PAGES
def employee_add(request):
    if not may_keep_people(request.user):
        raise Http404

    def store(values):
        return page_of(hire(by=request.user, **{name: values[name] for name in FACTS}))

    page = Page(
        title="Tambah pegawai",
        submit="Simpan pegawai",
        back=reverse("agencies:employee-list"),
        back_words="Pegawai",
        intro="Jabatannya dicatat sesudah ini, di halaman pegawai.",
    )
    form = EmployeeForm(request.POST or None)
    return answer(request, form, page, store=store, done="Pegawai disimpan. Catat jabatannya berikutnya.")


@PAGES
def employee_change(request, pk):
    employee = keeper_finds(request, pk)

    def store(values):
        facts = {name: values[name] for name in FACTS}
        version = values["version"] or 0
        change_employee(employee, by=request.user, version=version, reason=values["reason"], **facts)
        return page_of(employee)

    def now():
        employee.refresh_from_db()
        return [(label, shown(employee, name)) for name, label in LABELS.items()]

    page = Page(
        title=f"Ubah data {employee.name}",
        submit="Simpan perubahan",
        back=page_of(employee),
        back_words=employee.name,
        intro="Data lama tetap tersimpan di riwayat.",
    )
    initial = {name: getattr(employee, name) for name in FACTS} | {"version": facts_version(employee)}
    form = EmployeeChangeForm(request.POST or None, initial=initial, employee=employee)
    return answer(request, form, page, store=store, done="Data pegawai diubah.", now=now)
