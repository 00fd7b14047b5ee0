"""A problem of behaviour: reported, counselled in confidence, concluded."""

from django.db import models
from django.db.models import F, Q

from agencies.people.models import Employee
from agencies.structure.models import Unit
from appraisal.monitoring.models import Feedback
from appraisal.rulebook.models import BehaviourValue


class BehaviourReport(models.Model):
    """Form B.1.10: the appraiser tells the personnel office of a problem of behaviour (pages 86-87).

    Only after he has spoken with the employee, and with the feedback that was given on that value.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draf"
        SENT = "sent", "Dilaporkan"
        DECIDED = "decided", "Konseling ditetapkan"
        DISMISSED = "dismissed", "Tanpa konseling"
        WITHDRAWN = "withdrawn", "Ditarik kembali"

    employee = models.ForeignKey(
        Employee, models.PROTECT, related_name="behaviour_reports", verbose_name="pegawai"
    )
    appraiser = models.ForeignKey(
        Employee, models.PROTECT, related_name="+", verbose_name="pejabat penilai kinerja"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unit kerja")
    value = models.ForeignKey(
        BehaviourValue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nilai dasar"
    )
    communicated_on = models.DateField("dibicarakan dengan pegawai pada", null=True, blank=True)
    communicated_how = models.TextField("isi pembicaraan", blank=True)
    feedback = models.ManyToManyField(Feedback, related_name="+", blank=True, verbose_name="umpan balik")
    other_feedback = models.TextField("umpan balik di luar aplikasi", blank=True)
    expectation = models.TextField("ekspektasi khusus", blank=True)
    problem = models.TextField("permasalahan perilaku kerja", blank=True)
    is_common = models.BooleanField("terjadi juga pada pegawai lain", null=True, blank=True)
    tried = models.TextField("yang sudah dilakukan", blank=True)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    sent_at = models.DateTimeField("dilaporkan", null=True, blank=True)
    answer = models.TextField("jawaban BKPSDM", blank=True)
    decided_at = models.DateTimeField("diputuskan", null=True, blank=True)
    begun_at = models.DateTimeField("mulai ditulis", auto_now_add=True)

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(appraiser=F("employee")), name="nobody_reports_his_own_behaviour"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "withdrawn"))
                | Q(
                    communicated_on__isnull=False,
                    value__isnull=False,
                    problem__regex=r"\S",
                    tried__regex=r"\S",
                    is_common__isnull=False,
                    sent_at__isnull=False,
                ),
                name="a_report_of_behaviour_follows_a_talk_and_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state="dismissed") | Q(answer__regex=r"\S"),
                name="a_dismissed_report_says_why",
            ),
        ]

    def __str__(self):
        return f"Laporan perilaku kerja: {self.employee_id}"


class Counselling(models.Model):
    """Konseling kinerja of one employee with one counsellor (pages 87-88); its content is in the notes of the two.

    `conclusion` is what follows from it, without anything said in confidence.
    """

    class CounsellorKind(models.TextChoices):
        INDEPENDENT = "independent", "Konselor independen"
        APPRAISER = "appraiser", "Pejabat penilai yang terlatih"
        OFFICIAL = "official", "Pejabat dengan fungsi konseling"

    class State(models.TextChoices):
        SCHEDULED = "scheduled", "Dijadwalkan"
        CONCLUDED = "concluded", "Selesai"
        CLOSED = "closed", "Tindak lanjut ditetapkan"
        CANCELLED = "cancelled", "Dibatalkan"

    report = models.ForeignKey(BehaviourReport, models.PROTECT, related_name="counsellings")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="pegawai")
    counsellor = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="konselor")
    counsellor_kind = models.CharField("konselor sebagai", max_length=12, choices=CounsellorKind)
    basis = models.CharField("dasar penunjukan", max_length=200)
    meets_at = models.DateTimeField("waktu")
    place = models.CharField("tempat", max_length=160)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.SCHEDULED)
    version = models.PositiveIntegerField(default=1)
    conclusion = models.TextField("kesimpulan untuk tindak lanjut", blank=True)
    concluded_at = models.DateTimeField("disimpulkan", null=True, blank=True)
    follow_up = models.TextField("tindak lanjut", blank=True)
    named_at = models.DateTimeField("ditetapkan", auto_now_add=True)

    class Meta:
        ordering = ["-named_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(counsellor=F("employee")), name="nobody_counsels_himself"),
            models.UniqueConstraint(
                fields=["report"],
                condition=~Q(state="cancelled"),
                name="one_counselling_at_a_time_for_a_report",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("scheduled", "cancelled"))
                | Q(conclusion__regex=r"\S", concluded_at__isnull=False),
                name="concluded_counselling_says_what_follows",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(follow_up__regex=r"\S"),
                name="closed_counselling_says_the_follow_up",
            ),
        ]

    def __str__(self):
        return f"Konseling: {self.employee_id}"


class CounsellingNote(models.Model):
    """What the two said: an entry of the journal, or the record the counsellor signs.

    Behind a wall of its own: PostgreSQL shows a row to these two alone, not to the service either
    (docs/adr/0016, appraisal/migrations/0011_guidance.py). Both names are kept on the row so that a counsellor who
    takes over reads nothing that was said to the one before.
    """

    class Kind(models.TextChoices):
        JOURNAL = "journal", "Jurnal"
        RECORD = "record", "Rekaman hasil konseling"

    counselling = models.ForeignKey(Counselling, models.PROTECT, related_name="notes")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="pegawai")
    counsellor = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="konselor")
    kind = models.CharField("jenis", max_length=8, choices=Kind)
    noted_on = models.DateField("tanggal")
    text = models.TextField("isi")
    written_by = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="ditulis oleh")
    written_at = models.DateTimeField("ditulis", auto_now_add=True)
    signed_at = models.DateTimeField("ditandatangani", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["noted_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["counselling", "counsellor"],
                condition=Q(kind="record"),
                name="one_record_of_a_counselling",
            ),
            models.CheckConstraint(
                condition=Q(written_by=F("counsellor")) | Q(written_by=F("employee"), kind="journal"),
                name="only_the_two_write_notes_of_a_counselling",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()
