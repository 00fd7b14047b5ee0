"""The lines of the start page about the annual evaluation, and about what came to a person beyond his own team."""

from django.urls import reverse

from ambon_kinerja.charts import in_words
from ambon_kinerja.workdays.words import day_words
from appraisal.cycle.queries import annual_open
from appraisal.cycle.work import WorkItem
from appraisal.rulebook.models import Rule
from appraisal.scoring.turns.shares import of_silent_appraisers, of_the_old_unit, periods_left_to_superiors

from . import queries
from .lines import closing_words, urgency


def worklist_lines(user, today):
    """Named in settings.WORK_LISTS. One query counts everything; two more for each window closed lately."""
    facts = queries.facts_of(user)
    person, now = facts.person, facts.now
    if person is None:
        return []
    annual, left = annual_open(facts.periods, now), left_to_superiors(facts)
    questions = {f"silent-{period.pk}": of_silent_appraisers(person, period, today) for period, _ in left}
    if annual:
        plans = queries.plans_to_evaluate(person, annual, today)
        questions |= {"annual": plans, "annual_done": queries.evaluated(plans, annual)}
    found = queries.numbers(user, questions)
    return [
        *annual_items(annual, found, now),
        *(
            silent_item(period, last, found[f"silent-{period.pk}"])
            for period, last in left
            if found[f"silent-{period.pk}"]
        ),
        *moved_items(facts, today),
    ]


def left_to_superiors(facts):
    try:
        return periods_left_to_superiors(facts.periods, facts.now)
    except Rule.DoesNotExist:  # an empty rulebook has a line of its own
        return []


def annual_items(annual, found, now):
    if annual and found["annual"] > found["annual_done"]:
        status = f"{in_words(found['annual_done'])} dari {in_words(found['annual'])} selesai"
        yield WorkItem(
            f"Nilai tim Anda, {annual}",
            f"{reverse('appraisal:team')}?periode={annual.pk}",
            status,
            closing_words(annual, now),
            urgency(annual, now),
            due=annual.last_day,
        )


def silent_item(period, last, count):
    return WorkItem(
        f"Nilai pegawai yang belum dinilai bawahan Anda, {period}",
        f"{reverse('appraisal:team-taken-over')}?daftar={period.pk}",
        f"{in_words(count)} pegawai",
        f"Penilai mereka tidak menilai pada waktunya. Paling lambat {day_words(last)}.",
        "warn",
        due=last,
    )


def moved_items(facts, today):
    """Only for who took up another post within a window that is open: nobody else left a team behind."""
    since = facts.found.get("posted_on")
    for period in facts.periods:
        if not since or not period.is_open(facts.now) or since < period.first_day:
            continue
        if plans := of_the_old_unit(facts.person, period, today):
            yield WorkItem(
                f"Nilai pegawai di unit lama Anda, {period}",
                f"{reverse('appraisal:team-taken-over')}?daftar={period.pk}-lama",
                f"{in_words(len(plans))} pegawai",
                closing_words(period, facts.now),
                urgency(period, facts.now),
                due=period.last_day,
            )
