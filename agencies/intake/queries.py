"""Which imports a person finds."""

from django.db.models import Q

from agencies.access.roles import Role
from agencies.access.scope import grants_on
from ambon_kinerja.jobs.models import Job

from .models import ImportBatch


def visible_batches(user):
    """The personnel office of the city finds every import; one of an agency its own; nobody else finds any."""
    units = [grant.unit for grant in grants_on(user, None, Role.PERSONNEL_OFFICE)]
    if not units:
        return ImportBatch.objects.none()
    mine = Q() if any(unit.parent_id is None for unit in units) else Q(uploaded_by=user)
    return ImportBatch.objects.filter(mine).defer("rows", "faults", "changes")


def job_subject(batch):
    return f"import:{batch.pk}"


def running_job(batch):
    """The job that reads or applies `batch` right now, or None."""
    unfinished = (Job.State.WAITING, Job.State.RUNNING)
    return Job.objects.filter(subject=job_subject(batch), state__in=unfinished).first()
