"""The organisation as everybody reads it, and the reference data it rests on."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.scope import employee_of, visible_employees
from agencies.people.models import Assignment
from agencies.people.reporting_line import holder_on
from agencies.structure.actions import change_reference, confirm_unit
from agencies.structure.models import Post, PostLevel, PostVersion, Rank, Unit, UnitVersion
from agencies.structure.refusals import NotPossible
from agencies.structure.seeding import seed_organisation

from .forms import MomentForm
from .history import told_history
from .moment import asked_moment
from .queries import (
    holders_of,
    named_seats,
    post_on,
    predecessors_of,
    tree_on,
    unit_on,
    way_to,
)
from .reference_forms import PostLevelForm, RankForm
from .rules import may_appoint_to, may_change_organisation, may_see_organisation
from .stories import post_words, unit_words


def moment_of(request):
    """(form, Moment): the day and the time of recording a page is asked for, today and now by themselves."""
    today = timezone.localdate()
    form = MomentForm(request.GET if {"tanggal", "tercatat"} & set(request.GET) else {"tanggal": today})
    return form, asked_moment(form)


def seers_only(request):
    if not may_see_organisation(request.user):
        raise Http404


def changers_only(request):
    if not may_change_organisation(request.user):
        raise Http404


@require_safe
def unit_list(request):
    seers_only(request)
    form, moment = moment_of(request)
    tops = tree_on(moment.day, moment.known_at)
    may_change = may_change_organisation(request.user)
    context = {
        "form": form,
        "moment": moment,
        "tops": tops,
        "people": sum(top.people for top in tops),
        "units": sum(top.units for top in tops),
        "may_change": may_change,
        "is_empty": not tops and not Unit.objects.exists(),
    }
    return render(request, "agencies/chart/unit_list.html", context)


@require_safe
def unit_detail(request, pk):
    seers_only(request)
    unit = get_object_or_404(Unit.objects.select_related("successor"), pk=pk)
    form, moment = moment_of(request)
    version = unit_on(unit, moment.day, moment.known_at)
    inside = PostVersion.objects.on(moment.day, moment.known_at).filter(unit=unit)
    below = UnitVersion.objects.on(moment.day, moment.known_at).filter(parent=unit).select_related("unit")
    way = way_to(unit, moment.day, moment.known_at)
    rows = list(unit.versions.select_related("recorded_by", "parent"))
    context = {
        "unit": unit,
        "form": form,
        "moment": moment,
        "version": version,
        "way": way[:-1],
        "breadcrumb": way_home(way[:-1], moment, version.name if version else unit.name),
        "seats": named_seats(request.user, inside, moment.day, moment.known_at) if version else [],
        "below": below.order_by("name"),
        "story": told_history(rows, words=unit_words(rows), facts=lambda row: (row.name, row.parent_id)),
        "predecessors": predecessors_of(unit),
        "may_change": may_change_organisation(request.user),
    }
    return render(request, "agencies/chart/unit_detail.html", context)


@require_safe
def post_detail(request, pk):
    seers_only(request)
    post = get_object_or_404(Post.objects.select_related("unit"), pk=pk)
    form, moment = moment_of(request)
    version = post_on(post, moment.day, moment.known_at)
    way = way_to(version.unit if version else post.unit, moment.day, moment.known_at)
    under = PostVersion.objects.on(moment.day, moment.known_at).filter(superior=post)
    rows = list(post.versions.select_related("recorded_by"))
    answerer = holder_on(post, moment.day, moment.known_at) if version else None
    is_public = version is not None and version.leads_unit
    if answerer and not is_public and not visible_employees(request.user).filter(pk=answerer.pk).exists():
        answerer, is_hidden = None, True
    else:
        is_hidden = False
    context = {
        "post": post,
        "form": form,
        "moment": moment,
        "version": version,
        "unit_version": way[-1] if way else None,
        "breadcrumb": way_home(way, moment, version.name if version else post.name),
        "level": PostLevel.objects.filter(code=post.level).first() if post.level else None,
        "superior": post_on(version.superior, moment.day, moment.known_at)
        if version and version.superior
        else None,
        "answerer": answerer,
        "is_hidden": is_hidden,
        "held_by": Assignment.objects.on(moment.day, moment.known_at).filter(post=post).count(),
        "subordinates": named_seats(request.user, under, moment.day, moment.known_at) if version else [],
        "holders": holders_of(post, request.user, moment.known_at),
        "story": told_history(rows, words=post_words(rows), facts=post_facts),
        "may_change": may_change_organisation(request.user),
        "may_appoint": version is not None and may_appoint_to(request.user, post),
        "me": employee_of(request.user),
    }
    return render(request, "agencies/chart/post_detail.html", context)


def post_facts(row):
    return row.name, row.unit_id, row.superior_id, row.leads_unit


def way_home(way, moment, last):
    """The breadcrumb: the organisation, the units above, this page; all on the same day."""
    return [
        ("Organisasi", reverse("agencies:unit-list") + moment.query),
        *((step.name, reverse("agencies:unit-detail", args=[step.unit_id]) + moment.query) for step in way),
        (last, ""),
    ]


@require_POST
def unit_confirm(request, pk):
    changers_only(request)
    unit = get_object_or_404(Unit, pk=pk)
    try:
        confirm_unit(unit, by=request.user)
    except NotPossible as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, f"{unit.name} dicatat sudah dipastikan.")
    return redirect("agencies:unit-detail", unit.pk)


@require_POST
def organisation_seed(request):
    changers_only(request)
    units, posts = seed_organisation(by=request.user)
    messages.success(request, f"{units} unit dan {posts} jabatan ditambahkan. Periksa yang belum dipastikan.")
    return redirect("agencies:unit-list")


# --- reference data -----------------------------------------------------------------------------


@require_safe
def reference_list(request):
    seers_only(request)
    ranks = list(Rank.objects.all())
    context = {
        "ranks_of_pns": [rank for rank in ranks if rank.kind == Rank.Kind.PNS],
        "ranks_of_pppk": [rank for rank in ranks if rank.kind == Rank.Kind.PPPK],
        "levels": list(PostLevel.objects.all()),
        "may_change": may_change_organisation(request.user),
        "breadcrumb": [("Organisasi", reverse("agencies:unit-list")), ("Data acuan", "")],
    }
    return render(request, "agencies/chart/reference_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rank_edit(request, pk):
    return answer_reference(request, Rank, pk, RankForm)


@require_http_methods(["GET", "HEAD", "POST"])
def level_edit(request, pk):
    return answer_reference(request, PostLevel, pk, PostLevelForm)


def answer_reference(request, model, pk, form_class):
    changers_only(request)
    record = get_object_or_404(model, pk=pk)
    form = form_class(request.POST if request.method == "POST" else None, instance=record)
    title = f"Ubah {record}"
    if form.is_valid():
        change_reference(model.objects.get(pk=pk), by=request.user, **form.cleaned_data)
        messages.success(request, "Data acuan disimpan.")
        return redirect("agencies:reference-list")
    places = [
        ("Organisasi", reverse("agencies:unit-list")),
        ("Data acuan", reverse("agencies:reference-list")),
        (title, ""),
    ]
    context = {"form": form, "title": title, "breadcrumb": places}
    return render(request, "agencies/chart/reference_edit.html", context, status=422 if form.errors else 200)
