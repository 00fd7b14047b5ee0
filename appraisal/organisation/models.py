"""The achievement of an organisation: one of five, of a unit for a period or a year (6/2022, pages 92-94)."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from agencies.people.models import Employee
from agencies.structure.models import Unit
from appraisal.cycle.models import Period


class Achievement(models.TextChoices):
    """Best first; the codes are those of the rulebook (`organisation_labels`)."""

    ISTIMEWA = "istimewa", "Istimewa"
    BAIK = "baik", "Baik"
    BUTUH_PERBAIKAN = "butuh_perbaikan", "Butuh Perbaikan"
    KURANG = "kurang", "Kurang"
    SANGAT_KURANG = "sangat_kurang", "Sangat Kurang"


class OrganisationAchievement(models.Model):
    """What the leader above a unit has set it to, with his reason. A row is added at each change, none is edited.

    `period` is a month or a quarter; None means the whole `year`. `set_by` is the leader above on `set_on`; with
    `is_on_behalf` the personnel office has written it down for him from a decree or letter.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="achievements", verbose_name="unit kerja")
    year = models.PositiveSmallIntegerField("tahun")
    period = models.ForeignKey(
        Period, models.PROTECT, null=True, blank=True, related_name="achievements", verbose_name="periode"
    )
    number = models.PositiveSmallIntegerField("versi", default=1)
    level = models.CharField("capaian kinerja organisasi", max_length=15, choices=Achievement)
    reason = models.TextField("alasan")
    set_by = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ditetapkan oleh"
    )
    set_by_post = models.CharField("jabatan yang menetapkan", max_length=160, blank=True)
    set_on = models.DateField("ditetapkan pada")
    is_on_behalf = models.BooleanField("dicatat atas nama pimpinan", default=False)
    decree = models.CharField("nomor keputusan atau surat", max_length=80, blank=True)
    decree_date = models.DateField("tanggal keputusan atau surat", null=True, blank=True)
    results_before = models.PositiveIntegerField("hasil pegawai yang sudah ditetapkan", default=0)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="dicatat oleh",
    )
    recorded_at = models.DateTimeField("dicatat", default=timezone.now)

    class Meta:
        ordering = ["unit", "year", "period", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "period", "number"],
                nulls_distinct=False,
                name="version_of_an_achievement_exists_once",
            ),
            models.CheckConstraint(
                condition=Q(level__in=Achievement.values), name="achievement_is_one_of_five"
            ),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="an_achievement_has_a_reason"),
            models.CheckConstraint(
                condition=Q(is_on_behalf=False, set_by__isnull=False)
                | Q(is_on_behalf=True, decree__regex=r"\S", decree_date__isnull=False),
                name="an_achievement_says_who_set_it",
            ),
            models.CheckConstraint(
                condition=Q(decree_date=None) | Q(decree_date__lte=F("set_on")),
                name="an_achievement_is_not_set_before_its_decree",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_set_achievement_never_changes", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            pgtrigger.Trigger(
                name="an_achievement_is_of_the_year_of_its_period",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__period__isnull=False),
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM appraisal_period WHERE id = NEW.period_id AND year = NEW.year
                    ) THEN
                        RAISE EXCEPTION 'an achievement is of the year of its period'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.unit.name}, {self.period or f'tahun {self.year}'}: {self.get_level_display()}"

    def stands_in_for(self, period):
        """Is this last year's, used because that of the year came out too late (page 94 f)?"""
        return self.period_id is None and self.year != period.year
