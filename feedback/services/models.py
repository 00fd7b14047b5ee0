"""What a unit serves the public."""

from django.db import models

from agencies.structure.models import Unit


class Service(models.Model):
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="services", verbose_name="unit")
    slug = models.SlugField("alamat", max_length=80, unique=True)
    name = models.CharField("nama layanan", max_length=160)
    description = models.TextField("keterangan", blank=True)
    is_open = models.BooleanField("menerima jawaban", default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name
