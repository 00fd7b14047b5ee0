"""An address that queues a job, as the pages of the higher floors do."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.urls import path

from ambon_kinerja.jobs.actions import queue_job


@login_not_required
@transaction.atomic
def ask(request):
    job = queue_job("effect", subject=request.POST["subject"], title="Laporan", by="test")
    return HttpResponse(job.pk)


urlpatterns = [path("minta/", ask)]
