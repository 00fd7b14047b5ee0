"""The transactional outbox: a job is a row in the transaction that wants it; the broker only wakes the worker."""

from django.conf import settings
from django.db import models


class JobQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(state__in=Job.UNFINISHED)


class Job(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", "Menunggu"
        RUNNING = "running", "Sedang dikerjakan"
        DONE = "done", "Selesai"
        FAILED = "failed", "Gagal"
        CANCELLED = "cancelled", "Dibatalkan"

    UNFINISHED = (State.WAITING, State.RUNNING)

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    title = models.CharField("pekerjaan", max_length=200)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    progress = models.PositiveSmallIntegerField("kemajuan (persen)", default=0)
    progress_text = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="jobs"
    )
    wanted_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    requested_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    result_path = models.CharField("tautan hasil", max_length=200, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["state", "published_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="one_unfinished_job_per_subject",
            ),
            models.CheckConstraint(
                condition=models.Q(progress__lte=100), name="job_progress_is_a_percentage"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_unfinished(self):
        return self.state in self.UNFINISHED
