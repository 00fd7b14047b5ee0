"""Asking for heavy work, and calling it off."""

from functools import partial

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event

from .models import Job
from .tasks import hand_over


class NothingToCancel(Exception):
    """The job has already ended; `str()` says so in plain Indonesian."""


def queue_job(kind, *, subject, title, by, arguments=None):
    """The job for `kind` and `subject`: a new one in the caller's transaction, or the twin that is not finished yet.

    `subject` names what the job is about, e.g. "agency-report:12"; `arguments` holds ids, never personal data.
    A title that is too long is cut, never refused: a file name may stand in it.
    The broker is told after the commit. When it is down or silent nothing is lost: the sweep tells it later.
    """
    person = by if isinstance(by, models.Model) else None
    job = _unfinished(kind, subject)
    while job is None:
        try:
            with transaction.atomic():
                job = Job.objects.create(
                    kind=kind,
                    subject=subject,
                    title=shortened(title),
                    arguments=arguments or {},
                    requested_by=person,
                    published_at=timezone.now(),
                )
        except IntegrityError:  # somebody else was faster by a moment: take his job
            job = _unfinished(kind, subject)
        else:
            transaction.on_commit(partial(hand_over, job.pk), robust=True)
    if person is not None:
        job.wanted_by.add(person)
    return job


def shortened(title, longest=200):
    return title if len(title) <= longest else f"{title[: longest - 1]}…"


def _unfinished(kind, subject):
    return Job.objects.unfinished().filter(kind=kind, subject=subject).first()


@transaction.atomic
def cancel_job(job, *, by):
    """End a job that has not ended yet. One that runs notices at its next report; its effect is rolled back.

    Raises NothingToCancel.
    """
    ended = (
        Job.objects.unfinished()
        .filter(pk=job.pk)
        .update(state=Job.State.CANCELLED, finished_at=timezone.now(), progress_text="")
    )
    if not ended:
        raise NothingToCancel("Pekerjaan ini sudah berakhir, jadi tidak bisa dibatalkan.")
    record_event("job.cancel", job, by=by, details={"kind": job.kind, "subject": job.subject})
