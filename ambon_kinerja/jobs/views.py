"""Where a person sees how his heavy work is getting on. Without JavaScript: the page asks again by itself."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from .actions import NothingToCancel, cancel_job
from .pages import page_of
from .rules import can_cancel, is_wanted_by, visible_jobs

PAGE = 25


@require_safe
def job_list(request):
    jobs = visible_jobs(request.user).select_related("requested_by")
    page = Paginator(jobs, PAGE).get_page(request.GET.get("halaman"))
    return render(request, "ambon_kinerja/jobs/list.html", {"page": page})


@require_safe
def job_detail(request, pk):
    job = get_object_or_404(visible_jobs(request.user).select_related("requested_by"), pk=pk)
    may_open = is_wanted_by(request.user, job)
    about = page_of(job) if may_open else None
    context = {
        "job": job,
        "may_cancel": can_cancel(request.user, job),
        "may_open": may_open,
        "about": None if about and about[1] == job.result_path else about,
    }
    return render(request, "ambon_kinerja/jobs/detail.html", context)


@require_POST
def job_cancel(request, pk):
    job = get_object_or_404(visible_jobs(request.user), pk=pk)
    if job.is_unfinished and not can_cancel(request.user, job):
        raise Http404
    try:
        cancel_job(job, by=request.user)
    except NothingToCancel as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Pekerjaan dibatalkan. Tidak ada data yang berubah.")
    return redirect("ambon_kinerja:job-detail", pk=job.pk)
