"""How a leader reaches his results: the work block (form A.1.4), and the matrix of roles and results (form A.1.5)."""

from django.db import models
from django.db.models import F, Q

from agencies.people.models import Employee
from appraisal.planning.models import Indicator, Skp, WorkResult

# A result or an indicator may be written anew while the plan is still a draft. What stands here keeps its words and
# lets go of the link, so that nothing a team has written down together is lost by it.


class StrategicInitiative(models.Model):
    """One work block: how an indicator of a leader's plan is to be reached (form A.1.4, pages 39-43)."""

    class Method(models.TextChoices):
        ASPECT = "aspect", "Langsung: pembagian aspek"
        REGION = "region", "Langsung: pembagian wilayah"
        LOAD = "load", "Langsung: pembagian beban target"
        SERVICE = "service", "Tidak langsung: pendekatan layanan"
        INTERMEDIATE = "intermediate", "Tidak langsung: pendekatan output antara"

    plan = models.ForeignKey(Skp, models.PROTECT, related_name="initiatives")
    position = models.PositiveSmallIntegerField("urutan")
    title = models.CharField("judul inisiatif strategi", max_length=300)
    owner = models.CharField("pemilik strategi", max_length=160)
    parties = models.TextField("pihak yang terlibat", blank=True)
    deadline = models.CharField("waktu penyelesaian", max_length=120)
    beneficiaries = models.TextField("penerima manfaat", blank=True)
    purpose = models.TextField("tujuan")
    budget = models.DecimalField("anggaran (rupiah)", max_digits=18, decimal_places=2, null=True, blank=True)
    method = models.CharField("metode cascading", max_length=12, choices=Method)
    # Answers to the guiding questions of the method, by the name of the question (`guidance`).
    answers = models.JSONField("jawaban penuntun", default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(budget=None) | Q(budget__gte=0), name="budget_of_an_initiative_is_not_negative"
            )
        ]

    def __str__(self):
        return self.title


class IntervenedIndicator(models.Model):
    """An indicator of the leader that a work block is meant to move, with its target in words."""

    initiative = models.ForeignKey(StrategicInitiative, models.CASCADE, related_name="intervened")
    indicator = models.ForeignKey(Indicator, models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.TextField("indikator dan target yang diintervensi")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "indicator"], name="initiative_moves_an_indicator_once"
            )
        ]

    def __str__(self):
        return self.words


class InitiativeLine(models.Model):
    """A key activity or a key milestone of a work block, routine or transformative."""

    class Kind(models.TextChoices):
        ACTIVITY = "activity", "Strategi (key activities)"
        MILESTONE = "milestone", "Keluaran kunci (key milestone)"

    class Nature(models.TextChoices):
        ROUTINE = "routine", "Rutin"
        TRANSFORMATIVE = "transformative", "Transformatif"

    initiative = models.ForeignKey(StrategicInitiative, models.CASCADE, related_name="lines")
    kind = models.CharField("bagian", max_length=9, choices=Kind)
    nature = models.CharField("sifat", max_length=14, choices=Nature)
    position = models.PositiveSmallIntegerField("urutan")
    text = models.TextField("isi")

    class Meta:
        ordering = ["kind", "nature", "position", "pk"]

    def __str__(self):
        return self.text


class RoleMatrix(models.Model):
    """The matrix of roles and results of one leader's plan (form A.1.5, pages 44-49).

    `leader` and `year` are those of the plan: who has a row reads his roles, even when the plan is not his to read.
    """

    plan = models.OneToOneField(Skp, models.PROTECT, related_name="matrix")
    leader = models.ForeignKey(Employee, models.PROTECT, related_name="matrices", verbose_name="pimpinan")
    year = models.PositiveSmallIntegerField("tahun")

    class Meta:
        ordering = ["-year", "pk"]

    def __str__(self):
        return f"Matriks {self.leader} {self.year}"


class MatrixRow(models.Model):
    """One person in a matrix. Under a row of a team leader (`lead`) stand the members of his team.

    Somebody whose appraiser is another is asked for first: his appraiser consents or not (page 46 no. 10).
    """

    class Consent(models.TextChoices):
        OWN = "own", "Tidak perlu persetujuan"
        ASKED = "asked", "Menunggu persetujuan"
        GIVEN = "given", "Disetujui"
        REFUSED = "refused", "Tidak disetujui"

    matrix = models.ForeignKey(RoleMatrix, models.CASCADE, related_name="rows")
    lead = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="members")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="matrix_rows", verbose_name="pegawai")
    post_name = models.CharField("jabatan", max_length=160, blank=True)
    is_team_lead = models.BooleanField("ketua tim", default=False)
    is_filled = models.BooleanField("sudah diisi", default=False)
    consent = models.CharField("persetujuan", max_length=8, choices=Consent, default=Consent.OWN)
    consent_by = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="diputus oleh"
    )
    consent_reason = models.TextField("alasan", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matrix", "lead", "employee"],
                nulls_distinct=False,
                name="one_row_per_person_in_a_matrix",
            ),
            models.CheckConstraint(
                condition=Q(lead=None) | Q(is_team_lead=False), name="a_matrix_has_two_levels_at_most"
            ),
            models.CheckConstraint(condition=~Q(lead=F("pk")), name="nobody_stands_under_his_own_row"),
            models.CheckConstraint(
                condition=~Q(consent__in=("given", "refused")) | Q(consent_by__isnull=False),
                name="consent_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(consent="refused") | ~Q(consent_reason=""), name="refused_consent_says_why"
            ),
        ]

    def __str__(self):
        return f"{self.employee} dalam {self.matrix}"


class MatrixRole(models.Model):
    """Peran hasil: what a person brings about for one column, in the language of results.

    A column is an indicator of the leader (`result`, `indicator`, and its words in `heading`), or on the second level
    a role of the leader of the team (`above`).
    """

    row = models.ForeignKey(MatrixRow, models.CASCADE, related_name="roles")
    result = models.ForeignKey(WorkResult, models.SET_NULL, null=True, blank=True, related_name="+")
    indicator = models.ForeignKey(Indicator, models.SET_NULL, null=True, blank=True, related_name="+")
    heading = models.TextField("indikator pimpinan", blank=True)
    above = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="below", verbose_name="peran ketua tim"
    )
    position = models.PositiveSmallIntegerField("urutan")
    statement = models.TextField("peran hasil")
    taken_as = models.ForeignKey(
        WorkResult,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="roles",
        verbose_name="diambil sebagai",
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(above=None) & ~Q(heading="")) | Q(above__isnull=False, heading=""),
                name="a_role_serves_one_column",
            ),
            models.CheckConstraint(condition=~Q(statement=""), name="a_role_says_something"),
        ]

    def __str__(self):
        return self.statement

    @property
    def serves(self):
        """The column in words: an indicator of the leader, or a role of the leader of the team."""
        return self.above.statement if self.above else self.heading
