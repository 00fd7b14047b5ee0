"""The audit trail: who did what to which record, added to and never changed."""

import pgtrigger
from django.db import models


class AuditEvent(models.Model):
    """One act. `position` is dense, so that a missing row shows; `payload` is kept as it was hashed.

    There are no foreign keys: an event outlives what it speaks of.
    """

    position = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    action = models.CharField(max_length=80)
    target = models.CharField(max_length=120)
    payload = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["target"]), models.Index(fields=["at"])]
        triggers = [
            pgtrigger.Protect(name="audit_is_never_changed", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return f"{self.position} {self.action} {self.target}"
