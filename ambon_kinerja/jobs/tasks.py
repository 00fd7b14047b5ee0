"""What the workers call: run one job by its id, and the sweep that finds what the broker or a worker lost."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .models import Job
from .publishing import send
from .running import run

AT_ONCE = 100  # jobs a sweep hands over; the rest waits for the next one


@shared_task(name="ambon_kinerja.jobs.tasks.run_job")
def run_job(job_id):
    again_in = run(job_id)
    if again_in is not None:
        hand_over(job_id, countdown=again_in)


@shared_task(name="ambon_kinerja.jobs.tasks.sweep")
def sweep(older_than=60, dead_after=None):
    """Hand over again what waits longer than `older_than` seconds and what has lost its worker; returns how many."""
    ids = _lost_jobs(older_than, settings.JOB_DEAD_AFTER_SECONDS if dead_after is None else dead_after)
    for number, job_id in enumerate(ids):
        if not hand_over(job_id):
            return number
    return len(ids)


def hand_over(job_id, countdown=0):
    """Tell the broker about a job; when it does not listen, note that for the next sweep. Says whether it listened."""
    if send(run_job, job_id, countdown=countdown):
        return True
    Job.objects.filter(pk=job_id).update(published_at=None)
    return False


@transaction.atomic
def _lost_jobs(older_than, dead_after):
    now = timezone.now()
    forgotten = Q(state=Job.State.WAITING) & (
        Q(published_at=None) | Q(published_at__lte=now - timedelta(seconds=older_than))
    )
    orphaned = Q(state=Job.State.RUNNING, heartbeat_at__lte=now - timedelta(seconds=dead_after))
    lost = (
        Job.objects.select_for_update(skip_locked=True).filter(forgotten | orphaned).order_by("requested_at")
    )
    ids = list(lost.values_list("pk", flat=True)[:AT_ONCE])
    Job.objects.filter(pk__in=ids).update(published_at=now)
    return ids
