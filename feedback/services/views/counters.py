"""Counters of a service and their officers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.careers.views.answering import Page, answer

from ..actions.counters import add_counter, change_counter, end_duty, put_on_duty, remove_duty
from ..forms import CounterForm, DutyEndForm, DutyForm
from .catalogue import page_of
from .finding import PAGES, kept_counter, kept_duty, kept_service

ROWS_A_PAGE = 25


@PAGES
def counter_add(request, slug):
    service = kept_service(request, slug)

    def store(values):
        return counter_page(add_counter(service, name=values["name"], by=request.user))

    page = Page(title="Tambah loket", submit="Simpan loket", back=page_of(service), back_words=service.name)
    form = CounterForm(request.POST or None)
    return answer(request, form, page, store=store, done="Loket disimpan. Catat petugasnya berikutnya.")


@require_safe
def counter_manage(request, slug, pk):
    counter = kept_counter(request, slug, pk)
    duties = counter.duties.select_related("employee").order_by("-term", "pk")
    context = {
        "counter": counter,
        "service": counter.service,
        "page": Paginator(duties, ROWS_A_PAGE).get_page(request.GET.get("halaman")),
        "today": timezone.localdate(),
    }
    return render(request, "feedback/services/counter.html", context)


@PAGES
def counter_edit(request, slug, pk):
    counter = kept_counter(request, slug, pk)

    def store(values):
        change_counter(counter, name=values["name"], is_active=values["is_active"], by=request.user)
        return counter_page(counter)

    page = Page(
        title=f"Ubah {counter.name}",
        submit="Simpan loket",
        back=counter_page(counter),
        back_words=counter.name,
    )
    form = CounterForm(request.POST or None, counter=counter)
    return answer(request, form, page, store=store, done="Loket disimpan.")


@PAGES
def duty_add(request, slug, pk):
    counter = kept_counter(request, slug, pk)

    def store(values):
        facts = {name: values[name] for name in ("employee", "start", "last_day")}
        put_on_duty(counter, by=request.user, **facts)
        return counter_page(counter)

    page = Page(
        title="Catat petugas loket",
        submit="Simpan petugas",
        back=counter_page(counter),
        back_words=counter.name,
        intro="Satu loket dijaga satu petugas pada satu hari.",
    )
    form = DutyForm(request.POST or None, unit=counter.service.unit, today=timezone.localdate())
    return answer(request, form, page, store=store, done="Petugas loket disimpan.")


@PAGES
def duty_end(request, slug, pk):
    duty = kept_duty(request, slug, pk)

    def store(values):
        end_duty(duty, last_day=values["last_day"], by=request.user)
        return counter_page(duty.counter)

    page = Page(
        title="Akhiri tugas di loket",
        submit="Simpan hari terakhir",
        back=counter_page(duty.counter),
        back_words=duty.counter.name,
        facts=[("Petugas", duty.employee.name), ("Mulai", f"{duty.term.lower:%d-%m-%Y}")],
    )
    form = DutyEndForm(request.POST or None, initial={"last_day": duty.last_day or timezone.localdate()})
    return answer(request, form, page, store=store, done="Hari terakhir disimpan.")


@require_POST
def duty_remove(request, slug, pk):
    duty = kept_duty(request, slug, pk)
    remove_duty(duty, by=request.user)
    messages.success(request, "Catatan tugas dihapus. Jejak penghapusannya tetap tersimpan.")
    return redirect(counter_page(duty.counter))


def counter_page(counter):
    return reverse("feedback:counter-manage", args=[counter.service.slug, counter.pk])
