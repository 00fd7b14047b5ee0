"""What is asked, by version: a questionnaire holds from its first day until the next one of its kind."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from feedback.services.models import Service

from ..elements import Element, Kind


def never_once_answered(name, operation, questionnaire):
    """A trigger: what a citizen was asked stays as he was asked it. `questionnaire` is its key in the row, in SQL."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        func=f"""
            IF EXISTS (SELECT FROM feedback_surveyresponse WHERE questionnaire_id = {questionnaire}) THEN
                RAISE EXCEPTION '{name}';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


class Questionnaire(models.Model):
    kind = models.CharField("untuk", max_length=20, choices=Kind, default=Kind.GENERAL)
    name = models.CharField("nama", max_length=120)
    legal_basis = models.CharField("dasar hukum", max_length=200)
    valid_from = models.DateField("berlaku sejak")

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "valid_from"], name="one_questionnaire_of_a_kind_begins_on_a_day"
            )
        ]
        triggers = [
            never_once_answered(
                "an_answered_questionnaire_never_changes", pgtrigger.Update | pgtrigger.Delete, "OLD.id"
            )
        ]

    def __str__(self):
        return self.name


class Question(models.Model):
    """One element in one questionnaire. Answers are kept by element, never by position (the orders differ)."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="questions")
    element = models.CharField("unsur", max_length=20)
    local_label = models.CharField("nama unsur setempat", max_length=60, blank=True)
    replaces = models.CharField("menggantikan", max_length=20, choices=Element, blank=True)
    position = models.PositiveSmallIntegerField("urutan")
    text = models.CharField("pertanyaan", max_length=240)
    hint = models.CharField("penjelasan sederhana", max_length=160, blank=True)
    hint_ambon = models.CharField("penjelasan Melayu Ambon", max_length=160, blank=True)
    option_1 = models.CharField("jawaban bernilai 1", max_length=80)
    option_2 = models.CharField("jawaban bernilai 2", max_length=80)
    option_3 = models.CharField("jawaban bernilai 3", max_length=80)
    option_4 = models.CharField("jawaban bernilai 4", max_length=80)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "element"], name="element_is_asked_once"),
            models.UniqueConstraint(fields=["questionnaire", "position"], name="question_has_its_own_place"),
            models.CheckConstraint(
                condition=Q(element__in=Element.values, local_label="", replaces="")
                | (~Q(element__in=Element.values) & ~Q(local_label="")),
                name="a_local_element_has_a_name_and_only_it_replaces",
            ),
            # Answers are counted by their key alone, whichever questionnaire asked: a key that replaced an element
            # here and stood beside it there would be counted in the index twice, or under another question's name.
            ExclusionConstraint(
                name="a_key_always_takes_the_same_place",
                expressions=[("element", RangeOperators.EQUAL), ("replaces", RangeOperators.NOT_EQUAL)],
            ),
            ExclusionConstraint(
                name="a_key_always_has_the_same_name",
                expressions=[("element", RangeOperators.EQUAL), ("local_label", RangeOperators.NOT_EQUAL)],
            ),
        ]
        triggers = [
            never_once_answered(
                "a_question_that_was_answered_never_changes",
                pgtrigger.Update | pgtrigger.Delete,
                "OLD.questionnaire_id",
            ),
            never_once_answered(
                "nothing_is_added_to_an_answered_questionnaire", pgtrigger.Insert, "NEW.questionnaire_id"
            ),
        ]

    def __str__(self):
        return self.text

    @cached_property
    def label(self):
        return self.local_label or Element(self.element).label

    @cached_property
    def options(self):
        return [(value, getattr(self, f"option_{value}")) for value in (1, 2, 3, 4)]


class ServiceKind(models.Model):
    """Which kind of questionnaire a service asks; a service without a row asks the general one."""

    service = models.OneToOneField(Service, models.CASCADE, related_name="survey_kind")
    kind = models.CharField("jenis kuesioner", max_length=20, choices=Kind)

    def __str__(self):
        return f"{self.service}: {self.get_kind_display()}"
