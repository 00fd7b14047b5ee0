"""What citizens answered (SKM, PermenPANRB 14/2017), and what was set aside of it: seen, counted, never deleted."""

import secrets

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from feedback.services.codes import ALPHABET
from feedback.services.models import Counter, Service

from .questionnaires import Questionnaire


def new_reference():
    """A reference the citizen can read aloud: ten letters and digits without look-alikes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


class Mark(models.TextChoices):
    """What the guard noticed about an answer. Only those in SETS_ASIDE take it out of the count."""

    TOO_FAST = "cepat", "Diisi terlalu cepat"
    BURST = "lonjakan", "Jumlah jawaban melonjak pada satu hari"
    COPIED = "salinan", "Saran yang sama persis pada banyak jawaban"
    SAME_NETWORK = "jaringan", "Banyak jawaban dari satu jaringan dalam satu jam"
    SAME_DEVICE = "perangkat", "Banyak jawaban dari satu perangkat pada satu hari"
    STRAIGHT = "seragam", "Semua unsur diberi nilai yang sama"


SETS_ASIDE = (Mark.TOO_FAST, Mark.BURST, Mark.COPIED, Mark.SAME_NETWORK, Mark.SAME_DEVICE)


class SetAside(models.Model):
    """Answers of one service on one day that were set aside for the same reasons; decided on together."""

    class State(models.TextChoices):
        WAITING = "waiting", "Menunggu keputusan"
        RELEASED = "released", "Dihitung kembali"
        EXCLUDED = "excluded", "Tidak dihitung"

    service = models.ForeignKey(Service, models.PROTECT, related_name="set_aside")
    day = models.DateField("tanggal")
    reasons = ArrayField(models.CharField(max_length=12, choices=Mark), verbose_name="sebab")
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.WAITING)

    class Meta:
        ordering = ["-day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "day", "reasons"],
                condition=Q(state="waiting"),
                name="one_group_of_a_kind_waits",
            ),
            models.CheckConstraint(condition=~Q(reasons=[]), name="set_aside_for_a_reason"),
        ]
        triggers = [pgtrigger.Protect(name="what_was_set_aside_is_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self):
        return f"{self.service}, {self.day:%d-%m-%Y}: {self.reason_words}"

    @property
    def reason_words(self):
        return "; ".join(Mark(reason).label for reason in self.reasons)


class SurveyResponse(models.Model):
    """One filled questionnaire; nothing in it leads to a person. Only those in state COUNTED count anywhere."""

    class Mode(models.TextChoices):
        WEB = "web", "Daring"
        KIOSK = "kiosk", "Anjungan"
        ASSISTED = "assisted", "Dibantu petugas"
        PAPER = "paper", "Kertas"

    class State(models.TextChoices):
        COUNTED = "counted", "Dihitung"
        QUARANTINED = "quarantined", "Disisihkan"
        EXCLUDED = "excluded", "Tidak dihitung"

    service = models.ForeignKey(Service, models.PROTECT, related_name="responses")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="responses")
    counter = models.ForeignKey(
        Counter, models.PROTECT, null=True, blank=True, related_name="responses", verbose_name="loket"
    )
    reference = models.CharField(max_length=10, unique=True, default=new_reference)
    sending_key = models.CharField(max_length=64, unique=True)
    answered_on = models.DateField("tanggal", db_index=True)
    service_day = models.DateField("tanggal layanan")
    mode = models.CharField("cara mengisi", max_length=10, choices=Mode, default=Mode.WEB)
    with_code = models.BooleanField("dengan kode", default=False)
    state = models.CharField("keadaan", max_length=12, choices=State, default=State.COUNTED)
    marks = ArrayField(
        models.CharField(max_length=12, choices=Mark), default=list, blank=True, verbose_name="tanda"
    )
    set_aside = models.ForeignKey(SetAside, models.PROTECT, null=True, blank=True, related_name="responses")
    sex = models.CharField("jenis kelamin", max_length=1, blank=True)
    age_band = models.CharField("usia", max_length=10, blank=True)
    education = models.CharField("pendidikan", max_length=20, blank=True)
    occupation = models.CharField("pekerjaan", max_length=20, blank=True)
    disability = models.CharField("disabilitas", max_length=5, blank=True)
    comment = models.TextField("saran", blank=True)
    comment_digest = models.CharField("sidik saran", max_length=32, blank=True)

    class Meta:
        ordering = ["-answered_on", "-pk"]
        indexes = [
            models.Index(fields=["service", "answered_on"]),
            models.Index(
                fields=["service", "comment_digest"],
                condition=~Q(comment_digest=""),
                name="survey_copied_comments",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="counted") | Q(set_aside__isnull=False),
                name="what_does_not_count_has_its_reason",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="a_response_is_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="what_was_answered_when_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "service", "questionnaire", "counter", "reference", "sending_key", "answered_on", "service_day",
                    "mode", "with_code",
                ),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.reference


class SurveyAnswer(models.Model):
    response = models.ForeignKey(SurveyResponse, models.CASCADE, related_name="answers")
    element = models.CharField("unsur", max_length=20)
    value = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "element"], name="element_is_answered_once"),
            models.CheckConstraint(condition=Q(value__range=(1, 4)), name="answer_is_one_to_four"),
        ]
        triggers = [
            pgtrigger.Protect(name="an_answer_never_changes", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return f"{self.element}: {self.value}"
