"""Who sees a job and who may call it off."""

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from .models import Job


def oversees_jobs(user):
    """May `user` see everybody's jobs? Decided on a higher floor, hence by name."""
    return import_string(settings.JOB_OVERSEERS)(user)


def visible_jobs(user):
    """The jobs `user` asked for, alone or along with others, and all of them for those who oversee."""
    if oversees_jobs(user):
        return Job.objects.all()
    wanted = Job.wanted_by.through.objects.filter(user=user).values("job")
    return Job.objects.filter(Q(requested_by=user) | Q(pk__in=wanted))


def can_cancel(user, job):
    """Who asked first, and those who oversee: nobody takes away what somebody else is waiting for."""
    return job.is_unfinished and (job.requested_by_id == user.pk or oversees_jobs(user))


def is_wanted_by(user, job):
    """Did `user` ask for it? Who only oversees may not be allowed to read what came of it."""
    return job.requested_by_id == user.pk or job.wanted_by.filter(pk=user.pk).exists()
