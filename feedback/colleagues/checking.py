"""Drawing once more from the kept seed shows that nobody has changed the draw. A job: for a city it takes minutes."""

import hashlib

from django.db import transaction
from django.urls import reverse

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.jobs.actions import queue_job
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.jobs.running import JobRefused
from ambon_kinerja.lifecycle.steps import NotAllowed, WrongState

from .actions import draw_of, tell_nobody
from .models import FeedbackInvitation, FeedbackRound
from .queries import CHECK_JOB, job_subject
from .rules import may_keep_round

OVER = "Putaran ini tidak berjalan lagi. Benih undiannya sudah dihapus, jadi tidak ada yang dapat diperiksa."


@transaction.atomic
def ask_for_check(opened, *, by):
    """The job that draws an open round again; asked twice it is the same. Raises StepRefused."""
    locked = FeedbackRound.objects.select_for_update(of=("self",)).get(pk=opened.pk)
    if not may_keep_round(by, locked):
        raise NotAllowed("Anda tidak berwenang memeriksa putaran ini.")
    if locked.state != FeedbackRound.State.OPEN:
        raise WrongState(OVER)
    return queue_job(
        CHECK_JOB,
        subject=job_subject(locked),
        title=f"Memeriksa undian: {locked.name}",
        by=by,
        arguments={"round": str(locked.pk)},
    )


def check_job(job, report_progress):
    """Handler of the job: it keeps yes or no with the job and in the trail, and never who was drawn."""
    opened = FeedbackRound.objects.select_for_update(of=("self",)).get(pk=job.arguments["round"])
    if opened.state != FeedbackRound.State.OPEN:
        raise JobRefused(OVER)
    is_same = draw_is_as_recorded(opened, report_progress=report_progress)
    Job.objects.filter(pk=job.pk).update(arguments=job.arguments | {"is_same": is_same})
    record_event("feedbackround.check", opened, by=job.requested_by, details={"is_same": is_same})
    return reverse("feedback:colleague-round-draw", args=[opened.pk])


def draw_is_as_recorded(opened, report_progress=tell_nobody):
    """Draw once more with the kept seed: is it what was recorded? Only an open round can be asked."""
    report_progress(5, "Mengundi sekali lagi")
    _, again = draw_of(opened, opened.seed, opened.drawn_at)
    report_progress(80, "Membandingkan dengan permintaan yang dikirim")
    same_seed = hashlib.sha256(opened.seed.encode()).hexdigest() == opened.seed_sha256
    return same_seed and again.digest(opened.seed) == opened.draw_sha256 and is_as_invited(opened, again)


def is_as_invited(opened, drawn):
    rows = FeedbackInvitation.objects.filter(subject__round=opened)
    invited = set(rows.values_list("subject__employee", "rater", "relation"))
    return invited == {
        (person, rater, relation)
        for person, raters in drawn.raters.items()
        for rater, relation in raters.items()
    }
