"""A list opens with how many stand where, and each number leads to those rows."""

import pytest
from django.urls import reverse

from appraisal.outcomes.lists import LISTS

WORDS = [word for word, each in LISTS.items() if each.numbers]


def seen(client, word, state):
    address = reverse("appraisal:outcome-rows", args=[word])
    return client.get(address, {"tahun": "2025", "bulan": "2026-01", "keadaan": state})


@pytest.mark.parametrize("word", WORDS)
def test_the_numbers_are_those_of_the_rows_behind_them(scene, browse, word):
    for kind in ("pns", "pppk"):
        for before, last in (
            ("baik", "baik"),
            ("sangat_baik", "sangat_baik"),
            ("kurang", "baik"),
            ("baik", ""),
        ):
            person = scene.colleague(kind=kind)
            for predikat, year in ((before, 2024), (last, 2025)):
                if predikat:
                    scene.result(predikat, year=year, employee=person)
            scene.result("kurang", year=2025, number=4, employee=person)
    scene.guided(person)
    client = browse("appraiser" if word == "pembinaan" else "personnel_office")

    page = seen(client, word, "semua")

    numbers = {state: (words, number) for state, words, number, _ in page.context["numbers"]}
    assert numbers.pop("semua") == ("Semua", page.context["page"].paginator.count)
    assert sum(number > 0 for _, number in numbers.values()) > 1
    for state, (words, number) in numbers.items():
        assert f"keadaan={state}" in page.content.decode()
        behind = seen(client, word, state)
        assert behind.context["page"].paginator.count == number
        assert all(row.status.startswith(words) for row in behind.context["page"])
        assert behind.context["numbers"] == [
            (*told[:3], told[0] == state) for told in page.context["numbers"]
        ]


def test_the_numbers_keep_the_rest_of_the_filter(scene, browse):
    person = scene.colleague()
    for year in (2024, 2025):
        scene.result("baik", year=year, employee=person)

    answer = browse("personnel_office").get(
        reverse("appraisal:outcome-rows", args=["kenaikan-pangkat"]),
        {"tahun": "2025", "cari": person.name, "halaman": "1"},
    )

    assert [number for _, _, number, _ in answer.context["numbers"]] == [1, 0, 0, 1]
    assert f"tahun=2025&amp;cari={person.name.replace(' ', '+')}&amp;keadaan=ya" in answer.content.decode()


def test_where_nobody_is_there_are_no_numbers(scene, browse):
    answer = browse("personnel_office").get(
        reverse("appraisal:outcome-rows", args=["kenaikan-pangkat"]), {"cari": "tidak ada orang ini"}
    )

    assert "Tidak ada yang cocok" in answer.content.decode()
    assert answer.context["numbers"] == []
