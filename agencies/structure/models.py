"""Agencies (perangkat daerah), their units and the posts in them."""

from django.db import models
from django.db.models import Q


class UnitQuerySet(models.QuerySet):
    def below(self, unit):
        """`unit` and everything under it."""
        return self.filter(path__startswith=unit.path)

    def agencies(self):
        return self.filter(kind=Unit.Kind.AGENCY)


class Unit(models.Model):
    """A node of the city's tree. `path` holds the primary keys from the root, "1/4/9/", kept by `add_unit`."""

    class Kind(models.TextChoices):
        CITY = "city", "Kota"
        AGENCY = "agency", "Perangkat daerah"
        UNIT = "unit", "Unit kerja"

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    code = models.CharField("kode", max_length=30, unique=True)
    name = models.CharField("nama", max_length=160)
    path = models.CharField(max_length=120, db_index=True, editable=False)
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    is_confirmed = models.BooleanField("sudah dipastikan", default=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        indexes = [models.Index(fields=["path"], name="unit_path_prefix", opclasses=["varchar_pattern_ops"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None, kind="city") | Q(parent__isnull=False),
                name="only_the_city_has_no_parent",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="unit_does_not_end_before_it_begins",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def path_keys(self):
        return [int(key) for key in self.path.split("/") if key]


class Post(models.Model):
    """A jabatan in a unit; several people may hold the same functional post, one leads a unit."""

    class Kind(models.TextChoices):
        HIGH = "jpt", "Jabatan Pimpinan Tinggi"
        ADMINISTRATOR = "administrator", "Administrator"
        SUPERVISOR = "pengawas", "Pengawas"
        EXECUTIVE = "pelaksana", "Pelaksana"
        EXPERT = "jf_keahlian", "Jabatan Fungsional Keahlian"
        SKILLED = "jf_keterampilan", "Jabatan Fungsional Keterampilan"
        ELECTED = "kepala_daerah", "Kepala Daerah"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    code = models.CharField("kode", max_length=40, unique=True)
    name = models.CharField("nama jabatan", max_length=160)
    kind = models.CharField("jenis", max_length=20, choices=Kind)
    leads_unit = models.BooleanField("memimpin unit", default=False)
    superior = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subordinates",
        verbose_name="jabatan atasan",
    )

    class Meta:
        ordering = ["unit__path", "-leads_unit", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(leads_unit=True), name="one_leading_post_per_unit"
            ),
            models.CheckConstraint(condition=~Q(superior=models.F("pk")), name="no_post_is_its_own_superior"),
            models.CheckConstraint(
                condition=Q(kind="kepala_daerah") | Q(superior__isnull=False),
                name="every_post_but_the_mayors_has_a_superior",
            ),
        ]

    def __str__(self):
        return f"{self.name} — {self.unit}"
