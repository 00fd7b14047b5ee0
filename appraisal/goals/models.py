"""What the city wants: its priority programmes, and the performance agreement of each unit."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from agencies.people.models import Employee
from agencies.structure.models import Unit

EVERY_CHANGE = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete


def kept_when_signed(name, agreement):
    """A trigger: what belongs to a signed agreement is neither added, changed nor taken away.

    `agreement` is SQL for the key of the agreement of {row}.
    """
    old, new = (f"({agreement.format(row=row)})" for row in ("OLD", "NEW"))
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=EVERY_CHANGE,
        declare=[("owners", "bigint[] := '{}'")],
        func=f"""
            IF TG_OP <> 'INSERT' THEN owners := owners || {old}::bigint; END IF;
            IF TG_OP <> 'DELETE' THEN owners := owners || {new}::bigint; END IF;
            IF EXISTS (
                SELECT 1 FROM appraisal_performanceagreement a WHERE a.id = ANY (owners) AND a.state = 'signed'
            ) THEN
                RAISE EXCEPTION 'a signed agreement is only changed by a new version'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,  # noqa: S608
    )


# Two links that each are no circle may close one together, so that links are looked at one after the other.
NO_CIRCLE = pgtrigger.Trigger(
    name="no_circle_of_goals",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("supports_id"),
    condition=pgtrigger.Q(new__supports__isnull=False),
    func="""
        PERFORM pg_advisory_xact_lock(hashtext('appraisal_goal.supports'));
        IF EXISTS (
            WITH RECURSIVE above (id) AS (
                SELECT NEW.supports_id
                UNION
                SELECT goal.supports_id FROM appraisal_goal goal JOIN above ON above.id = goal.id
                WHERE goal.supports_id IS NOT NULL
            )
            SELECT 1 FROM above WHERE id = NEW.id
        ) THEN
            RAISE EXCEPTION 'goals support each other in a circle'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    """,
)


class PriorityProgramme(models.Model):
    """One of the city's priority programmes of a term of office; the root of every cascade."""

    number = models.PositiveSmallIntegerField("nomor")
    name = models.CharField("program prioritas", max_length=200)
    first_year = models.PositiveSmallIntegerField("tahun pertama")
    last_year = models.PositiveSmallIntegerField("tahun terakhir")
    is_confirmed = models.BooleanField("sudah dipastikan", default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["first_year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["first_year", "number"], name="priority_programme_exists_once"),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="priority_programme_ends_after_it_starts"
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.name}"


class PerformanceAgreement(models.Model):
    """Perjanjian Kinerja (PK) of a unit for a year: between its head and the leader above (PermenPANRB 53/2014)."""

    class State(models.TextChoices):
        DRAFT = "draft", "Rancangan"
        OFFERED = "offered", "Menunggu pihak kedua"
        SIGNED = "signed", "Ditetapkan"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="agreements", verbose_name="unit kerja")
    year = models.PositiveSmallIntegerField("tahun")
    state = models.CharField("keadaan", max_length=8, choices=State, default=State.DRAFT)
    first_party = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pihak pertama"
    )
    second_party = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pihak kedua"
    )
    first_post = models.CharField("jabatan pihak pertama", max_length=160, blank=True)
    second_post = models.CharField("jabatan pihak kedua", max_length=160, blank=True)
    signed_on = models.DateField("ditetapkan pada", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-year", "unit__code"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="one_agreement_per_unit_and_year"),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(first_party__isnull=False, signed_on__isnull=False),
                name="signed_agreement_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(first_party=F("second_party")), name="nobody_signs_an_agreement_with_himself"
            ),
        ]

    def __str__(self):
        return f"Perjanjian Kinerja {self.unit.name} {self.year}"


class AgreementVersion(models.Model):
    """What was signed, word for word; a row is added at each signing, never changed or deleted."""

    agreement = models.ForeignKey(PerformanceAgreement, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("versi")
    content = models.JSONField("isi")
    sha256 = models.CharField("sidik isi", max_length=64)
    signed_on = models.DateField("ditetapkan pada")
    reason = models.TextField("alasan perubahan", blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="version_of_an_agreement_exists_once"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="version_of_an_agreement_has_its_hash"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="a_new_version_of_an_agreement_says_why"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="signed_version_never_changes", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"{self.agreement}, versi {self.number}"


class Goal(models.Model):
    """Sasaran of an agreement, under a goal of the unit above and, at the top, a priority programme."""

    agreement = models.ForeignKey(PerformanceAgreement, models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField("urutan")
    statement = models.TextField("sasaran")
    programme = models.ForeignKey(
        PriorityProgramme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="goals",
        verbose_name="program prioritas",
    )
    supports = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supported_by",
        verbose_name="sasaran yang didukung",
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "position"],
                name="goal_has_its_own_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=~Q(supports=F("pk")), name="no_goal_supports_itself"),
        ]
        triggers = [NO_CIRCLE, kept_when_signed("signed_agreement_keeps_its_goals", "{row}.agreement_id")]

    def __str__(self):
        return self.statement


class GoalIndicator(models.Model):
    """Indikator kinerja utama of a goal with its target, as the agreement words them."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField("urutan")
    statement = models.TextField("indikator kinerja")
    target = models.CharField("target", max_length=120)
    baseline = models.CharField("baseline", max_length=120, blank=True)
    method = models.TextField("metode perhitungan", blank=True)
    source = models.CharField("sumber data", max_length=200, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        triggers = [
            kept_when_signed(
                "signed_agreement_keeps_its_indicators",
                "SELECT goal.agreement_id FROM appraisal_goal goal WHERE goal.id = {row}.goal_id",
            )
        ]

    def __str__(self):
        return self.statement


class BudgetLine(models.Model):
    """Program or activity of an agreement with its budget in rupiah."""

    agreement = models.ForeignKey(PerformanceAgreement, models.CASCADE, related_name="budget_lines")
    position = models.PositiveSmallIntegerField("urutan")
    name = models.CharField("program atau kegiatan", max_length=200)
    amount = models.DecimalField("anggaran (rupiah)", max_digits=18, decimal_places=2)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="budget_is_not_negative")]
        triggers = [kept_when_signed("signed_agreement_keeps_its_budget", "{row}.agreement_id")]

    def __str__(self):
        return self.name
