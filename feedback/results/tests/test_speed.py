"""The index of a unit with a million answers within 50 ms, and what a counted answer costs the one who gives it."""

from time import perf_counter

import pytest
from django.db import connection

from agencies.access.tests.cast import build_cast
from feedback.citizens.models import Questionnaire
from feedback.citizens.reference_data import fill
from feedback.results.rollup import compact_all, rebuild
from feedback.services.actions import add_service
from feedback.services.periods import Quarter

from .counted import answer_counts, index_of

pytestmark = [pytest.mark.django_db, pytest.mark.measure]
RESPONSES, SERVICES = 120_000, 12  # with nine answers each a little more than a million answers
MOST_MILLISECONDS = 50


def test_a_million_answers_are_read_in_a_moment_and_equal_those_rebuilt():
    fill()
    unit = build_cast()["self"].cast_units["clinic"]
    services = [
        add_service(unit=unit, name=f"Layanan {n}", slug=f"layanan-{n}", by="test").pk
        for n in range(SERVICES)
    ]
    fill_answers(services, Questionnaire.objects.get().pk)
    began = perf_counter()
    compact_all()
    print(f"counted in {perf_counter() - began:.1f} s")
    with connection.cursor() as cursor:  # as autovacuum does
        cursor.execute("ANALYZE feedback_tally")
        cursor.execute("ANALYZE feedback_respondenttally")
        cursor.execute("ANALYZE feedback_tallychange")
    for quarter in (Quarter(2026, 2), None):
        span = {"start": Quarter(2026, 1).start, "end": Quarter(2026, 4).end}
        if quarter:
            span = {"start": quarter.start, "end": quarter.end}
        took = min(timed(unit, span) for _ in range(5))
        print(f"{span['start']}–{span['end']}: {took:.1f} ms")
        assert took < MOST_MILLISECONDS
    before = answer_counts(unit=unit, **span)
    assert sum(before["waktu"].values()) == RESPONSES
    began = perf_counter()
    assert rebuild() == (0, 0)
    print(f"rebuilt in {perf_counter() - began:.1f} s")
    assert answer_counts(unit=unit, **span) == before


def timed(unit, span):
    began = perf_counter()
    index_of(unit=unit, **span)
    return (perf_counter() - began) * 1000


def fill_answers(services, questionnaire):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO feedback_surveyresponse (service_id, questionnaire_id, reference, sending_key, answered_on,"
            " service_day, mode, with_code, state, marks, sex, age_band, education, occupation, disability, comment,"
            " comment_digest)"
            " SELECT (%s::bigint[])[1 + n %% %s], %s, lpad(n::text, 10, '0'), n::text, day, day, 'paper', false,"
            " 'counted', '{}', '', '', '', '', '', '', ''"
            " FROM (SELECT n, date '2026-01-01' + (n %% 365)::int AS day FROM generate_series(1, %s) n) people",
            [services, SERVICES, questionnaire, RESPONSES],
        )
        cursor.execute(
            "INSERT INTO feedback_surveyanswer (response_id, element, value)"
            " SELECT response.id, element, 1 + (response.id * length(element) %% 4)"
            " FROM feedback_surveyresponse response CROSS JOIN unnest(%s) element",
            [
                [
                    "persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan",
                    "sarana",
                ]
            ],
        )  # fmt: skip
        cursor.execute("RESET ROLE")
        for table in ("surveyresponse", "surveyanswer", "tallychange"):
            cursor.execute(f"ANALYZE feedback_{table}")
