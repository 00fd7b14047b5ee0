""" "Bimbingan dan konseling": everything in the sections a person has, with what waits for him."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on
from agencies.people.models import Assignment
from agencies.people.reporting_line import leads_somebody_on, subordinate_keys_on, subordinates_on

from ..models import Guidance
from ..queries import (
    REPORTED,
    counsellings_awaiting,
    guidances_awaiting,
    reports_awaiting,
    visible_counsellings,
    visible_guidances,
    visible_opinions,
    visible_reports,
)

PAGE = 25


@dataclass
class Section:
    """One list: its word in the address, its label, its kind (what a row is) and how many wait in it."""

    word: str
    label: str
    kind: str
    rows: object
    waiting: object = None
    count: int = 0
    empty: str = ""


@require_safe
def guidance_list(request):
    person, grants = employee_of(request.user), list(grants_on(request.user, None, Role.PERSONNEL_OFFICE))
    if person is None and not grants:
        raise Http404
    sections = sections_of(request.user, person, grants)
    for section in sections:
        section.count = section.waiting.count() if section.waiting is not None else 0
    section = next((each for each in sections if each.word == request.GET.get("bagian")), sections[0])
    page = Paginator(section.rows, PAGE).get_page(request.GET.get("halaman"))
    keys = [row.pk for row in page.object_list]
    waiting = section.waiting.filter(pk__in=keys) if section.waiting is not None else Guidance.objects.none()
    context = {
        "sections": sections,
        "section": section,
        "page": page,
        "waiting": set(waiting.values_list("pk", flat=True)),
        "person": person,
        "leads": any(each.word == "tim" for each in sections),
    }
    return render(request, "appraisal/guidance/list.html", context)


def sections_of(user, person, grants):
    """The lists this person has; each counts and is read in a fixed number of queries."""
    guidances, waiting = visible_guidances(user, grants), guidances_awaiting(user, grants)
    leads = person is not None and leads_somebody_on(person, timezone.localdate())
    sections = own_sections(person, guidances, waiting) if person is not None else []
    if leads:
        sections.append(team_section(person, guidances, waiting))
    if leads or grants:
        sections.append(reported_section(person, leads, guidances, waiting))
    if leads:
        empty = "Umpan balik pegawai atas bimbingan oleh pimpinan di bawah Anda muncul di sini."
        handed = visible_opinions(user).exclude(employee=person).order_by("-signed_at", "-pk")
        sections.append(Section("tanggapan", "Umpan balik pegawai", "opinion", handed, empty=empty))
    reports, counsellings = visible_reports(user, grants), visible_counsellings(user, grants)
    return [
        *sections,
        Section(
            "perilaku",
            "Laporan perilaku",
            "report",
            reports,
            reports_awaiting(user, grants),
            empty="Laporan permasalahan perilaku kerja muncul di sini.",
        ),
        Section(
            "konseling",
            "Konseling",
            "counselling",
            counsellings,
            counsellings_awaiting(user, grants),
            empty="Jadwal konseling muncul di sini.",
        ),
    ]


def team_section(person, guidances, waiting):
    team = subordinate_keys_on(person, timezone.localdate())
    return Section(
        "tim",
        "Tim saya",
        "guidance",
        guidances.filter(employee__in=team),
        waiting.filter(employee__in=team),
        empty="Buka bimbingan untuk pegawai yang Anda nilai.",
    )


def reported_section(person, leads, guidances, waiting):
    """What others reported: neither of one's team, which has its own list, nor of oneself."""
    others = Q() if person is None else ~Q(employee=person) & ~Q(guide=person)
    team = subordinate_keys_on(person, timezone.localdate()) if leads else []
    return Section(
        "laporan",
        "Laporan bimbingan",
        "guidance",
        guidances.filter(others, state__in=REPORTED).exclude(employee__in=team),
        waiting.filter(others, state=Guidance.State.REPORTED).exclude(employee__in=team),
        empty="Hasil bimbingan yang dilaporkan kepada Anda muncul di sini.",
    )


def own_sections(person, guidances, waiting):
    return [
        Section(
            "saya",
            "Untuk saya",
            "guidance",
            guidances.filter(employee=person),
            waiting.filter(employee=person),
            empty="Anda dapat meminta bimbingan kepada pejabat penilai Anda.",
        ),
        Section(
            "membimbing",
            "Saya membimbing",
            "guidance",
            guidances.filter(guide=person),
            waiting.filter(guide=person),
            empty="Bimbingan yang dipercayakan kepada Anda muncul di sini.",
        ),
    ]


@require_safe
def guidance_choose(request):
    """The people of one's team, to open guidance or to report a problem."""
    person, today = employee_of(request.user), timezone.localdate()
    if person is None or not leads_somebody_on(person, today):
        raise Http404
    page = Paginator(subordinates_on(person, today).order_by("name", "pk"), PAGE).get_page(
        request.GET.get("halaman")
    )
    people = list(page.object_list)
    held = Assignment.objects.on(today).filter(employee__in=people, kind=Assignment.Kind.DEFINITIVE)
    posts = {row.employee_id: row.post.name for row in held.select_related("post")}
    page.object_list = [(each, posts.get(each.pk, "")) for each in people]
    return render(request, "appraisal/guidance/choose.html", {"page": page})
