"""What both agree on beside the results: form A.1.8, and the terms of a study leave."""

from django.db import models
from django.db.models import F, Q

from .plan import Skp


class AnnexLine(models.Model):
    """One numbered line of form A.1.8: a resource, the scheme of accountability, or a consequence (pages 60-61).

    A promised resource says later whether it came: who was not given what was agreed is not to be blamed for it.
    """

    class Kind(models.TextChoices):
        RESOURCE = "resource", "Dukungan sumber daya"
        ACCOUNTABILITY = "accountability", "Skema pertanggungjawaban"
        CONSEQUENCE = "consequence", "Konsekuensi"

    class Resource(models.TextChoices):
        PEOPLE = "people", "Sumber daya manusia"
        BUDGET = "budget", "Anggaran"
        EQUIPMENT = "equipment", "Peralatan kerja"
        GUIDANCE = "guidance", "Pendampingan pimpinan"
        FACILITIES = "facilities", "Sarana dan prasarana"

    class Support(models.TextChoices):
        PROMISED = "promised", "Dijanjikan"
        GIVEN = "given", "Terpenuhi"
        PARTLY = "partly", "Terpenuhi sebagian"
        REFUSED = "refused", "Tidak terpenuhi"

    skp = models.ForeignKey(Skp, models.CASCADE, related_name="annex_lines")
    kind = models.CharField("bagian", max_length=14, choices=Kind)
    position = models.PositiveSmallIntegerField("urutan")
    text = models.TextField("isi")
    resource = models.CharField("jenis dukungan", max_length=10, choices=Resource, blank=True)
    if_met = models.BooleanField("jika ekspektasi terpenuhi", null=True, blank=True)
    support = models.CharField("keadaan dukungan", max_length=8, choices=Support, default=Support.PROMISED)
    support_note = models.TextField("keterangan dukungan", blank=True)
    support_changed_on = models.DateField("keadaan dukungan sejak", null=True, blank=True)
    continues = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["skp", "kind", "position"],
                name="annex_line_has_its_own_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(kind="resource") | Q(resource="", support="promised"),
                name="only_a_resource_has_a_kind_and_a_state",
            ),
            models.CheckConstraint(
                condition=Q(kind="consequence", if_met__isnull=False)
                | (~Q(kind="consequence") & Q(if_met=None)),
                name="only_a_consequence_says_when",
            ),
        ]

    def __str__(self):
        return self.text


class StudyPlan(models.Model):
    """Study leave within a plan: the institution and what its grade means (pages 62-65).

    Started or ended in mid-year it belongs to the same plan, never to a new one (page 64).
    """

    class Level(models.TextChoices):
        S1 = "s1", "Strata 1 (S-1)"
        POSTGRADUATE = "postgraduate", "Profesi, Strata 2 (S-2), atau Strata 3 (S-3)"

    class Accreditation(models.TextChoices):
        A = "A", "A"
        B = "B", "B"
        C = "C", "C"

    skp = models.OneToOneField(Skp, models.CASCADE, related_name="study")
    institution = models.CharField("institusi pendidikan", max_length=160)
    programme = models.CharField("program studi", max_length=160)
    level = models.CharField("jenjang", max_length=12, choices=Level)
    is_abroad = models.BooleanField("di luar negeri", default=False)
    university_accreditation = models.CharField(
        "akreditasi institusi", max_length=1, choices=Accreditation, blank=True
    )
    programme_accreditation = models.CharField(
        "akreditasi program studi", max_length=1, choices=Accreditation, blank=True
    )
    starts_on = models.DateField("mulai tugas belajar")
    ends_on = models.DateField("batas waktu normatif kelulusan")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="study_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(is_abroad=True, university_accreditation="", programme_accreditation="")
                | (Q(is_abroad=False) & ~Q(university_accreditation="") & ~Q(programme_accreditation="")),
                name="study_at_home_names_its_accreditation",
            ),
        ]

    def __str__(self):
        return f"{self.programme}, {self.institution}"
