"""Rights that do not follow from a post: given for a term, in a unit and everything below it."""

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from agencies.structure.models import Unit

from .roles import Role


class RoleGrant(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="role_grants")
    role = models.CharField("peran", max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="role_grants", verbose_name="untuk unit")
    term = DateRangeField("masa berlaku")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="diberikan oleh",
    )
    reason = models.CharField("alasan", max_length=200)

    class Meta:
        ordering = ["user", "role"]
        constraints = [
            models.CheckConstraint(
                condition=Q(given_by=None) | ~Q(given_by=models.F("user")), name="nobody_gives_himself_a_role"
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()} di {self.unit}"
