"""A pile of paper is keyed by two people, compared, looked at a third time, and counts once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from ambon_kinerja.lifecycle.steps import StepRefused
from feedback.channels.actions.batches import accept_batch, finish_round, open_batch
from feedback.channels.actions.keying import Typed, key_sheets, settle_mismatches
from feedback.channels.models import PaperBatch, PaperMismatch, SheetKeying
from feedback.citizens.models import SurveyAnswer, SurveyResponse

from .scene import signed_in

ELEMENTS = (
    "persyaratan",
    "prosedur",
    "waktu",
    "biaya",
    "produk",
    "kompetensi",
    "perilaku",
    "sarana",
    "pengaduan",
)


def sheet(number, value=3, **changes):
    keyed = dict.fromkeys(ELEMENTS, value) | changes
    return Typed(number=number, keyed=keyed, is_blank=False, version=0)


@pytest.fixture
def team(scene):
    """(scene, first, second): an enumerator of another agency and the service manager."""
    return scene, scene.enumerator(), scene.manager


def make_batch(scene, *, sheets=2, days=1, counter="free", by=None):
    return open_batch(
        service=scene.service,
        counter=getattr(scene, counter) if counter else None,
        first_day=scene.today - timedelta(days=days - 1),
        last_day=scene.today,
        sheets=sheets,
        by=by or scene.manager,
    )


def keyed_twice(scene, first, second, ones, others, **frame):
    batch = make_batch(scene, sheets=len(ones), **frame)
    key_sheets(batch, typed=ones, round_number=1, by=first)
    batch = finish_round(batch, by=first)
    key_sheets(batch, typed=others, round_number=2, by=second)
    return finish_round(batch, by=second)


# --- the journey ---------------------------------------------------------------------------------


def cells(numbers, values):
    """What the grid of these sheets posts; `values` is {sheet: {column: text}}."""
    posted = {}
    for number in numbers:
        for column, text in values[number].items():
            posted[f"s{number}-{column}"] = text
        posted[f"s{number}-versi"] = "0"
    return posted


def test_thirty_sheets_with_three_keying_errors(scene):
    """Through the pages: opened, keyed on three pages twice, three differences found on the paper, accepted once."""
    first, second = scene.enumerator(), scene.manager
    one, other = signed_in(Client(), first), signed_in(Client(), second)
    opened = other.post(
        "/lembar-kertas/baru/",
        {
            "service": scene.service.pk,
            "counter": scene.free.pk,
            "first_day": scene.today.isoformat(),
            "last_day": scene.today.isoformat(),
            "sheets": "30",
            "note": "Map biru",
            "kunci": "sekali",
        },
    )
    batch = PaperBatch.objects.get()
    assert opened.url == f"/lembar-kertas/{batch.pk}/"
    paper = {
        number: {element: str(1 + (number + place) % 4) for place, element in enumerate(ELEMENTS)}
        for number in range(1, 31)
    }
    paper[7].pop("biaya")  # one answer was left empty on the paper
    read_first = {number: dict(values) for number, values in paper.items()}
    read_first[3]["sarana"] = "1" if paper[3]["sarana"] != "1" else "2"
    read_first[12]["waktu"] = ""
    read_second = {number: dict(values) for number, values in paper.items()}
    read_second[28]["pengaduan"] = "4" if paper[28]["pengaduan"] != "4" else "3"

    for client, read, number in ((one, read_first, "1"), (other, read_second, "2")):
        for page in (1, 2, 3):
            numbers = range(page * 10 - 9, page * 10 + 1)
            address = f"/lembar-kertas/{batch.pk}/ketik/?halaman={page}"
            assert client.get(address).status_code == 200
            done = client.post(address, cells(numbers, read) | {"putaran": number, "lanjut": "1"})
            assert done.status_code == 302
        client.post(f"/lembar-kertas/{batch.pk}/langkah/", {"langkah": "selesai"})

    batch.refresh_from_db()
    assert batch.state == "comparing"
    found = PaperMismatch.objects.all()
    assert [(each.sheet.number, each.column) for each in found] == [
        (3, "sarana"),
        (12, "waktu"),
        (28, "pengaduan"),
    ]
    early = other.post(f"/lembar-kertas/{batch.pk}/langkah/", {"langkah": "terima"})
    assert early.status_code == 409
    assert "Masih ada 3 perbedaan" in early.content.decode()
    looked = {f"b{each.pk}": paper[each.sheet.number][each.column] for each in found}
    assert one.post(f"/lembar-kertas/{batch.pk}/beda/", looked).status_code == 302
    assert {each.resolved_by for each in PaperMismatch.objects.all()} == {first}

    accepted = [
        other.post(f"/lembar-kertas/{batch.pk}/langkah/", {"langkah": "terima"}).status_code for _ in range(2)
    ]

    assert accepted == [302, 409]
    assert (
        SurveyResponse.objects.filter(mode="paper", service_day=scene.today, counter=scene.free).count() == 30
    )
    wanted = sum(int(text) for values in paper.values() for text in values.values())
    kept = SurveyAnswer.objects.all()
    assert sum(each.value for each in kept) == wanted
    assert kept.count() == 30 * 9 - 1
    # Number 8 on the paper is sarana, number 9 pengaduan.
    assert list(batch.questions.values_list("number", "element"))[7:] == [(8, "sarana"), (9, "pengaduan")]


# --- two people, the second blind ----------------------------------------------------------------


def test_nobody_keys_the_same_sheet_in_both_rounds(team):
    scene, first, _ = team
    batch = make_batch(scene)
    key_sheets(batch, typed=[sheet(1), sheet(2)], round_number=1, by=first)
    batch = finish_round(batch, by=first)

    with pytest.raises(StepRefused, match="Orang lain harus mengetiknya"):
        key_sheets(batch, typed=[sheet(1)], round_number=2, by=first)

    keying = SheetKeying.objects.filter(round=1).first()
    with pytest.raises(IntegrityError, match="nobody_keys_a_sheet_twice"), transaction.atomic():
        SheetKeying.objects.create(sheet=keying.sheet, round=2, keyed_by=first, keyed={})


def test_the_second_keying_is_blind_to_the_first(team):
    scene, first, second = team
    batch = make_batch(scene)
    key_sheets(batch, typed=[sheet(1, 4), sheet(2, 4)], round_number=1, by=first)
    finish_round(batch, by=first)

    pages = [
        signed_in(Client(), person).get(f"/lembar-kertas/{batch.pk}/{page}")
        for person in (first, second)
        for page in ("ketik/", "")
    ]

    for page in pages:
        assert 'value="4"' not in page.content.decode()
    assert "Anda yang mengetik pertama" in pages[0].content.decode()
    assert signed_in(Client(), second).get(f"/lembar-kertas/{batch.pk}/beda/").status_code == 404


def test_a_colleagues_first_reading_is_hidden_and_never_written_over(team):
    scene, first, second = team
    batch = make_batch(scene)
    key_sheets(batch, typed=[sheet(1, 4)], round_number=1, by=first)
    client = signed_in(Client(), second)

    page = client.get(f"/lembar-kertas/{batch.pk}/ketik/")
    sent = client.post(
        f"/lembar-kertas/{batch.pk}/ketik/",
        {"putaran": "1", "s1-waktu": "1", "s1-versi": "0", "s2-waktu": "2", "s2-versi": "0"},
    )

    assert "Sudah diketik rekan Anda." in page.content.decode()
    assert sent.status_code == 302
    assert SheetKeying.objects.get(sheet__number=1).keyed["waktu"] == 4
    assert SheetKeying.objects.get(sheet__number=2).keyed == {"waktu": 2}


def test_a_round_ends_only_when_every_sheet_is_keyed(team):
    scene, first, _ = team
    batch = make_batch(scene)
    key_sheets(batch, typed=[sheet(1)], round_number=1, by=first)

    with pytest.raises(StepRefused, match="Masih ada 1 lembar"):
        finish_round(batch, by=first)


def test_two_windows_of_one_person_show_both_texts(team):
    scene, first, _ = team
    batch = make_batch(scene)
    key_sheets(batch, typed=[sheet(1, 2)], round_number=1, by=first)
    client = signed_in(Client(), first)
    address = f"/lembar-kertas/{batch.pk}/ketik/"

    conflict = client.post(address, {"putaran": "1", "s1-waktu": "4", "s1-versi": "0"})
    again = client.post(address, {"putaran": "1", "s1-waktu": "4", "s1-versi": "1"})

    text = conflict.content.decode()
    assert conflict.status_code == 409
    assert 'name="s1-waktu" value="4"' in text
    assert "Tersimpan" in text
    assert again.status_code == 302
    assert SheetKeying.objects.get().keyed == {"waktu": 4}


def test_a_double_click_stores_a_sheet_once(team):
    scene, first, _ = team
    batch = make_batch(scene)
    client = signed_in(Client(), first)
    sent = {"putaran": "1", "s1-waktu": "4", "s1-versi": "0"}

    statuses = [client.post(f"/lembar-kertas/{batch.pk}/ketik/", sent).status_code for _ in range(2)]

    assert statuses == [302, 302]
    assert SheetKeying.objects.get().version == 1


def test_what_comes_after_the_round_is_shown_and_not_lost(team):
    scene, first, second = team
    batch = make_batch(scene, sheets=1)
    key_sheets(batch, typed=[sheet(1)], round_number=1, by=first)
    finish_round(batch, by=first)

    late = signed_in(Client(), second).post(
        f"/lembar-kertas/{batch.pk}/ketik/", {"putaran": "1", "s1-waktu": "4"}
    )

    assert late.status_code == 409
    assert "s1-waktu" in late.content.decode()


@pytest.mark.parametrize("text", ["0", "5", "3 3", "٣", "-1", "x", "33", "3.0", "9" * 5000])
def test_a_wrong_digit_is_named_and_everything_typed_stays(team, text):
    scene, first, _ = team
    batch = make_batch(scene)
    sent = {"putaran": "1", "s1-waktu": text, "s1-biaya": "3", "s2-waktu": "2"}

    page = signed_in(Client(), first).post(f"/lembar-kertas/{batch.pk}/ketik/", sent)

    assert page.status_code == 422
    assert "Lembar 1, 3: isi 1 sampai 4, atau kosongkan." in page.content.decode()
    assert 'name="s1-biaya" value="3"' in page.content.decode()
    assert not SheetKeying.objects.exists()


def test_a_space_beside_a_digit_is_read_as_the_digit_it_is(team):
    scene, first, _ = team
    batch = make_batch(scene)

    signed_in(Client(), first).post(
        f"/lembar-kertas/{batch.pk}/ketik/",
        {"putaran": "1", "s1-waktu": "3 ", "TOTAL_FORMS": "-1", "s99-waktu": "3", "s2-x": "4"},
    )

    assert SheetKeying.objects.get().keyed == {"waktu": 3}


def test_a_blank_sheet_is_said_to_be_one_and_does_not_count(team):
    scene, first, second = team
    blank = Typed(number=2, keyed={}, is_blank=True, version=0)
    batch = keyed_twice(scene, first, second, [sheet(1), blank], [sheet(1), blank])

    assert accept_batch(batch, by=second) == 1
    assert SurveyResponse.objects.count() == 1


# --- differences ---------------------------------------------------------------------------------


def test_a_difference_settled_by_another_meanwhile_shows_both(team):
    scene, first, second = team
    batch = keyed_twice(scene, first, second, [sheet(1, waktu=1)], [sheet(1, waktu=2)])
    difference = PaperMismatch.objects.get()
    settle_mismatches(batch, found={difference.pk: (2, True)}, by=first)
    client = signed_in(Client(), second)
    address = f"/lembar-kertas/{batch.pk}/beda/"

    conflict = client.post(address, {f"b{difference.pk}": "4"})
    again = client.post(address, {f"b{difference.pk}": "4", f"t{difference.pk}": "1"})

    assert conflict.status_code == 409
    assert f"Lembar 1, 3: 2, oleh {first.name}" in conflict.content.decode()
    assert again.status_code == 302
    difference.refresh_from_db()
    assert (difference.on_paper, difference.resolved_by) == (4, second)


def test_a_difference_may_turn_out_to_be_empty_on_the_paper(team):
    scene, first, second = team
    batch = keyed_twice(scene, first, second, [sheet(1, waktu=1)], [sheet(1, waktu=2)])
    difference = PaperMismatch.objects.get()

    signed_in(Client(), second).post(f"/lembar-kertas/{batch.pk}/beda/", {f"b{difference.pk}": "kosong"})
    accept_batch(batch, by=second)

    assert not SurveyAnswer.objects.filter(element="waktu").exists()


def test_profile_and_day_are_keyed_and_compared_too(team):
    scene, first, second = team
    yesterday = scene.today - timedelta(days=1)
    told = {"sex": 1, "age_band": 1, "education": 3, "day": yesterday.day}
    batch = keyed_twice(scene, first, second, [sheet(1, **told)], [sheet(1, **told)], days=3)

    accept_batch(batch, by=second)

    kept = SurveyResponse.objects.get()
    assert (kept.sex, kept.education, kept.service_day) == ("P", "SMA", yesterday)


# --- accepting -----------------------------------------------------------------------------------


def test_a_closed_service_takes_no_batch_and_nothing_is_lost(team):
    scene, first, second = team
    batch = keyed_twice(scene, first, second, [sheet(1)], [sheet(1)])
    scene.service.is_open = False
    scene.service.save()

    with pytest.raises(StepRefused, match="sedang tidak menerima"):
        accept_batch(batch, by=second)

    batch.refresh_from_db()
    assert batch.state == "comparing"
    scene.service.is_open = True
    scene.service.save()
    assert accept_batch(batch, by=second) == 1


def test_an_enumerator_does_not_accept(team):
    scene, first, second = team
    batch = keyed_twice(scene, first, second, [sheet(1)], [sheet(1)])

    with pytest.raises(StepRefused, match="tidak berwenang"):
        accept_batch(batch, by=first)


def test_cancelling_needs_a_reason_and_keeps_what_was_keyed(team):
    scene, first, second = team
    batch = make_batch(scene)
    key_sheets(batch, typed=[sheet(1)], round_number=1, by=first)
    client = signed_in(Client(), second)
    address = f"/lembar-kertas/{batch.pk}/langkah/"

    statuses = [
        client.post(address, {"langkah": "batalkan", "reason": reason}).status_code
        for reason in ("", "Lembar hilang")
    ]

    assert statuses == [422, 302]
    assert SheetKeying.objects.count() == 1
    batch.refresh_from_db()
    assert batch.state == "cancelled"


# --- numbers on the paper ------------------------------------------------------------------------


def numbers_of(batch):
    return {f"n{each.number}": each.element for each in batch.questions.all()}


def test_a_paper_with_other_numbers_is_mapped_before_keying(team):
    scene, first, _ = team
    batch = make_batch(scene)
    client = signed_in(Client(), first)
    address = f"/lembar-kertas/{batch.pk}/nomor/"
    swapped = numbers_of(batch) | {"n8": "pengaduan", "n9": "sarana"}

    twice = client.post(address, numbers_of(batch) | {"n8": "pengaduan"})
    done = client.post(address, swapped)
    client.post(f"/lembar-kertas/{batch.pk}/ketik/", {"putaran": "1", "s1-pengaduan": "4"})
    late = client.post(address, swapped)

    assert (twice.status_code, done.status_code, late.status_code) == (422, 302, 409)
    assert "sudah dipakai nomor" in twice.content.decode()
    assert batch.questions.get(number=8).element == "pengaduan"
