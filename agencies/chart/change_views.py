"""Changing units and posts: the personnel office of the city asks, looks at what would happen, and clicks again."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.structure.models import Post, Reorganisation, Unit
from agencies.structure.reorganising import leader_of, move_unit

from . import actions
from .forms import (
    PostAddForm,
    PostChangeForm,
    PostEndForm,
    UnitAddForm,
    UnitEndForm,
    UnitMoveForm,
    UnitRenameForm,
)
from .guided import Change, asked, guide
from .rules import may_change_organisation

FORM_METHODS = ["GET", "HEAD", "POST"]
ROWS_A_PAGE = 25


def changers_only(request):
    if not may_change_organisation(request.user):
        raise Http404


def unit_to_change(request, pk):
    changers_only(request)
    return get_object_or_404(Unit.objects.select_related("parent"), pk=pk)


def post_to_change(request, pk):
    changers_only(request)
    return get_object_or_404(Post.objects.select_related("unit"), pk=pk)


def places_of(*things):
    """The breadcrumb down to the unit or post that is changed."""
    names = {Unit: "agencies:unit-detail", Post: "agencies:post-detail"}
    return [
        ("Organisasi", reverse("agencies:unit-list")),
        *((thing.name, reverse(names[type(thing)], args=[thing.pk])) for thing in things),
    ]


def first_day(form):
    return form.cleaned_data["on"]


def day_after(form):
    return form.cleaned_data["on"] + timedelta(days=1)


@require_safe
def reorganisation_list(request):
    changers_only(request)
    done = Reorganisation.objects.select_related("carried_out_by", "unit")
    context = {
        "page": Paginator(done, ROWS_A_PAGE).get_page(request.GET.get("halaman")),
        "breadcrumb": [("Organisasi", reverse("agencies:unit-list")), ("Penataan", "")],
    }
    return render(request, "agencies/chart/reorganisation_list.html", context)


@require_http_methods(FORM_METHODS)
def unit_add(request, pk):
    parent = unit_to_change(request, pk)
    form = UnitAddForm(asked(request), initial={"on": timezone.localdate()})

    def act(form, by):
        facts = {name: form.cleaned_data[name] for name in ("name", "code", "kind", "on")}
        return actions.add_unit(parent=parent, by=by, **facts, **form.why())

    change = Change(
        kind="unit.add",
        title="Tambah unit",
        form=form,
        act=act,
        day=first_day,
        words=lambda form: f"Unit baru {form.cleaned_data['name']}",
        places=places_of(parent),
        intro=f"Unit baru ini berada di bawah {parent.name}.",
    )
    return guide(request, change)


@require_http_methods(FORM_METHODS)
def post_add(request, pk):
    unit = unit_to_change(request, pk)
    head = leader_of(unit, timezone.localdate())
    form = PostAddForm(
        asked(request),
        initial={"on": timezone.localdate(), "superior": head and head.pk, "leads_unit": not head},
    )

    def act(form, by):
        names = ("name", "code", "kind", "level", "superior", "leads_unit", "on")
        facts = {name: form.cleaned_data[name] for name in names}
        return actions.add_post(unit=unit, by=by, **facts, **form.why())

    change = Change(
        kind="post.add",
        title="Tambah jabatan",
        form=form,
        act=act,
        day=first_day,
        words=lambda form: f"Jabatan baru {form.cleaned_data['name']} di {unit.name}",
        places=places_of(unit),
        intro=f"Jabatan baru ini berada di {unit.name}.",
    )
    return guide(request, change)


@require_http_methods(FORM_METHODS)
def unit_rename(request, pk):
    unit = unit_to_change(request, pk)
    head = leader_of(unit, timezone.localdate())
    initial = {"name": unit.name, "head_name": head and head.name}
    form = UnitRenameForm(asked(request), initial=initial, has_head=head is not None)

    def act(form, by):
        facts = form.cleaned_data
        return actions.rename_unit(
            unit,
            name=facts["name"],
            head_name=facts.get("head_name", ""),
            on=facts["on"],
            until=form.end,
            by=by,
            **form.why(),
        )

    change = Change(
        kind="unit.rename",
        title="Ubah nama",
        form=form,
        act=act,
        day=first_day,
        words=lambda form: f"{unit.name} bernama {form.cleaned_data['name']}",
        places=places_of(unit),
    )
    return guide(request, change)


@require_http_methods(FORM_METHODS)
def unit_move(request, pk):
    unit = unit_to_change(request, pk)
    if unit.parent_id is None:
        raise Http404
    form = UnitMoveForm(asked(request), unit=unit)

    def act(form, by):
        facts = {name: form.cleaned_data[name] for name in ("parent", "superior", "on")}
        actions.refuse_unit_absent(facts["parent"], facts["on"])
        move_unit(unit, by=by, **facts, **form.why())
        return unit

    change = Change(
        kind="unit.move",
        title="Pindahkan unit",
        form=form,
        act=act,
        day=first_day,
        words=lambda form: f"{unit.name} pindah ke {form.cleaned_data['parent'].name}",
        places=places_of(unit),
        intro=f"Sekarang di bawah {unit.parent.name}. Semua unit dan jabatan di dalamnya ikut pindah.",
    )
    return guide(request, change)


@require_http_methods(FORM_METHODS)
def unit_end(request, pk):
    unit = unit_to_change(request, pk)
    form = UnitEndForm(asked(request), unit=unit)

    def act(form, by):
        facts = form.cleaned_data
        return actions.end_unit(unit, last_day=facts["on"], successor=facts["successor"], by=by, **form.why())

    change = Change(
        kind="unit.end",
        title="Akhiri unit",
        form=form,
        act=act,
        day=day_after,
        words=lambda form: f"{unit.name} berakhir",
        places=places_of(unit),
        intro="Pindahkan atau akhiri dahulu semua jabatan dan unit di dalamnya. Riwayatnya tetap tersimpan.",
    )
    return guide(request, change)


@require_http_methods(FORM_METHODS)
def post_change(request, pk):
    post = post_to_change(request, pk)
    now = ("name", "level", "leads_unit")
    initial = {name: getattr(post, name) for name in now} | {
        "unit": post.unit_id,
        "superior": post.superior_id,
    }
    form = PostChangeForm(asked(request), initial=initial, post=post)

    def act(form, by):
        names = ("name", "level", "unit", "superior", "leads_unit", "on")
        facts = {name: form.cleaned_data[name] for name in names}
        return actions.change_post(post, until=form.end, by=by, **facts, **form.why())

    change = Change(
        kind="post.change",
        title="Ubah jabatan",
        form=form,
        act=act,
        day=first_day,
        words=lambda form: f"Jabatan {post.name} diubah",
        places=places_of(post.unit, post),
    )
    return guide(request, change)


@require_http_methods(FORM_METHODS)
def post_end(request, pk):
    post = post_to_change(request, pk)
    form = PostEndForm(asked(request))

    def act(form, by):
        facts = form.cleaned_data
        return actions.end_post(
            post, last_day=facts["on"], end_holders=facts["end_holders"], by=by, **form.why()
        )

    change = Change(
        kind="post.end",
        title="Akhiri jabatan",
        form=form,
        act=act,
        day=day_after,
        words=lambda form: f"Jabatan {post.name} berakhir",
        places=places_of(post.unit, post),
        intro="Pilih dahulu atasan baru bagi jabatan yang melapor ke jabatan ini. Riwayatnya tetap tersimpan.",
    )
    return guide(request, change)
