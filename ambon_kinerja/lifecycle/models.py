"""The history of every record that has a state: one row a step, added and never edited."""

import pgtrigger
from django.conf import settings
from django.db import models


class StateChange(models.Model):
    record = models.CharField(max_length=120, help_text="e.g. appraisal.Skp:12")
    step = models.CharField(max_length=40)
    before = models.CharField(max_length=40)
    after = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["record", "at"])]
        triggers = [
            pgtrigger.Protect(name="steps_are_never_edited", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return f"{self.record}: {self.before} → {self.after}"
