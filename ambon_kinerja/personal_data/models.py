"""Who looked at whose data, copies for the person himself, and how long each kind of record is kept."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

LEAST_MONTHS_OF_VIEWINGS = 12  # the database itself refuses to delete younger ones


class Viewing(models.Model):
    """Somebody opened a page about somebody else: at most one row per viewer, person, kind and day (WIT).

    `about` names the person, "agencies.Employee:12"; `kind` is one of the viewings in a personal_data.yml;
    `viewer_words` are the viewer's roles at that moment, since roles end.
    """

    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    viewer_words = models.CharField("peran saat itu", max_length=200, blank=True)
    about = models.CharField("tentang", max_length=120)
    kind = models.CharField("yang dibuka", max_length=40)
    day = models.DateField("tanggal")
    at = models.DateTimeField("waktu")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["about", "at"], name="viewing_by_person"),
            models.Index(fields=["at"], name="viewing_by_time"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["viewer", "about", "kind", "day"], name="one_viewing_per_person_kind_and_day"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="viewing_is_never_changed", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="young_viewing_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=f"""
                    IF OLD.at > now() - interval '{LEAST_MONTHS_OF_VIEWINGS} months' THEN
                        RAISE EXCEPTION 'a viewing is kept {LEAST_MONTHS_OF_VIEWINGS} months';
                    END IF;
                    RETURN OLD;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.viewer_id} {self.kind} {self.about} {self.day}"


class DataCopy(models.Model):
    """A person's copy of everything kept about him; the file goes at `expires_at`, the row stays for a while."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="data_copies")
    made_at = models.DateTimeField("dibuat")
    expires_at = models.DateTimeField("dapat diunduh sampai")
    file_path = models.CharField(max_length=120, blank=True)
    size = models.PositiveIntegerField("ukuran (bita)")

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["expires_at"], name="copy_by_expiry")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="copy_expires_after_it_is_made"
            )
        ]

    def __str__(self):
        return f"{self.owner_id} {self.made_at:%d-%m-%Y %H:%M}"


class RetentionRule(models.Model):
    """How long one record class is kept and what happens then. Which rows are meant stands in personal_data.yml."""

    class Action(models.TextChoices):
        DELETE = "delete", "Hapus"
        ANONYMISE = "anonymise", "Anonimkan"
        KEEP = "keep", "Simpan permanen"

    record_class = models.SlugField("jenis catatan", max_length=40, unique=True)
    title = models.CharField("catatan", max_length=120)
    action = models.CharField("tindakan", max_length=10, choices=Action)
    months = models.PositiveSmallIntegerField("masa simpan (bulan)", null=True, blank=True)
    basis = models.CharField("dasar hukum", max_length=240)
    reason = models.CharField("alasan", max_length=400, blank=True)
    is_confirmed = models.BooleanField("sudah dipastikan", default=False)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(action="keep", months=None) | (~Q(action="keep") & Q(months__gte=1)),
                name="only_what_is_kept_for_ever_has_no_months",
            )
        ]

    def __str__(self):
        return self.title

    @property
    def period_words(self):
        if self.months is None:
            return "Permanen"
        years, rest = divmod(self.months, 12)
        return f"{years} tahun" if years and not rest else f"{self.months} bulan"


class RetentionReport(models.Model):
    """A dry run: what would go, rule by rule. Only what it names may be deleted, and only while it is young.

    `findings` is a list of {record_class, title, action, months, cutoff, due, oldest}, `applied` is
    {record_class: {at, by, count}}.
    """

    at = models.DateTimeField("dibuat")
    by_label = models.CharField("dibuat oleh", max_length=200)
    findings = models.JSONField("temuan")
    applied = models.JSONField("yang sudah dijalankan", default=dict)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"Laporan uji {self.pk}"
