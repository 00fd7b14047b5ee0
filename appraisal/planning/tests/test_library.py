"""The library of examples: filled once, found by post and word, used in the form, kept by the personnel office."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ambon_kinerja.lifecycle.steps import NotAllowed
from appraisal.planning.actions.library import entry_content, save_entry
from appraisal.planning.library.examples import offered_examples
from appraisal.planning.library.reference_data import entries, fill
from appraisal.planning.models import LibraryEntry, Skp
from appraisal.planning.tests.browsing import address
from appraisal.planning.tests.plans import a_plan, a_submitted_plan

pytestmark = pytest.mark.django_db

ROW = {
    "measured_by": "time",
    "statement": "Surat diteruskan",
    "direction": "higher",
    "target_low": "95",
    "target_high": "",
    "unit": "persen",
    "target_text": "",
}


def an_example(statement="Ibu bersalin selamat", posts=("bidan",), **more):
    return LibraryEntry.objects.create(
        audience="staff",
        posts=list(posts),
        statement=statement,
        indicators=[
            {
                "aspect": "quality",
                "perspective": "",
                "statement": "Persalinan sesuai standar",
                "direction": "range",
                "target_low": "90",
                "target_high": "100",
                "unit": "persen",
                "target_text": "",
            }
        ],
        **more,
    )


def sent(*rows, **changes):
    data = {"audience": "staff", "posts": "Arsiparis, pengelola arsip", "statement": "Arsip ditemukan cepat"}
    data |= {"control": "high", "why": "", "seen": "", "ukuran-jumlah": len(rows)}
    for place, row in enumerate(rows):
        data |= {f"ukuran-{place}-{name}": value for name, value in row.items()}
    return data | changes


def as_midwife(user):
    skp = a_plan(user)
    Skp.objects.filter(pk=skp.pk).update(post_name="Bidan Penyelia")
    return Skp.objects.get(pk=skp.pk)


def test_filling_twice_adds_nothing_and_leaves_alone_what_the_office_changed():
    fill()
    count = LibraryEntry.objects.count()
    changed = LibraryEntry.objects.first()
    LibraryEntry.objects.filter(pk=changed.pk).update(statement="Kalimat kantor", is_offered=False)

    fill()

    assert LibraryEntry.objects.count() == count == len(list(entries()))
    changed.refresh_from_db()
    assert (changed.statement, changed.is_offered) == ("Kalimat kantor", False)


@pytest.mark.parametrize(
    ("post_name", "fits"),
    [
        ("Bidan Penyelia", True),
        ("JABATAN FUNGSIONAL BIDAN", True),
        ("Pengelola Kebidanan", False),
        ("Kepala Bidang Bidan", True),
        ("Arsiparis Mahir", False),
        ("", False),
    ],
)
def test_an_example_fits_a_post_by_whole_words(post_name, fits):
    an_example()

    assert offered_examples(post_name=post_name).exists() == fits


def test_words_are_looked_for_in_the_result_its_posts_and_its_indicators():
    an_example()

    assert [
        offered_examples(words).count() for words in ("selamat", "BIDAN", "standar", "ibu persalinan")
    ] == [1] * 4
    assert not offered_examples("ibu jalan").exists()
    assert not offered_examples("%").exists()


def test_the_own_post_comes_first_and_all_posts_when_asked_or_when_there_is_none(cast, browse):
    an_example()
    an_example("Arsip ditemukan cepat", ["arsiparis"])
    midwife, other = as_midwife(cast["self"]), a_plan(cast["peer"])

    own = browse("self").get(address("example-list", midwife)).content.decode()
    every = browse("self").get(address("example-list", midwife) + "?semua=1").content.decode()
    none = browse("peer").get(address("example-list", other)).content.decode()

    assert ("Ibu bersalin selamat" in own, "Arsip ditemukan cepat" in own) == (True, False)
    assert "Arsip ditemukan cepat" in every
    assert "Belum ada contoh untuk" in none
    assert "Arsip ditemukan cepat" in none


def test_a_chosen_example_fills_the_form_and_stores_nothing(cast, browse):
    skp = a_plan(cast["self"])
    entry = an_example()

    page = browse("self").get(address("result-add", skp) + f"?contoh={entry.pk}").content.decode()

    assert "Ibu bersalin selamat</textarea>" in page
    assert "Persalinan sesuai standar" in page
    assert 'value="90"' in page
    assert 'value="100"' in page
    assert skp.results.count() == 1


@pytest.mark.parametrize("key", ["", "abc", "-1", "999999999", "9" * 30, "1;DROP"])
def test_a_key_that_is_no_example_shows_the_empty_form(cast, browse, key):
    page = browse("self").get(address("result-add", a_plan(cast["self"])), {"contoh": key})

    assert page.status_code == 200


def test_an_example_that_is_switched_off_is_offered_no_longer(cast, browse):
    entry, client = an_example(), browse("personnel_office")
    switch = reverse("appraisal:library-switch", args=[entry.pk])

    client.post(switch, {"tawarkan": "tidak"})
    off = offered_examples().exists()
    client.post(switch, {"tawarkan": "ya"})

    assert (off, offered_examples().exists()) == (False, True)


def test_the_office_adds_and_changes_an_example(cast, browse):
    client = browse("personnel_office")

    client.post(reverse("appraisal:library-add"), sent(ROW))
    entry = LibraryEntry.objects.get()
    page = client.get(reverse("appraisal:library-edit", args=[entry.pk]))
    seen = page.context["form"].initial["seen"]
    client.post(
        reverse("appraisal:library-edit", args=[entry.pk]),
        sent(ROW | {"target_low": "1.250,5", "unit": "surat"}, seen=seen, why="Terukur"),
    )

    entry.refresh_from_db()
    assert entry.posts == ["arsiparis", "pengelola arsip"]
    assert (entry.why, entry.indicators[0]["target_low"]) == ("Terukur", "1250.5")


def test_two_windows_of_the_office_meet(cast, browse):
    entry, client = an_example(), browse("personnel_office")

    answer = client.post(reverse("appraisal:library-edit", args=[entry.pk]), sent(ROW, seen="tua"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Yang tersimpan: “Ibu bersalin selamat”" in page
    assert "Arsip ditemukan cepat</textarea>" in page
    entry.refresh_from_db()
    assert entry.statement == "Ibu bersalin selamat"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (ROW | {"unit": ""}, "Isi satuan."),
        (ROW | {"target_low": "", "unit": ""}, "Isi target dengan angka atau dengan kata-kata, salah satu."),
        (ROW | {"target_text": "selesai"}, "Isi target dengan angka atau dengan kata-kata, salah satu."),
        (ROW | {"direction": "range", "target_high": "5"}, "Batas atas harus lebih besar"),
        (ROW | {"measured_by": "lain"}, "Pilih dari daftar."),
        (ROW | {"target_low": "0"}, "Isi target lebih dari 0."),
    ],
)
def test_an_example_that_is_none_is_refused_in_words(cast, browse, row, words):
    answer = browse("personnel_office").post(reverse("appraisal:library-add"), sent(row))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not LibraryEntry.objects.exists()


def test_an_example_without_indicators_or_twice_the_same_is_refused(cast, browse):
    an_example("Arsip ditemukan cepat")
    client = browse("personnel_office")

    empty = client.post(reverse("appraisal:library-add"), sent(statement="Baru"))
    twice = client.post(reverse("appraisal:library-add"), sent(ROW))

    assert "Isi sedikitnya satu indikator." in empty.content.decode()
    assert "sudah ada" in twice.content.decode()


def test_only_the_personnel_office_keeps_the_library(cast):
    entry = an_example()

    for person in ("self", "unit_admin", "inspector", "system_admin"):
        with pytest.raises(NotAllowed):
            save_entry(values=entry_content(entry), entry=entry, by=cast[person])


def test_a_plan_that_was_handed_in_needs_no_example(cast, browse):
    skp = a_submitted_plan(cast["self"])

    assert browse("self").get(address("example-list", skp)).status_code == 302


def test_ten_examples_cost_as_many_queries_as_one(cast, browse):
    skp, client = a_plan(cast["self"]), browse("self")
    counts = []
    for number in range(10):
        an_example(f"Hasil {number}")
        if number in (0, 9):
            with CaptureQueriesContext(connection) as asked:
                client.get(address("example-list", skp) + "?semua=1")
            counts.append(len(asked))

    assert counts[0] == counts[1]
