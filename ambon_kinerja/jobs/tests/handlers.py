"""What jobs do in tests. The effect is a row of the calendar: easy to count, with no uniqueness of its own."""

import os
import time
from datetime import date
from uuid import uuid4

from celery.exceptions import SoftTimeLimitExceeded

from ambon_kinerja.jobs.models import Job
from ambon_kinerja.jobs.running import JobRefused
from ambon_kinerja.workdays.models import Holiday


def leave_effect(job):
    Holiday.objects.create(
        day=date(2026, 1, 1), name=f"{job.subject}#{uuid4()}", scope="city", source=job.subject
    )


def effects_of(job):
    return Holiday.objects.filter(source=job.subject).count()


def effect(job, report_progress):
    leave_effect(job)
    report_progress(50, "setengah jalan")
    return f"/hasil/{job.pk}/"


def slow_effect(job, report_progress):
    leave_effect(job)
    for step in range(10):
        time.sleep(job.arguments.get("seconds", 1) / 10)
        report_progress(step * 10, f"langkah {step}")


def breaks(job, report_progress):
    leave_effect(job)
    raise RuntimeError("rahasia: kata sandi basis data")


def refuses(job, report_progress):
    leave_effect(job)
    raise JobRefused("Periode belum ditutup.")


def too_slow(job, report_progress):
    leave_effect(job)
    raise SoftTimeLimitExceeded


def cancelled_midway(job, report_progress):
    leave_effect(job)
    Job.objects.filter(pk=job.pk).update(state=Job.State.CANCELLED)
    report_progress(50)


def kills_worker(job, report_progress):
    leave_effect(job)
    os._exit(9)


def watched(job, report_progress):
    """Reports, then asks another connection through the test's own hook what it sees."""
    leave_effect(job)
    report_progress(40, "membaca data")
    watched.seen(job)


watched.seen = None
