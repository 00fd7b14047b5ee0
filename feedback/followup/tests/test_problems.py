"""A problem has a cause, solutions are tried one at a time, and the figures beside them claim nothing they cannot."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ambon_kinerja.lifecycle.steps import NotAllowed, WrongState
from feedback.followup import effects
from feedback.followup.actions import Refused, analyse, close, conclude, record_problem, try_solution
from feedback.followup.figures import ElementLine
from feedback.followup.models import Solution
from feedback.followup.queries import effect_of
from feedback.results.actions import lock_quarter
from feedback.services.periods import Quarter

from .scene import SPRING, answered

WINTER = Quarter(2026, 1)


def recorded(cast, service, by="service_manager", **more):
    facts = {
        "source": "comments",
        "element": "waktu",
        "title": "Antrean lama",
        "text": "Warga menunggu dua jam",
        "is_public": True,
    }
    return record_problem(unit=None, service=service, by=cast[by], **(facts | more))


def tried(cast, problem, *, starts_on=date(2026, 4, 1), **more):
    facts = {
        "text": "Loket kedua",
        "starts_on": starts_on,
        "ends_on": date(2026, 6, 30),
        "post": cast["self"].cast_posts["appraiser"],
    }
    return try_solution(problem, version=problem.version, by=cast["service_manager"], **(facts | more))


def analysed(cast, problem):
    return analyse(problem, version=problem.version, cause="Hanya satu loket", by=cast["service_manager"])


def line(index, count):
    return ElementLine("waktu", "Waktu", count, Decimal(index))


def test_a_problem_goes_from_cause_to_solution_to_a_second_attempt_and_is_closed(scene):
    cast, service = scene
    by = cast["service_manager"]
    problem = recorded(cast, service)
    assert recorded(cast, service) == problem
    problem = tried(cast, analysed(cast, problem))
    with pytest.raises(WrongState):
        close(problem, version=problem.version, closing="Selesai", by=by)
    problem = conclude(problem, version=problem.version, conclusion="Antrean tetap", by=by)
    problem = tried(cast, problem, starts_on=date(2026, 5, 1), text="Nomor antrean daring")
    problem = conclude(problem, version=problem.version, conclusion="Antrean memendek", by=by)

    problem = close(problem, version=problem.version, closing="Cukup", by=by)

    assert problem.state == "closed"
    assert list(Solution.objects.values_list("number", "conclusion")) == [
        (1, "Antrean tetap"),
        (2, "Antrean memendek"),
    ]


def test_the_history_says_what_was_done_the_newest_first(client, scene):
    cast, service = scene
    problem = tried(cast, analysed(cast, recorded(cast, service)))
    client.force_login(cast["service_manager"])

    page = client.get(reverse("feedback:problem-detail", args=[problem.pk])).content.decode()

    history = page[page.index("Riwayat") :]
    assert 0 < history.index("Coba solusi") < history.index("Catat penyebabnya")


def test_one_solution_at_a_time_also_past_the_application(scene):
    cast, service = scene
    problem = tried(cast, analysed(cast, recorded(cast, service)))

    with pytest.raises(WrongState):
        tried(cast, problem, text="Lain")
    with pytest.raises(IntegrityError, match="one_solution_is_tried"), transaction.atomic():
        Solution.objects.create(
            problem=problem, number=2, text="x", starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 2),
            post=cast["self"].cast_posts["self"],
        )  # fmt: skip


@pytest.mark.parametrize("who", ["survey_office", "complaint_manager", "unit_admin", "self"])
def test_only_who_manages_the_services_of_the_unit_records(scene, who):
    cast, service = scene

    with pytest.raises(NotAllowed):
        recorded(cast, service, by=who)


def test_a_solution_that_ends_before_it_starts_is_refused_at_its_field(scene):
    cast, service = scene
    problem = analysed(cast, recorded(cast, service))

    with pytest.raises(Refused) as refused:
        tried(cast, problem, starts_on=date(2026, 7, 1), post=cast["self"].cast_posts["stranger"])

    assert set(refused.value.errors) == {"ends_on", "post"}


def test_before_and_after_are_whole_quarters_of_published_figures(scene):
    cast, service = scene
    for quarter, waktu in ((WINTER, 1), (SPRING, 3)):
        answered(service, 36, day=quarter.start, waktu=waktu)
        lock_quarter(quarter, by=cast["survey_office"])
    problem = tried(cast, analysed(cast, recorded(cast, service)))

    effect = effect_of(problem.solutions.get(), problem)

    assert (effect.before.quarter, [figure.quarter for figure in effect.after]) == (WINTER, [SPRING])
    assert (effect.before.count, effect.before.index) == (36, Decimal("33.33"))
    assert effect.verdict == effects.RISEN
    assert "tidak membuktikan" in effect.verdict


def test_the_page_says_that_too_few_answered(client, scene):
    cast, service = scene
    answered(service, 29, day=WINTER.start)
    problem = tried(cast, analysed(cast, recorded(cast, service)))

    page = client.get(reverse("feedback:public-problem", args=[problem.pk])).text

    assert "Belum cukup jawaban" in page
    assert effects.UNKNOWN in page


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (line("60", 100), line("90", 100), effects.RISEN),
        (line("90", 100), line("60", 100), effects.FALLEN),
        (line("70", 100), line("72", 100), effects.OVERLAP),
        (line("60", 30), line("72", 30), effects.OVERLAP),
        (None, line("72", 100), effects.UNKNOWN),
    ],
)
def test_no_more_is_said_than_the_figures_allow(before, after, verdict):
    effect = effects.Effect(effects.figure_of(WINTER, before), (effects.figure_of(SPRING, after),))

    assert effect.verdict == verdict


def test_the_interval_is_wide_enough_for_every_spread_of_that_mean():
    low, high = effects.widest_interval(Decimal("62.5"), 100)

    assert (low, high) == (Decimal("55.15"), Decimal("69.85"))  # half ones, half fours: sd 37.5
    assert effects.widest_interval(Decimal(100), 30) == (Decimal(100), Decimal(100))


def test_what_is_not_public_or_has_no_cause_yet_nobody_reads(client, scene):
    cast, service = scene
    hidden = analysed(cast, recorded(cast, service, title="Lain", is_public=False))
    early = recorded(cast, service)

    for problem in (hidden, early):
        assert client.get(reverse("feedback:public-problem", args=[problem.pk])).status_code == 404


def test_numbers_and_names_of_people_are_masked_before_everybody_reads(client, scene):
    cast, service = scene
    problem = analysed(cast, recorded(cast, service, text="Bapak Yohanes 081234567890 mengeluh"))

    page = client.get(reverse("feedback:public-problem", args=[problem.pk])).text

    assert "081234567890" not in page
