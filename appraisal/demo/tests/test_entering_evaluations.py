"""Done when 1 of the evaluation: worked examples are rated through the pages and come out as forms C.1.1 to C.1.3."""

from datetime import date

import pytest
from django.utils import timezone

from ambon_kinerja.workdays.models import Holiday
from appraisal.cycle.actions import open_year
from appraisal.cycle.models import Period
from appraisal.demo.examples.evaluations import evaluations
from appraisal.monitoring.tests.agreed_plan import moment
from appraisal.organisation.models import OrganisationAchievement
from appraisal.planning.tests.plans import YEAR
from appraisal.rulebook.queries import behaviour_values
from appraisal.scoring.matrix import Predikat, Rating
from appraisal.scoring.models import Evaluation

from .reading_pages import text_of, tree_of
from .test_entering_examples import enter
from .typing_examples import page, sent

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
STUDENT = "student_midwife"  # Anak Lampiran 6: test_entering_study_leave.py
EXAMPLES = {name: example for name, example in evaluations().items() if name != STUDENT}
IN_DECEMBER = f"{YEAR}-12-21T10:00:00+09:00"


@pytest.fixture
def now():
    import time_machine

    with time_machine.travel(moment(f"{YEAR}-03-02T10:00:00+09:00"), tick=False) as traveller:
        yield traveller


def say(client, skp, about, said, period):
    data = {
        "period": period.pk,
        "about": about,
        "kind": "incidental",
        "giver": said.giver,
        "tone": said.tone,
        "text": said.text,
        "given_on": timezone.localdate().isoformat(),
        "evidence": "",
    }
    sent(client, page("feedback-add", skp.pk), data)


def record(client, skp, period, example):
    """What was reached in the end, typed by the employee for the whole year."""
    form = client.get(page("realisation-edit", skp.pk, period.pk)).context["form"]
    data = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    for result, reached in zip(skp.results.all(), example.results, strict=True):
        for indicator, words in zip(result.indicators.all(), reached.realised, strict=True):
            data |= {f"value-{indicator.pk}": words, f"note-{indicator.pk}": reached.note}
    sent(client, page("realisation-edit", skp.pk, period.pk), data)


def told_and_recorded(people, example, skp, now):
    """The year until December: what the organisation achieved, what was said, what was reached; gives its Period."""
    Holiday.objects.all().delete()
    open_year(YEAR, cadence="quarterly", by="test")
    last, year = Period.objects.get(year=YEAR, number=4), Period.objects.annual().get()
    now.move_to(moment(IN_DECEMBER))
    OrganisationAchievement.objects.create(
        unit=people.unit(example.plan.appraiser_unit),
        year=YEAR,
        level=example.achievement,
        reason="Menurut Perjanjian Kinerja",
        set_by=people.cast["mayor"].employee,
        set_on=date(YEAR, 12, 20),
    )
    leader = people.as_holder_of(example.plan.appraiser_post)
    for result, reached in zip(skp.results.all(), example.results, strict=True):
        for said in reached.said:
            say(leader, skp, f"hasil-{result.pk}", said, last)
    values = {value.name.lower(): value for value in behaviour_values()}
    for value, lines in example.values.items():
        for said in lines:
            say(leader, skp, f"nilai-{values[value.lower()].pk}", said, last)
    record(people.as_holder_of(example.plan.post), skp, year, example)
    return year


def rate(client, skp, period, example, stands_on=None):
    """Rated and final; `stands_on` holds what is cited for a result above or below expectation."""
    sent(client, page("evaluation-start", skp.pk, period.pk), {})
    evaluation = Evaluation.objects.get(skp=skp, period=period)
    data = {"version": evaluation.version, "work_rating": example.work, "work_reason": ""}
    data |= {
        "behaviour_rating": example.behaviour,
        "behaviour_reason": "Menurut umpan balik setahun",
        "note": "",
    }
    for result, reached in zip(skp.results.all(), example.results, strict=True):
        data |= {f"rating-{result.pk}": reached.rating, f"reason-{result.pk}": ""}
    data |= stands_on or {}
    sent(client, page("evaluation-edit", evaluation.pk), data)
    evaluation.refresh_from_db()
    sent(client, page("evaluation-finalise", evaluation.pk), {"version": evaluation.version})
    evaluation.refresh_from_db()
    return evaluation


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_rated_for_the_year_and_printed_with_every_field(client, now, name):
    example = EXAMPLES[name]
    people, skp = enter(client, example.plan)
    year = told_and_recorded(people, example, skp, now)

    evaluation = rate(people.as_holder_of(example.plan.appraiser_post), skp, year, example)

    assert (evaluation.suggested_rating, evaluation.work_rating) == (example.work, example.work)
    assert evaluation.predikat == example.predikat
    owner = people.as_holder_of(example.plan.post)
    for address in ("evaluation-form", "evaluation-form-print"):
        check_form(tree_of(owner.get(page(address, evaluation.pk))), example, evaluation, people)


def check_form(tree, example, evaluation, people):
    """Every field of the form, in the words of the regulation."""
    text, plan = text_of(tree), example.plan
    assert f"Format {example.form}" in text
    for field in (
        plan.post,
        plan.unit,
        plan.appraiser_post,
        evaluation.skp.employee.name,
        evaluation.skp.employee.nip,
        evaluation.appraiser.name,
        evaluation.appraiser.nip,
        f"1 Januari sampai dengan 31 Desember {YEAR}",
        "Istimewa / ☑ Baik (dipilih) / ☐ Butuh Perbaikan / ☐ Kurang / ☐ Sangat Kurang",
        "Idealnya sebagian besar pegawai berpredikat Baik.",
        "A. Utama",
        "B. Tambahan",
        f"☑ {Rating(example.work).label} (dipilih)",
        f"☑ {Predikat(example.predikat).label} (dipilih)",
        f"Ambon, 21 Desember {YEAR}",
        "Pejabat Penilai Kinerja",
        "Realisasi berdasarkan bukti dukung",
        "Umpan balik berkelanjutan berdasarkan bukti dukung",
    ):
        assert field in text, field
    assert len(tree.xpath("//figure[@class='pattern']//*[local-name()='path']")) == 2
    for result, reached in zip(plan.results, example.results, strict=True):
        assert result.statement in text
        for said in reached.said:
            assert said.text in text
        for indicator in result.indicators:
            assert indicator.statement in text
        for words in reached.realised:
            assert words in text
    for value in behaviour_values():
        assert value.name in text
        assert all(guide in text for guide in value.guides)
    for lines in plan.expectations.values():
        assert all(line in text for line in lines)
    for lines in example.values.values():
        assert all(said.text in text for said in lines)
