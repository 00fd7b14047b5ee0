"""What a questionnaire must ask, and what a kind of service may replace."""

import pytest

from feedback.citizens.elements import Element, Kind, faults_of

OFFICIAL = [(element, "") for element in Element.values]


def without(*elements):
    return [(key, "") for key, _ in OFFICIAL if key not in elements]


def test_the_official_nine_and_a_local_tenth_are_right():
    assert faults_of(Kind.GENERAL, OFFICIAL) == []
    assert faults_of(Kind.GENERAL, [*OFFICIAL, ("transparansi", "")]) == []


def test_a_free_service_may_replace_the_cost_and_nothing_else():
    assert faults_of(Kind.FREE, [*without("biaya"), ("keadilan", "biaya")]) == []
    assert faults_of(Kind.FREE, [*without("waktu"), ("keadilan", "waktu")])
    assert faults_of(Kind.GENERAL, [*without("biaya"), ("keadilan", "biaya")])


def test_a_web_service_may_replace_competence_and_behaviour():
    asked = [*without("kompetensi", "perilaku"), ("kemudahan-web", "kompetensi"), ("bantuan", "perilaku")]

    assert faults_of(Kind.ONLINE, asked) == []


@pytest.mark.parametrize(
    "asked",
    [
        without("biaya"),
        [*OFFICIAL, OFFICIAL[0]],
        [*OFFICIAL, ("tambah", "biaya")],
        [*OFFICIAL, ("A!", "")],
        [*OFFICIAL, *((f"tambahan-{letter}", "") for letter in "abcd")],
        [*without("biaya"), ("satu", "biaya"), ("dua-lagi", "biaya")],
        [*without("biaya"), ("satu", "bukan-unsur")],
    ],
)
def test_everything_else_is_refused(asked):
    assert faults_of(Kind.FREE, asked)
