"""The catalogue as its keepers see it: search, one service, its texts, open or closed, and how many it served."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.access.roles import Role
from agencies.access.scope import units_of
from agencies.careers.views.answering import Page, answer
from agencies.structure.refusals import NotPossible

from ..actions.catalogue import add_service, change_service, count_users, switch_service
from ..forms import ONE_SLUG, ServiceForm, VolumeForm
from ..links import short_address
from ..models import Counter, CounterDuty, Service
from ..queries import managed_services
from .finding import PAGES, keepers_only, kept_service

ROWS_A_PAGE = 25


@require_safe
def service_desk(request):
    keepers_only(request)
    words = request.GET.get("cari", "").replace("\x00", "").strip()[:100]
    found = managed_services(request.user).select_related("unit").order_by("unit__path", "name", "pk")
    for word in words.split()[:6]:
        found = found.filter(Q(name__icontains=word) | Q(unit__name__icontains=word))
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "feedback/services/desk.html", {"page": page, "words": words})


@require_safe
def service_manage(request, slug):
    service, today = kept_service(request, slug), timezone.localdate()
    on_duty = CounterDuty.objects.filter(term__contains=today).select_related("employee")
    context = {
        "service": service,
        "address": short_address(service),
        "counters": Counter.objects.filter(service=service).prefetch_related(
            Prefetch("duties", on_duty, to_attr="today")
        ),
        "volumes": service.volumes.all()[:8],
    }
    return render(request, "feedback/services/service.html", context)


@PAGES
def service_add(request):
    keepers_only(request)

    def store(values):
        if Service.objects.filter(slug=values["slug"]).exists():
            raise NotPossible(ONE_SLUG, "slug")
        service = add_service(unit=values["unit"], slug=values["slug"], by=request.user, **form.texts)
        return page_of(service)

    page = Page(
        title="Tambah layanan",
        submit="Simpan layanan",
        back=reverse("feedback:service-desk"),
        back_words="Layanan",
        intro="Isi standar pelayanannya bertahap; warga membacanya di halaman layanan.",
    )
    form = ServiceForm(request.POST or None, units=units_kept(request))
    return answer(request, form, page, store=store, done="Layanan disimpan dan menerima jawaban survei.")


@PAGES
def service_edit(request, slug):
    service = kept_service(request, slug)

    def store(values):
        change_service(service, seen=values["version"], unit=values["unit"], by=request.user, **form.texts)
        return page_of(service)

    def now():
        service.refresh_from_db()
        shown = [("Unit penyelenggara", service.unit.name)]
        return shown + [(form.fields[name].label, getattr(service, name)) for name in form.texts]

    page = Page(
        title=f"Ubah {service.name}",
        submit="Simpan layanan",
        back=page_of(service),
        back_words=service.name,
        intro=f"Alamat survei tetap: {short_address(service)}",
    )
    form = ServiceForm(request.POST or None, units=units_kept(request), service=service)
    return answer(request, form, page, store=store, done="Layanan disimpan.", now=now)


@require_POST
def service_switch(request, slug):
    service = kept_service(request, slug)
    is_open = request.POST.get("terima") == "ya"
    switch_service(service, is_open=is_open, by=request.user)
    words = "menerima jawaban lagi" if is_open else "tidak lagi menerima jawaban"
    messages.success(request, f"“{service.name}” {words}.")
    return redirect(page_of(service))


@PAGES
def service_users(request, slug):
    service = kept_service(request, slug)

    def store(values):
        facts = {name: values[name] for name in ("year", "quarter", "users")}
        count_users(service, by=request.user, **facts)
        return page_of(service)

    page = Page(
        title="Catat pengguna layanan",
        submit="Simpan jumlah",
        back=page_of(service),
        back_words=service.name,
        intro="Dari jumlah ini dihitung berapa jawaban survei yang cukup. Angka baru mengganti angka lama.",
    )
    form = VolumeForm(request.POST or None, today=timezone.localdate())
    return answer(request, form, page, store=store, done="Jumlah pengguna layanan disimpan.")


def units_kept(request):
    units = units_of(request.user, Role.SERVICE_MANAGER).filter(
        Q(valid_until=None) | Q(valid_until__gt=timezone.localdate())
    )
    if not units.exists():
        raise Http404
    return units


def page_of(service):
    return reverse("feedback:service-manage", args=[service.slug])
