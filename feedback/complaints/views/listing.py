"""The letters an officer may read, filtered and page by page."""

from django.core.paginator import Paginator
from django.db.models import Count, Min, Q
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..models import Complaint
from ..queries import OURS, by_urgency, reads_any, visible_complaints

PER_PAGE = 25
CLOCKS = (
    ("", "Semua tenggat"),
    ("lewat", "Lewat tenggat"),
    ("unit", "Menunggu unit"),
    ("pelapor", "Menunggu pelapor"),
    ("selesai", "Sudah selesai"),
)


def by_clock(complaints, word, today):
    if word == "lewat":
        return complaints.filter(clock__in=OURS, due_on__lt=today)
    if word == "unit":
        return complaints.filter(clock__in=OURS)
    if word == "pelapor":
        return complaints.filter(clock__in=(Complaint.Clock.REPLY, Complaint.Clock.CLOSE))
    if word == "selesai":
        return complaints.exclude(closed_on=None)
    return complaints


def waiting_among(complaints, today):
    """How many of them wait for officers, how many of these too long, and the nearest last day."""
    return complaints.filter(clock__in=OURS).aggregate(
        all=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)), first=Min("due_on")
    )


@require_safe
def complaint_list(request):
    if not reads_any(request.user):
        raise Http404
    today = timezone.localdate()
    asked = {
        "keadaan": known(request.GET.get("keadaan"), Complaint.State.values),
        "jenis": known(request.GET.get("jenis"), Complaint.Kind.values),
        "tenggat": known(request.GET.get("tenggat"), [word for word, _ in CLOCKS]),
    }
    visible = visible_complaints(request.user)
    complaints = by_clock(visible, asked["tenggat"], today)
    if asked["keadaan"]:
        complaints = complaints.filter(state=asked["keadaan"])
    if asked["jenis"]:
        complaints = complaints.filter(kind=asked["jenis"])
    page = Paginator(by_urgency(complaints), PER_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "today": today,
        "waiting": waiting_among(visible, today),
        "asked": asked,
        "states": Complaint.State.choices,
        "kinds": Complaint.Kind.choices,
        "clocks": CLOCKS,
    }
    return render(request, "feedback/complaints/list.html", context)


def known(word, words):
    return word if word in words else ""
