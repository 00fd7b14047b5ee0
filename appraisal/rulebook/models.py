"""The regulation as dated data: what may change without a change of program."""

from django.db import models


class Rule(models.Model):
    """One value of the regulation from a day on; the newest not after a day is in force on it."""

    key = models.CharField("kunci", max_length=60)
    valid_from = models.DateField("berlaku sejak")
    value = models.JSONField("nilai")
    text = models.CharField("bunyi", max_length=300)
    source = models.CharField("dasar", max_length=200)

    class Meta:
        ordering = ["key", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="rule_has_one_version_a_day")
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
