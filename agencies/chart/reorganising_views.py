"""Merging and splitting units: first which and from when, then the rest, then a look at what would happen."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agencies.structure.models import UnitVersion

from . import actions
from .change_views import FORM_METHODS, changers_only, places_of, unit_to_change
from .guided import Change, asked, guide
from .reorganising_forms import DayAskedForm, MergeForm, MergeStartForm, SplitForm


@require_http_methods(FORM_METHODS)
def unit_merge(request):
    changers_only(request)
    places = [
        ("Organisasi", reverse("agencies:unit-list")),
        ("Penataan", reverse("agencies:reorganisation-list")),
    ]
    start = MergeStartForm(request.GET if "on" in request.GET else None, initial=request.GET.dict())
    if not start.is_valid():
        return start_page(request, "Gabungkan unit", start, places)
    merged, into, day = (start.cleaned_data[name] for name in ("merged", "into", "on"))
    form = MergeForm(asked(request), merged=merged, into=into, day=day)

    def act(form, by):
        more = form.why()
        if into is None:
            more |= {"new_unit": form.new_unit(), "head_name": form.cleaned_data["head_name"]}
        return actions.merge_units(merged, into=into, on=day, heads=form.fates(), by=by, **more)

    names = " dan ".join(unit.name for unit in merged)
    change = Change(
        kind="unit.merge",
        title="Gabungkan unit",
        form=form,
        act=act,
        day=lambda form: day,
        words=lambda form: f"{names} digabung ke {into.name if into else form.cleaned_data['name']}",
        places=places,
        facts=[
            ("Unit yang digabung", ", ".join(unit.name for unit in merged)),
            ("Digabung ke", into.name if into else "Unit baru"),
            ("Berlaku sejak", day),
        ],
        intro="Semua jabatan, pegawai, dan unit di bawahnya ikut. Unit yang digabung berakhir sehari sebelumnya.",
    )
    return guide(request, change)


@require_http_methods(FORM_METHODS)
def unit_split(request, pk):
    unit = unit_to_change(request, pk)
    start = DayAskedForm(request.GET if "on" in request.GET else None)
    if not start.is_valid():
        return start_page(request, "Pecah unit", start, places_of(unit))
    day = start.cleaned_data["on"]
    if not UnitVersion.objects.on(day).filter(unit=unit).exists():
        start.add_error("on", "Unit ini tidak ada pada tanggal itu.")
        return start_page(request, "Pecah unit", start, places_of(unit))
    form = SplitForm(asked(request), unit=unit, day=day)

    def act(form, by):
        return actions.split_unit(
            unit,
            new_unit=form.new_unit(),
            posts=form.chosen_posts(),
            head=form.cleaned_data["head"],
            new_head=form.new_head(),
            on=day,
            by=by,
            **form.why(),
        )

    change = Change(
        kind="unit.split",
        title="Pecah unit",
        form=form,
        act=act,
        day=lambda form: day,
        words=lambda form: f"{form.cleaned_data['name']} dibentuk dari {unit.name}",
        places=places_of(unit),
        facts=[("Unit asal", unit.name), ("Berlaku sejak", day)],
        intro="Unit baru dibentuk dari jabatan yang Anda pilih. Pemegangnya ikut pindah.",
    )
    return guide(request, change)


def start_page(request, title, form, places):
    """The first step; it changes nothing, so its answers stand in the address."""
    context = {"title": title, "form": form, "breadcrumb": [*places, (title, "")]}
    status = 422 if form.errors else 200
    return render(request, "agencies/chart/start.html", context, status=status)
