"""What a person was told. Opening marks as read, so it is a POST."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from .actions import mark_all_read, mark_read
from .models import Notice

PAGE = 25


@require_safe
def notice_list(request):
    notices = Notice.objects.filter(recipient=request.user)
    page = Paginator(notices, PAGE).get_page(request.GET.get("halaman"))
    return render(request, "ambon_kinerja/notices/list.html", {"page": page})


@require_POST
def notice_open(request, pk):
    notice = get_object_or_404(Notice, pk=pk, recipient=request.user)
    mark_read(notice, by=request.user)
    if leads_into_this_site(notice.path):
        return redirect(notice.path)
    return redirect("ambon_kinerja:notice-list")


@require_POST
def notice_read_all(request):
    count = mark_all_read(by=request.user)
    messages.success(request, f"{count} pemberitahuan ditandai sudah dibaca.")
    return redirect("ambon_kinerja:notice-list")


def leads_into_this_site(path):
    """A path from the root and nothing else: no host, no scheme."""
    return path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
