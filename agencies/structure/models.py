"""Agencies (perangkat daerah), their units and the posts in them."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .two_clocks import DatedFact, added_never_edited, has_a_beginning


class UnitQuerySet(models.QuerySet):
    def below(self, unit):
        """`unit` and everything under it."""
        return self.filter(path__startswith=unit.path)

    def agencies(self):
        return self.filter(kind=Unit.Kind.AGENCY)


class Unit(models.Model):
    """A node of the city's tree; it stays the same unit when it is renamed or moved.

    What it is called and where it belongs on a day says its UnitVersion. Here stands how that is today, kept by
    `present.refresh`, so that lists and rights need no day: `path` holds the primary keys from the root, "1/4/9/".
    """

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
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="dilanjutkan oleh",
    )

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


class UnitVersion(DatedFact):
    """What a unit is called and under which unit it belongs, from day to day. No row on a day: it does not exist."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    name = models.CharField("nama", max_length=160)
    parent = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unit induk"
    )

    class Meta:
        ordering = ["unit", "term", "recorded"]
        triggers = added_never_edited()
        constraints = [
            has_a_beginning("unit_version_has_a_beginning"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("unit")), name="no_unit_is_its_own_parent"
            ),
            ExclusionConstraint(
                name="a_unit_is_one_thing_on_a_day",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("term", RangeOperators.OVERLAPS),
                    ("recorded", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return self.name


class Post(models.Model):
    """A jabatan in a unit; several people may hold the same functional post, one leads a unit.

    Like a unit it stays the same post through changes; how it is on a day says its PostVersion, here stands today.
    """

    class Kind(models.TextChoices):
        HIGH = "jpt", "Jabatan Pimpinan Tinggi"
        ADMINISTRATOR = "administrator", "Administrator"
        SUPERVISOR = "pengawas", "Pengawas"
        EXECUTIVE = "pelaksana", "Pelaksana"
        EXPERT = "jf_keahlian", "Jabatan Fungsional Keahlian"
        SKILLED = "jf_keterampilan", "Jabatan Fungsional Keterampilan"
        ELECTED = "kepala_daerah", "Kepala Daerah"

    # Held by one person at a time; of the others as many as the formation has.
    SINGLE = (Kind.HIGH, Kind.ADMINISTRATOR, Kind.SUPERVISOR, Kind.ELECTED)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    code = models.CharField("kode", max_length=40, unique=True)
    name = models.CharField("nama jabatan", max_length=160)
    kind = models.CharField("jenis", max_length=20, choices=Kind)
    level = models.CharField("jenjang", max_length=20, blank=True)
    leads_unit = models.BooleanField("memimpin unit", default=False)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
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

    def __str__(self):
        return f"{self.name} — {self.unit}"

    @property
    def is_single(self):
        return self.kind in self.SINGLE


class PostVersion(DatedFact):
    """In which unit a post stands, what it is called and whose holder appraises its holders, from day to day."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="versions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unit kerja")
    name = models.CharField("nama jabatan", max_length=160)
    leads_unit = models.BooleanField("memimpin unit", default=False)
    is_elected = models.BooleanField("kepala daerah", default=False)
    superior = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="jabatan atasan",
    )

    class Meta:
        ordering = ["post", "term", "recorded"]
        triggers = added_never_edited()
        constraints = [
            has_a_beginning("post_version_has_a_beginning"),
            models.CheckConstraint(
                condition=Q(superior=None) | ~Q(superior=F("post")), name="no_post_is_its_own_superior"
            ),
            models.CheckConstraint(
                condition=Q(is_elected=True) | Q(superior__isnull=False),
                name="every_post_but_the_mayors_has_a_superior",
            ),
            ExclusionConstraint(
                name="a_post_is_one_thing_on_a_day",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    ("term", RangeOperators.OVERLAPS),
                    ("recorded", RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="one_leading_post_per_unit",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("term", RangeOperators.OVERLAPS),
                    ("recorded", RangeOperators.OVERLAPS),
                ],
                condition=Q(leads_unit=True),
            ),
        ]

    def __str__(self):
        return f"{self.name} — {self.unit}"


class Sourced(models.Model):
    """Reference data of the law: filled once, kept by the personnel office; `position` orders it from low to high."""

    position = models.PositiveSmallIntegerField("urutan", editable=False)
    source = models.CharField("dasar", max_length=160, blank=True)
    is_confirmed = models.BooleanField("sudah dipastikan", default=False)

    class Meta:
        abstract = True


class Rank(Sourced):
    """A golongan: of PNS with its pangkat (I/a Juru Muda … IV/e Pembina Utama), of PPPK without (I … XVII)."""

    class Kind(models.TextChoices):
        PNS = "pns", "PNS"
        PPPK = "pppk", "PPPK"

    kind = models.CharField("untuk", max_length=10, choices=Kind, editable=False)
    code = models.CharField("golongan", max_length=10, editable=False)
    name = models.CharField("pangkat", max_length=60, blank=True)

    class Meta:
        ordering = ["kind", "position"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="each_rank_once_per_kind"),
            models.CheckConstraint(
                condition=~Q(kind="pns") | ~Q(name=""), name="every_rank_of_a_pns_has_a_pangkat"
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.code}" if self.name else self.code


class PostLevel(Sourced):
    """A jenjang of the posts of one kind, such as "Ahli Muda"; `Post.level` holds its code."""

    post_kind = models.CharField("jenis jabatan", max_length=20, choices=Post.Kind, editable=False)
    code = models.CharField("kode", max_length=20, unique=True, editable=False)
    name = models.CharField("jenjang", max_length=80)
    ranks = models.CharField("golongan yang lazim", max_length=60, blank=True)
    examples = models.CharField("contoh", max_length=160, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return self.name


class Reorganisation(models.Model):
    """One change of the organisation that somebody looked at beforehand and then carried out; done once per key."""

    kind = models.CharField("jenis", max_length=20)
    words = models.CharField("perubahan", max_length=300)
    first_day = models.DateField("berlaku sejak")
    decree = models.CharField("nomor keputusan", max_length=80, blank=True)
    decree_date = models.DateField("tanggal keputusan", null=True, blank=True)
    reason = models.CharField("alasan", max_length=300, blank=True)
    effects = models.JSONField("akibat", default=list)
    sending_key = models.CharField(max_length=64, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    carried_out_at = models.DateTimeField("dijalankan pada", default=timezone.now)
    carried_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-carried_out_at"]

    def __str__(self):
        return self.words
