import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appraisal.reports.figures import agency_figures
from appraisal.reports.tables import report_tables
from appraisal.reports.words import findings, missing


def figures_of(city):
    return agency_figures(city.agency, city.period)


def test_the_figures_are_those_worked_out_by_hand(large):
    figures = figures_of(large)

    assert figures["people"] == {"due": 17, "planned": 16, "agreed": 16, "final": 15, "draft": 1, "none": 1}
    assert [(group["levels"], group["count"], group["share"]) for group in figures["predikat"]["groups"]] == [
        (["sangat_baik"], 4, "26.7"),
        (["baik"], 8, "53.3"),
        (["butuh_perbaikan"], 3, "20.0"),
        (["kurang"], 0, "0.0"),
        (["sangat_kurang"], 0, "0.0"),
    ]
    # (110+100 + 95 + 100+90 + 100 + 120 + 5×(100+80) + 2×105 + 3×60) / 22 = 2005 / 22
    assert figures["achievement"] == {
        "indicators": 27,
        "with_data": 22,
        "without_data": 5,
        "reached": 12,
        "mean": "91.14",
        "note": "",
    }
    office, unit = figures["units"]
    assert (office["name"], office["with_data"], office["reached"], office["mean"]) == (
        "Kantor induk",
        7,
        5,
        "102.14",
    )
    assert (unit["name"], unit["with_data"], unit["reached"], unit["mean"]) == (
        "Puskesmas Teluk",
        15,
        7,
        "86.00",
    )
    assert figures["audience"] == "limited"
    assert json.loads(json.dumps(figures)) == figures


def said_of_services(city):
    return [
        (service["name"], service["respondents"], service["index"], service["grade"], len(service["lowest"]))
        for service in figures_of(city)["services"]
    ]


def test_services_say_only_what_is_published_of_them(large):
    """The three of Gizi would be what is missing of the unit, so they take the Laboratorium with them; fifteen are too
    few for elements, so those of the third are not told either, nor, beside groups that all said the same, its interval
    (ADR 0024)."""
    assert said_of_services(large) == [
        ("Gizi", 0, None, "", 0),
        ("Laboratorium", 0, None, "", 0),
        ("Pelayanan ibu dan anak", 40, "81.25", "B", 0),
    ]
    *_, told = figures_of(large)["services"]
    assert (told["low"], told["high"], told["is_final"]) == (None, None, True)


def test_a_report_before_the_lock_counts_no_answers_itself(city):
    city.service("Pelayanan ibu dan anak", *[3] * 30, *[4] * 10)

    before = said_of_services(city)
    city.lock_survey()

    assert before == [("Pelayanan ibu dan anak", 0, None, "", 0)]
    assert said_of_services(city) == [("Pelayanan ibu dan anak", 40, "81.25", "B", 3)]


def test_a_bound_is_called_one_and_a_report_from_before_is_still_read(city):
    city.service("Pelayanan ibu dan anak", *[4] * 40)
    city.lock_survey()
    figures = figures_of(city)
    [told] = figures["services"]

    assert (told["index"], told["at_least"], told["low"]) == ("99.79", True, None)
    assert findings(figures)[-1] == "IKM layanan Pelayanan ibu dan anak sekurangnya 99,79 (mutu A)."
    for key in ("at_least", "low", "high", "is_final"):
        del told[key]
    assert [cell.text for cell in report_tables(figures)["ikm"].rows[0].cells][1:3] == ["99,79", "–"]


def test_an_indicator_without_data_is_not_a_zero(city):
    for _ in range(10):
        city.evaluated("baik", 100, None)

    reached = figures_of(city)["achievement"]

    assert (reached["mean"], reached["with_data"], reached["without_data"]) == ("100.00", 10, 10)


def test_nothing_recorded_is_said_and_not_computed(city):
    city.evaluated("baik", None)

    reached = figures_of(city)["achievement"]

    assert (reached["mean"], reached["note"]) == (None, "tidak ada data")


def test_few_people_behind_a_mean_keep_it_back(city):
    for _ in range(9):
        city.evaluated("baik", 100)

    figures = figures_of(city)

    assert (figures["achievement"]["mean"], figures["achievement"]["note"]) == (None, "ditutup")
    assert (figures["predikat"]["outcome"], figures["predikat"]["groups"]) == ("hidden", [])
    assert figures["units"][0]["note"] == "ditutup"


def test_everybody_alike_names_no_predikat(city):
    for _ in range(12):
        city.evaluated("kurang", 100)

    figures = figures_of(city)

    assert figures["predikat"] == {"outcome": "one_level", "total": 12, "groups": []}
    assert "kurang" not in json.dumps(figures)


def test_a_draft_and_an_elected_official_do_not_count(city):
    city.evaluate(city.plan(city.employee(), 100))

    figures = figures_of(city)

    assert figures["people"]["final"] == 0
    assert figures["predikat"]["total"] == 0
    assert figures["people"]["due"] == 1


def test_people_of_another_agency_do_not_count(city):
    elsewhere = city.add_agency("DISDIK", "Dinas Pendidikan")
    post = city.post(elsewhere, "Guru", "jf_keahlian", superior=city.mayor_post)
    city.evaluated("baik", 100, post=post)
    city.service("Pendaftaran sekolah", *[4] * 40, unit=elsewhere)

    figures = figures_of(city)

    assert (figures["people"]["due"], figures["achievement"]["indicators"], figures["services"]) == (0, 0, [])


def test_an_empty_agency_has_words_and_no_division_by_zero(city):
    figures = figures_of(city)

    assert findings(figures)[0] == "Tidak ada pegawai yang wajib menyusun SKP pada akhir periode ini."
    assert missing(figures) == []


def test_the_number_of_queries_does_not_grow_with_the_people(large):
    with CaptureQueriesContext(connection) as before:
        figures_of(large)
    for _ in range(20):
        large.evaluated("baik", 100, 90)
    large.service("Satu lagi", 4, 4)
    with CaptureQueriesContext(connection) as after:
        figures_of(large)

    assert len(after) == len(before) <= 12


def test_the_quarter_before_is_told_as_it_was_said_then(large, quick_pdf):
    from appraisal.reports.actions import render_report, request_report

    admin = large.user("personnel_office")
    report = request_report(large.agency, period=large.period, by=admin)
    render_report(report.job, lambda *words: None)
    fourth = type(large.period).objects.create(
        year=2026,
        number=4,
        starts_on="2026-10-01",
        ends_on="2026-12-31",
        opens_at="2026-12-01T00:00+09:00",
        closes_at="2027-01-10T00:00+09:00",
    )
    fourth.refresh_from_db()

    before = agency_figures(large.agency, fourth)["previous"]

    assert (before["label"], before["mean"], before["people"]["final"]) == ("Triwulan III 2026", "91.14", 15)


@pytest.mark.parametrize(
    ("part", "whole", "words"), [(1, 3, "33.3"), (2, 3, "66.7"), (1, 8, "12.5"), (1, 16, "6.3")]
)
def test_shares_are_rounded_half_up(part, whole, words):
    from appraisal.reports.figures import share

    assert share(part, whole) == words
