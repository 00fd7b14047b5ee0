"""What the guard remembers for a day to tell many senders from one who sends much. No address is ever kept."""

from django.db import models
from django.db.models import Q

from feedback.services.models import Service

from .responses import SurveyResponse


class NetworkTrace(models.Model):
    """A sending, or a wrong code, by the keyed hash of where it came from. The key changes daily, rows go."""

    class Kind(models.TextChoices):
        SENDING = "sending", "Kiriman"
        WRONG_CODE = "wrong_code", "Kode salah"

    kind = models.CharField(max_length=12, choices=Kind)
    network = models.CharField(max_length=32)
    device = models.CharField(max_length=32)
    at = models.DateTimeField()
    service = models.ForeignKey(Service, models.CASCADE, null=True, related_name="+")
    response = models.OneToOneField(SurveyResponse, models.CASCADE, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["network", "kind", "at"], name="survey_network"),
            models.Index(fields=["device", "service"], name="survey_device", condition=Q(kind="sending")),
            models.Index(fields=["at"], name="survey_trace_age"),
        ]

    def __str__(self):
        return f"{self.kind} {self.network[:6]}"


class DayLimit(models.Model):
    """How many answers to a service still count as a usual day; worked out once, by the first answer of the day."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="+")
    day = models.DateField()
    most = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "day"], name="one_limit_a_day")]

    def __str__(self):
        return f"{self.service} {self.day:%d-%m-%Y}: {self.most}"
