"""What a person is told: in the app, and by e-mail when there is an address."""

from django.conf import settings
from django.db import models


class Notice(models.Model):
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    subject = models.CharField("perihal", max_length=160)
    body = models.TextField("isi", blank=True)
    path = models.CharField("tautan", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["recipient", "read_at"]),
            models.Index(
                fields=["created_at"], condition=models.Q(sent_at=None), name="notice_waiting_to_be_sent"
            ),
        ]

    def __str__(self):
        return self.subject
