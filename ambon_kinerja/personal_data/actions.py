"""Noting who looked, and handing a person a copy of what is kept about him."""

import logging
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from ambon_kinerja.audit.actions import record_event, target_of
from ambon_kinerja.jobs.actions import queue_job
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.notices.actions import tell

from .gathering import gather
from .models import DataCopy, RetentionRule, Viewing
from .package import package
from .rules import is_about_himself
from .store import remove, stored

logger = logging.getLogger(__name__)
JOB_KIND = "data_copy"
MOST_COPIES = 3  # at a time; each holds everything about a person


def note_viewing(viewer, *, about, kind):
    """`viewer` opens a page with personal content about `about`, a row of a person model; once a day and kind.

    One query when it is noted already. A page never fails because of it: trouble with the database goes to the log.
    """
    note_viewings(viewer, about=[about], kind=kind)


def note_viewings(viewer, *, about, kind):
    """The same of a page about many: at most as many queries as for one."""
    if not viewer.is_authenticated:
        return
    targets = [target_of(each) for each in about if not is_about_himself(viewer, each)]
    if not targets:
        return
    now = timezone.now()
    seen = {"viewer_id": viewer.pk, "kind": kind, "day": timezone.localdate(now)}
    try:
        known = set(Viewing.objects.filter(**seen, about__in=targets).values_list("about", flat=True))
        missing = [target for target in targets if target not in known]
        if not missing:
            return
        with transaction.atomic():
            words = import_string(settings.PERSONAL_DATA_ROLE_WORDS)(viewer)
            rows = [Viewing(**seen, about=target, at=now, viewer_words=words[:200]) for target in missing]
            Viewing.objects.bulk_create(rows, ignore_conflicts=True)
    except DatabaseError:
        logger.exception("A viewing of kind %s could not be noted", kind)


def noted_today(viewer, *, of, key, kind):
    """The notes of today that `viewer` opened a page of this kind about the row `key` of the model `of`.

    `key` may be an OuterRef: a page that counts its queries asks it together with what it shows.
    """
    return Viewing.objects.filter(
        viewer_id=viewer.pk,
        kind=kind,
        day=timezone.localdate(),
        about=Concat(Value(f"{of._meta.label}:"), Cast(key, CharField())),
    )


@transaction.atomic
def request_copy(user):
    """The job that makes the copy; the one under way, if there is one. Raises StepRefused at MOST_COPIES."""
    if usable_copies(user).count() >= MOST_COPIES:
        raise StepRefused(
            f"Anda sudah mempunyai {MOST_COPIES} salinan yang masih dapat diunduh. Unduh salah satunya."
        )
    return queue_job(
        JOB_KIND, subject=subject_of(user), title="Salinan data saya", by=user, arguments={"user": user.pk}
    )


def subject_of(user):
    return f"data-copy:{user.pk}"


def job_under_way(user):
    return Job.objects.unfinished().filter(kind=JOB_KIND, subject=subject_of(user)).first()


def usable_copies(user):
    return DataCopy.objects.filter(owner=user, expires_at__gt=timezone.now()).exclude(file_path="")


@transaction.atomic
def make_copy(job, report_progress):
    """Gather, pack and store the copy for the account the job names; returns the address of its page."""
    user = job.requested_by
    made_at = timezone.now()
    report_progress(10, "Mengumpulkan data Anda")
    groups = gather(user)
    report_progress(50, "Menyusun berkas")
    rules = {rule.record_class: rule for rule in RetentionRule.objects.all()}
    content = package(user, groups, rules, made_at)
    with stored(content) as name, transaction.atomic():
        copy = DataCopy.objects.create(
            owner=user,
            made_at=made_at,
            expires_at=made_at + timedelta(days=settings.DATA_COPY_DAYS),
            file_path=name,
            size=len(content),
        )
        path = reverse("ambon_kinerja:my-data")
        tell(
            user,
            subject="Salinan data Anda siap diunduh",
            body=f"Anda dapat mengunduhnya selama {settings.DATA_COPY_DAYS} hari.",
            path=path,
        )
        record_event("data_copy.make", copy, by=user)
    return path


def note_download(copy, *, by):
    with transaction.atomic():
        record_event("data_copy.download", copy, by=by)


@transaction.atomic
def remove_expired_copies(*, now=None):
    """Take away the files whose time is over; returns how many. The rows stay for the retention rule."""
    due = DataCopy.objects.select_for_update(skip_locked=True).filter(expires_at__lte=now or timezone.now())
    count = 0
    for copy in due.exclude(file_path=""):
        transaction.on_commit(partial(remove, copy.file_path))
        DataCopy.objects.filter(pk=copy.pk).update(file_path="")
        count += 1
    return count
