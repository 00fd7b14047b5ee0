"""Nothing in a comment that officers read leads to a person."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.citizens.screening import FEWEST_DIGITS, MAIL, NAME, NO_NAMES, NUMBER, fingerprint, screened

SEPARATORS = st.sampled_from(["", " ", ".", "-", " - ", "  ", "/", "\u200b", "\u2060"])
AROUND = st.sampled_from(["", "Tolong hubungi ", "NIK saya ", "antre lama, ", "No."])
SCRIPTS = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９", "०१२३४५६७८९"]
WORDS = ["antre", "lama", "sekali", "petugas", "ramah", "kursi", "kurang", "air", "panas", "loket", "tiga"]


@st.composite
def numbers(draw, starts=("8171", "08", "+62", "1980", "0911", "9")):
    """Digits of any script with anything between them, from a telephone to a NIP."""
    start, script = draw(st.sampled_from(starts)), draw(st.sampled_from(SCRIPTS))
    rest = draw(st.text("0123456789", min_size=8, max_size=14))
    gap = draw(SEPARATORS)
    return "".join(
        script[int(sign)] + (gap if place % 4 == 3 else "") if sign.isdigit() else sign
        for place, sign in enumerate(start + rest)
    )


@given(AROUND, numbers(), st.sampled_from(["", " terima kasih", ".", "!"]))
def test_no_number_that_reaches_a_person_is_left(before, number, after):
    shown = screened(before + number + after)

    assert NUMBER in shown
    assert len(re.findall(r"\d", shown)) < 8


@given(st.from_regex(r"[a-z]{2,8}[.][a-z0-9]{1,6}@[a-z]{2,8}[.](com|go[.]id)", fullmatch=True))
def test_no_e_mail_is_left(address):
    for text in (address, address.replace("@", " (at) "), address.replace("@", "[at]").upper()):
        assert "@" not in screened(f"Kirim ke {text} ya")
        assert MAIL in screened(f"Kirim ke {text} ya")


NAMES = st.from_regex(r"[A-Z][a-z]{2,9}", fullmatch=True).filter(lambda word: word.lower() not in NO_NAMES)


@given(
    st.sampled_from(["Bapak", "ibu", "Pak", "bu", "Sdr.", "dr.", "PAK", "Bpk."]),
    st.lists(NAMES, min_size=1, max_size=3).map(" ".join),
)
def test_no_name_after_a_title_is_left(title, name):
    assert screened(f"Petugas {title} {name} marah-marah") == f"Petugas {title} {NAME} marah-marah"


@given(st.sampled_from(WORDS), st.sampled_from(["teratai samudra", "TERATAI", "Samudra", "dewi k samudra"]))
def test_no_name_of_somebody_who_works_there_is_left(before, name):
    shown = screened(f"{before} {name} lambat", names=("Teratai Samudra, A.Md.Keb.", "Dewi K. Samudra"))

    assert "samudra" not in shown.lower()
    assert "teratai" not in shown.lower()
    assert NAME in shown


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=FEWEST_DIGITS - 1))
def test_plain_words_stay_as_they_are(words):
    assert screened(" ".join(words)) == " ".join(words)


@given(st.text(max_size=300))
def test_any_text_is_screened_and_screening_twice_changes_nothing(text):
    once = screened(text)

    assert screened(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "Ibu hamil antre lama",
        "Terima kasih Pak. Loketnya sedikit",
        "Bayar Rp 12.500.000 tanggal 27-11-2026 pukul 08.30",
        "Antre 3 jam, 12 orang di depan saya",
        "dr pagi sampai siang",
        "Bukan bulan ini: buku dan paket baru dipakai bulan depan",
        "Budaya antre seperti ibunya dan bapaknya dulu, pakar pun bubar",
    ],
)
def test_what_points_at_nobody_stays(text):
    assert screened(text) == text


@pytest.mark.parametrize(
    "text", ["PakBudi marah", "lalu buRina pulang", "Bpk.Budi lambat", "sdri.rina lambat"]
)
def test_a_name_that_is_written_together_with_its_title_is_masked(text):
    shown = screened(text)

    assert NAME in shown
    assert not any(name in shown.lower() for name in ("budi", "rina"))


@pytest.mark.parametrize(
    "text",
    ["nol delapan satu dua tiga empat lima enam", "Rp081234567890", "08 12 34 56 78", "(0911) 34-56-78"],
)
def test_numbers_in_other_dress_are_masked(text):
    assert NUMBER in screened(text)


def test_the_fingerprint_sees_through_small_changes_but_not_through_few_words():
    assert fingerprint("Petugas sangat ramah, antre CEPAT!") == fingerprint(
        "petugas sangat ramah antre cepat"
    )
    assert fingerprint("Bagus") == ""
