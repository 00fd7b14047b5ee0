"""Days on which deadlines do not run, as data the personnel office edits."""

from django.db import models


class Holiday(models.Model):
    class Scope(models.TextChoices):
        NATIONAL = "national", "Nasional"
        MALUKU = "maluku", "Maluku"
        CITY = "city", "Kota Ambon"

    day = models.DateField("tanggal")
    name = models.CharField("nama", max_length=120)
    scope = models.CharField("berlaku untuk", max_length=10, choices=Scope)
    is_day_off = models.BooleanField("hari libur", default=True)
    is_provisional = models.BooleanField("sementara", default=True)
    source = models.CharField("dasar", max_length=200, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["day", "name"], name="holiday_is_named_once_a_day")]

    def __str__(self):
        return f"{self.name} ({self.day:%d-%m-%Y})"
