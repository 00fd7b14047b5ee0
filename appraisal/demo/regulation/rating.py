"""The worked examples of Anak Lampiran 4 and 5, rated: what is printed of them is recorded, said and decided."""

from decimal import Decimal

from django.utils import timezone

from agencies.people.reporting_line import appraiser_on
from appraisal.monitoring.actions import give_feedback, record_realisations
from appraisal.organisation.models import OrganisationAchievement
from appraisal.organisation.queries import organisation_of
from appraisal.rulebook.queries import behaviour_values
from appraisal.scoring.actions import finalise, save_draft, start_evaluation

from ..examples.evaluations import evaluations

RATED = {"contoh-bidan": "midwife", "contoh-direktur": "director", "contoh-penata": "building_engineer"}
BEHAVIOUR = "Menurut umpan balik yang tercetak pada contoh."


def rate_examples(plans, period):
    """Those of `plans` ({post: Skp}) that have an example, for `period`, which has to be open."""
    today = timezone.localdate()
    for post, name in RATED.items():
        skp, example = plans[post], evaluations()[name]
        appraiser = appraiser_on(skp.employee, today)
        set_achievement(organisation_of(skp.employee, appraiser, today), period, example, today)
        results = list(skp.results.all())
        record(skp, period, results, example)
        for result, reached in zip(results, example.results, strict=True):
            say(skp, period, appraiser, reached.said, result=result)
        said = {name.lower(): lines for name, lines in example.values.items()}
        for value in behaviour_values():
            say(skp, period, appraiser, said.get(value.name.lower(), ()), value=value)
        rate(skp, period, appraiser, results, example)


def set_achievement(unit, period, example, today):
    if unit is None or OrganisationAchievement.objects.filter(unit=unit, period=period).exists():
        return
    head = unit.parent if unit.parent else unit
    OrganisationAchievement.objects.create(
        unit=unit,
        year=period.year,
        period=period,
        level=example.achievement,
        reason="Kurva pada contoh adalah kurva capaian Baik.",
        set_on=today,
        is_on_behalf=True,
        decree=f"Contoh PermenPANRB 6/2022, {head.name}",
        decree_date=today,
    )


def record(skp, period, results, example):
    rows = {}
    for result, reached in zip(results, example.results, strict=True):
        for indicator, words in zip(result.indicators.all(), reached.realised, strict=True):
            value = Decimal(words.replace(",", ".")) if words and indicator.is_numeric else words or None
            rows[indicator.pk] = (value, reached.note, None)
    record_realisations(skp, period=period, rows=rows, by=skp.employee.user)


def say(skp, period, appraiser, lines, **about):
    for line in lines:
        give_feedback(
            skp,
            period=period,
            kind="incidental",
            giver=line.giver,
            tone=line.tone,
            text=line.text,
            given_on=timezone.localdate(),
            by=appraiser.user,
            **about,
        )


def rate(skp, period, appraiser, results, example):
    draft = start_evaluation(skp, period=period, by=appraiser.user)
    ratings = {row.pk: (each.rating, "") for row, each in zip(results, example.results, strict=True)}
    draft = save_draft(
        draft,
        version=draft.version,
        ratings=ratings,
        work_rating=example.work,
        behaviour_rating=example.behaviour,
        behaviour_reason=BEHAVIOUR,
        by=appraiser.user,
    )
    finalise(draft, version=draft.version, by=appraiser.user)
