"""The citizens' survey (SKM, PermenPANRB 14/2017): questionnaire by version, answers by element key."""

import secrets

from django.db import models
from django.db.models import Q

from feedback.services.models import Service

from .elements import Element


def new_reference():
    """A reference the citizen can read aloud: ten letters and digits without look-alikes."""
    return "".join(secrets.choice("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(10))


class Questionnaire(models.Model):
    name = models.CharField("nama", max_length=120)
    legal_basis = models.CharField("dasar hukum", max_length=200)
    valid_from = models.DateField("berlaku sejak", unique=True)

    class Meta:
        ordering = ["-valid_from"]

    def __str__(self):
        return self.name


class Question(models.Model):
    """One element in one questionnaire. Answers are kept by element, never by position (the orders differ)."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="questions")
    element = models.CharField("unsur", max_length=20, choices=Element)
    position = models.PositiveSmallIntegerField("urutan")
    text = models.CharField("pertanyaan", max_length=240)
    option_1 = models.CharField(max_length=80)
    option_2 = models.CharField(max_length=80)
    option_3 = models.CharField(max_length=80)
    option_4 = models.CharField(max_length=80)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "element"], name="element_is_asked_once"),
            models.UniqueConstraint(fields=["questionnaire", "position"], name="question_has_its_own_place"),
        ]

    def __str__(self):
        return self.text

    @property
    def options(self):
        return [(value, getattr(self, f"option_{value}")) for value in (1, 2, 3, 4)]


class SurveyResponse(models.Model):
    """One filled questionnaire; nothing in it leads to a person."""

    class Mode(models.TextChoices):
        WEB = "web", "Daring"
        PAPER = "paper", "Kertas"

    service = models.ForeignKey(Service, models.PROTECT, related_name="responses")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="responses")
    reference = models.CharField(max_length=10, unique=True, default=new_reference)
    sending_key = models.CharField(max_length=64, unique=True)
    answered_on = models.DateField("tanggal", db_index=True)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.WEB)
    sex = models.CharField("jenis kelamin", max_length=1, blank=True)
    age_band = models.CharField("usia", max_length=10, blank=True)
    education = models.CharField("pendidikan", max_length=20, blank=True)
    occupation = models.CharField("pekerjaan", max_length=20, blank=True)
    comment = models.TextField("saran", blank=True)

    class Meta:
        ordering = ["-answered_on", "-pk"]
        indexes = [models.Index(fields=["service", "answered_on"])]

    def __str__(self):
        return self.reference


class SurveyAnswer(models.Model):
    response = models.ForeignKey(SurveyResponse, models.CASCADE, related_name="answers")
    element = models.CharField(max_length=20, choices=Element)
    value = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "element"], name="element_is_answered_once"),
            models.CheckConstraint(condition=Q(value__range=(1, 4)), name="answer_is_one_to_four"),
        ]

    def __str__(self):
        return f"{self.element}: {self.value}"
