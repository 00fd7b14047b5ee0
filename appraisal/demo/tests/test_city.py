"""The demo city shows what it promises, and nothing is built where it must not be."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from agencies.access.models import Proposal
from agencies.people.models import Employee
from agencies.people.nip import read_nip
from ambon_kinerja.audit.queries import examine_trail
from ambon_kinerja.jobs.models import Job
from appraisal.calibration.models import CalibrationProposal
from appraisal.calibration.result_part import part_for
from appraisal.cycle.models import PerformanceYear
from appraisal.cycle.queries import period_now
from appraisal.demo.city import build_city, is_built
from appraisal.demo.organisation import CLINIC_SERVICE, person_name
from appraisal.demo.survey_answers import BY_SERVICE, responses
from appraisal.monitoring.models import Realisation
from appraisal.organisation.models import OrganisationAchievement
from appraisal.planning.models import Skp
from appraisal.rulebook.reference_data import fill as fill_rulebook
from appraisal.scoring.matrix import Predikat, Rating
from appraisal.scoring.models import Evaluation
from feedback.channels.models import PaperMismatch
from feedback.citizens.reference_data import fill as fill_questionnaire
from feedback.complaints.figures import published_tables
from feedback.complaints.restricted.models import SealOpening
from feedback.results.published.pages import shown_for
from feedback.services.models import Service
from feedback.services.periods import quarter_of


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["seed_demo", "seed_city", "demo_accounts"])
def test_no_demo_without_being_asked_for(settings, command):
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO=1"):
        call_command(command)

    assert not is_built()


def test_no_two_people_are_called_the_same():
    assert len({person_name(number) for number in range(240)}) == 240


@pytest.mark.parametrize("service", BY_SERVICE)
def test_the_responses_add_up_to_the_published_counts(service):
    counts = BY_SERVICE[service]

    given = responses(counts)

    for element, row in counts.items():
        assert tuple([one[element] for one in given].count(value) for value in (4, 3, 2, 1)) == row


@pytest.mark.slow
@pytest.mark.django_db
def test_the_city_stands_after_one_call():
    """One long test for the one long act: the worked example, the open work, the voice and the trail."""
    fill_rulebook()
    fill_questionnaire()

    build_city()

    midwife = Evaluation.objects.get(skp__post_name="Bidan Penyelia")
    finished, running = midwife.period, period_now()
    assert Employee.objects.count() == 63 + 19  # with the people of the regulation's examples
    assert all(read_nip(employee.nip) for employee in Employee.objects.exclude(nip=None))
    assert (midwife.work_rating, midwife.behaviour_rating) == (Rating.MEETS, Rating.MEETS)
    assert midwife.predikat == Predikat.BAIK
    assert midwife.skp.results.count() == 4
    assert midwife.skp.feedback.filter(period=finished).count() == 7
    in_words = Realisation.objects.filter(indicator__target_low=None, period=finished)
    assert in_words.exclude(text="").exists()
    assert (
        not in_words.filter(text="", value=None).exclude(note="").exists()
    )  # words are the value, not a note to none
    assert finished.is_over()
    assert running.is_open()
    assert {Skp.State.DRAFT, Skp.State.SUBMITTED, Skp.State.AGREED} == set(
        Skp.objects.plans().filter(year=running.year).values_list("state", flat=True)
    )
    changed = Skp.objects.filter(adjusts__isnull=False)
    assert set(changed.values_list("state", flat=True)) == {Skp.State.MERGED, Skp.State.SUBMITTED}
    periodic = Evaluation.objects.decided().exclude(period__cadence="annual")
    assert periodic.filter(period=finished).exists()
    rated_examples = periodic.exclude(period=finished)  # of the regulation, in the quarter that runs
    assert rated_examples.count() == 3
    proposals = CalibrationProposal.objects.filter(item__session__period=running)
    assert sorted(proposals.values_list("state", flat=True)) == ["accepted", "open"]
    discussed = CalibrationProposal.objects.filter(
        item__session__period=finished, item__session__state="closed"
    )
    assert sorted(discussed.values_list("state", flat=True)) == ["accepted", "kept"]
    assert part_for(midwife, midwife.skp.employee.user)[1]["changes"][0]["stands"]
    changed_later = OrganisationAchievement.objects.filter(period=finished, number=2)
    assert set(changed_later.values_list("unit__code", flat=True)) == {"DISDIK", "KEL-RIJALI"}
    mother_and_child = Service.objects.get(slug=CLINIC_SERVICE)
    told = shown_for(quarter_of(finished.ends_on), service=mother_and_child)
    assert (str(told.index), told.is_final) == ("92.11", True)
    assert [line["label"] for line in told.figure["local"]] == ["Kenyamanan ruang tunggu"]
    figures = published_tables(quarter_of(finished.ends_on))
    assert [(row.label, row.received, row.answered) for row in figures["agencies"]] == [
        ("Dinas Kependudukan dan Pencatatan Sipil", 9, 9),
        ("Dinas Kesehatan", 9, 9),
    ]
    assert all(row.satisfaction and row.days and row.in_time_share for row in figures["agencies"])
    assert [row.received for row in figures["kinds"]] == [11, 7]
    assert PaperMismatch.objects.count() == 2
    seal = SealOpening.objects.get()
    assert seal.opened_by not in (None, seal.asked_by)
    assert Job.objects.filter(kind="agency_report").count() == 1
    assert PerformanceYear.objects.filter(year=running.year).exists()
    assert Proposal.objects.filter(kind="rule_change", state="proposed").count() == 1
    assert examine_trail()[0] is None


def test_the_service_of_the_clinic_is_named_in_one_place():
    """Another slug is one change."""
    spelt = [
        path.name
        for path in (settings.BASE_DIR / "appraisal").rglob("*.py")
        if f'"{CLINIC_SERVICE}"' in path.read_text()
    ]

    assert spelt == ["organisation.py"]
