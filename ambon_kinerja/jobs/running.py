"""Running one job so that its effect happens once, whoever is told how often.

The claim is the number of the attempt. What the handler writes and the word "done" commit in one transaction,
and only while the claim still holds: a worker that was thought dead, or was called off, rolls everything back.
"""

import logging
import secrets
from datetime import timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.row_security import as_service

from .models import Job
from .sideline import Sideline

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 3
DIED_TOO_OFTEN = "Pekerjaan ini berhenti sebelum selesai pada {attempts} percobaan. Hubungi admin sistem."
TOO_SLOW = (
    "Pekerjaan ini melebihi batas waktu {minutes} menit pada {attempts} percobaan. Hubungi admin sistem."
)
BROKEN = "Terjadi galat di sistem. Sebutkan nomor rujukan {reference} kepada admin sistem."


class JobRefused(Exception):
    """A handler's final no: trying again would not help. `str()` is the reason in plain Indonesian."""


class JobCancelled(Exception):
    """The job was called off, or another worker has taken it over."""


def run(job_id):
    """Run the job if it is free. Returns None, or in how many seconds it should be tried again."""
    job = _claim(job_id)
    if job is None:
        return None
    with Sideline(beat=lambda: _beat(job), every=settings.JOB_HEARTBEAT_SECONDS) as sideline:
        try:
            _perform(job, sideline)
        except JobCancelled:
            logger.info("job %s stopped: called off or taken over", job.pk)
        except (JobRefused, StepRefused) as refusal:
            _fail(job, str(refusal))
        except SoftTimeLimitExceeded:
            logger.warning("job %s took too long, attempt %s", job.pk, job.attempts)
            minutes = str(round(settings.CELERY_TASK_SOFT_TIME_LIMIT / 60, 1)).replace(".", ",")
            return _try_again(job, TOO_SLOW.format(minutes=minutes, attempts=MOST_ATTEMPTS))
        except Exception:
            reference = f"P{job.pk}-{secrets.token_hex(3).upper()}"
            logger.exception("job %s failed, attempt %s, reference %s", job.pk, job.attempts, reference)
            return _try_again(job, BROKEN.format(reference=reference))
    return None


@transaction.atomic
def _claim(job_id):
    """The job, now ours, or None: it has ended, somebody else is at it, or it has cost its last attempt."""
    job = Job.objects.select_for_update(skip_locked=True).filter(pk=job_id).first()
    if job is None or not _is_free(job):
        return None
    if job.attempts >= MOST_ATTEMPTS:
        _end(job, Job.State.FAILED, error=DIED_TOO_OFTEN.format(attempts=MOST_ATTEMPTS))
        return None
    now = timezone.now()
    job.state = Job.State.RUNNING
    job.attempts += 1
    job.started_at = job.started_at or now
    job.heartbeat_at = now
    job.progress, job.progress_text = 0, ""
    job.save(update_fields=["state", "attempts", "started_at", "heartbeat_at", "progress", "progress_text"])
    return job


def _is_free(job):
    if job.state == Job.State.RUNNING:
        return job.heartbeat_at <= timezone.now() - timedelta(seconds=settings.JOB_DEAD_AFTER_SECONDS)
    return job.state == Job.State.WAITING


def _perform(job, sideline):
    def report_progress(percent, text=""):
        """Show how far the work is. Raises JobCancelled when it should stop."""
        percent = max(0, min(100, int(percent)))
        if not sideline.do(lambda: _beat(job, progress=percent, progress_text=text[:200])):
            raise JobCancelled(job.pk)

    handler = import_string(settings.JOB_HANDLERS[job.kind])
    # A job works for no person, also where one is run at once inside a request (CELERY_TASK_ALWAYS_EAGER).
    with as_service(), transaction.atomic():
        result_path = handler(job, report_progress)
        if not _end(job, Job.State.DONE, result_path=result_path or job.result_path, progress=100):
            raise JobCancelled(job.pk)


def _ours(job):
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts)


def _beat(job, **changes):
    """A sign of life; false when the claim is lost."""
    return _ours(job).update(heartbeat_at=timezone.now(), **changes) == 1


def _end(job, state, **changes):
    return _current(job).update(state=state, finished_at=timezone.now(), progress_text="", **changes) == 1


def _current(job):
    return Job.objects.unfinished().filter(pk=job.pk, attempts=job.attempts)


def _fail(job, reason):
    _end(job, Job.State.FAILED, error=reason)


def _try_again(job, reason):
    """Back into the queue, or failed with `reason` after the last attempt. Returns the seconds to wait, or None."""
    if job.attempts >= MOST_ATTEMPTS:
        _fail(job, reason)
        return None
    waiting = {"state": Job.State.WAITING, "published_at": timezone.now(), "progress": 0, "progress_text": ""}
    return settings.JOB_RETRY_SECONDS * job.attempts if _ours(job).update(**waiting) else None
