"""The regulation as dated data: what may change without a change of program."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone


class RuleChange(models.Model):
    """A new value for a rule as somebody proposes it; it counts once a second person has approved (docs/adr/0013)."""

    key = models.CharField("kunci", max_length=60)
    valid_from = models.DateField("berlaku sejak")
    value = models.JSONField("nilai")
    text = models.CharField("bunyi", max_length=300)
    source = models.CharField("dasar", max_length=200)
    reason = models.CharField("alasan", max_length=500)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diusulkan oleh"
    )
    proposed_at = models.DateTimeField("diusulkan", default=timezone.now)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        triggers = [
            pgtrigger.Protect(
                name="proposed_rule_never_changes", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"{self.key} mulai {self.valid_from:%d-%m-%Y}"


class Rule(models.Model):
    """One value of the regulation from a day on; the newest not after a day is in force on it.

    `change` is None for what the system started with. A version is never edited: another day brings another version.
    """

    key = models.CharField("kunci", max_length=60)
    valid_from = models.DateField("berlaku sejak")
    value = models.JSONField("nilai")
    text = models.CharField("bunyi", max_length=300)
    source = models.CharField("dasar", max_length=200)
    change = models.OneToOneField(
        RuleChange, models.PROTECT, null=True, blank=True, related_name="rule", verbose_name="usulan"
    )

    class Meta:
        ordering = ["key", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="rule_has_one_version_a_day")
        ]
        triggers = [
            pgtrigger.Protect(
                name="version_of_a_rule_never_changes", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"{self.key} ({self.valid_from:%d-%m-%Y})"


class BehaviourValue(models.Model):
    """One of the seven core values BerAKHLAK with its official guides (PermenPANRB 6/2022 art. 10)."""

    position = models.PositiveSmallIntegerField("urutan", unique=True)
    name = models.CharField("nilai dasar", max_length=60)
    guides = models.JSONField("panduan perilaku", default=list)

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return self.name
