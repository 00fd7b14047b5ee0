from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.people.nip import InvalidNip, Nip, read_nip


def reason_for(text):
    with pytest.raises(InvalidNip) as refused:
        read_nip(text)
    return refused.value.reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "198609262015051001",
            Nip("198609262015051001", date(1986, 9, 26), "2015-05", "male", 1, "PNS"),
            id="PNS appointed in May 2015",
        ),
        pytest.param(
            "199001012023211001",
            Nip("199001012023211001", date(1990, 1, 1), "2023", "male", 1, "PPPK"),
            id="PPPK first contract (21)",
        ),
        pytest.param(
            "199507172025242013",
            Nip("199507172025242013", date(1995, 7, 17), "2025", "female", 13, "PPPK"),
            id="PPPK part time (24)",
        ),
        pytest.param(
            "200002292022122999",
            Nip("200002292022122999", date(2000, 2, 29), "2022-12", "female", 999, "PNS"),
            id="leap day, last month, last serial",
        ),
    ],
)
def test_a_nip_says_who_and_since_when(text, expected):
    assert read_nip(text) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "19860926 201505 1 001",
        " 198609262015051001 ",
        "19860926.201505.1.001",
        "19860926\u00a0201505\u00a01\u00a0001",
        "1986 09 26  2015 05 1 001\n",
    ],
)
def test_spaces_and_dots_between_the_digits_do_not_matter(typed):
    assert read_nip(typed).text == "198609262015051001"


def test_a_nip_prints_as_on_official_letters():
    assert read_nip("198609262015051001").spaced == "19860926 201505 1 001"
    assert str(read_nip("19860926 201505 1 001")) == "198609262015051001"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("19701201200121001", "NIP harus 18 angka; yang tertulis 17 angka."),
        ("1986092620150510011", "NIP harus 18 angka; yang tertulis 19 angka."),
        ("", "NIP belum diisi."),
        ("   ", "NIP belum diisi."),
        ("...", "NIP harus 18 angka; yang tertulis 0 angka."),
        (
            "19860926201505100A",
            "NIP hanya boleh berisi angka 0 sampai 9; tanda “A” tidak dikenal.",
        ),
        (
            "19860926-201505-1-001",
            "NIP hanya boleh berisi angka 0 sampai 9; tanda “-” tidak dikenal.",
        ),
        ("199013012015051001", "Bulan lahir 13 tidak ada (angka ke-5 dan ke-6)."),
        ("199000012015051001", "Bulan lahir 00 tidak ada (angka ke-5 dan ke-6)."),
        (
            "198602302015051001",
            "Tanggal lahir 30-02-1986 tidak ada (angka ke-7 dan ke-8).",
        ),
        (
            "190002292015051001",
            "Tahun lahir 1900 terlalu lama (angka ke-1 sampai ke-4).",
        ),
        (
            "195001011949051001",
            "Tahun pengangkatan 1949 terlalu lama (angka ke-9 sampai ke-12).",
        ),
        (
            "198609262015131001",
            "Angka ke-13 dan ke-14 tidak dikenal: 13. PNS memakai bulan 01 sampai 12, "
            "PPPK memakai 21 ke atas.",
        ),
        (
            "198609262015001001",
            "Angka ke-13 dan ke-14 tidak dikenal: 00. PNS memakai bulan 01 sampai 12, "
            "PPPK memakai 21 ke atas.",
        ),
        (
            "198609262015053001",
            "Angka ke-15 harus 1 (laki-laki) atau 2 (perempuan); yang tertulis 3.",
        ),
        (
            "198609262015050001",
            "Angka ke-15 harus 1 (laki-laki) atau 2 (perempuan); yang tertulis 0.",
        ),
        (
            "200109262015091001",
            "Umur saat diangkat menjadi 14 tahun; seharusnya 15 sampai 65 tahun. "
            "Periksa tahun lahir dan tahun pengangkatan.",
        ),
        (
            "195001012016011001",
            "Umur saat diangkat menjadi 66 tahun; seharusnya 15 sampai 65 tahun. "
            "Periksa tahun lahir dan tahun pengangkatan.",
        ),
    ],
)
def test_a_wrong_nip_is_refused_in_plain_words(typed, reason):
    assert reason_for(typed) == reason


@pytest.mark.parametrize(("text", "age"), [("200009262015091001", 15), ("195001012015121001", 65)])
def test_the_outermost_ages_at_appointment_are_accepted(text, age):
    nip = read_nip(text)

    assert int(nip.appointed[:4]) - nip.born.year == age


@pytest.mark.parametrize(
    "spoilt",
    [
        "1.98609262015051E+17",
        "1,98609262015051E+17",
        "1.98609E17",
        "198609262015051001.0",
        "198609262015051000",
        1.98609262015051e17,
        198609262015051001,
        None,
    ],
)
def test_a_number_that_a_spreadsheet_spoilt_names_excel(spoilt):
    assert "Excel" in reason_for(spoilt)
    assert "Teks" in reason_for(spoilt)


@pytest.mark.parametrize(
    "digits",
    ["١٩٨٦٠٩٢٦٢٠١٥٠٥١٠٠١", "１９８６０９２６２０１５０５１００１", "19860926201505100²"],
    ids=["arabic", "full width", "superscript"],
)
def test_digits_of_other_scripts_are_refused(digits):
    assert reason_for(digits).startswith("NIP hanya boleh berisi angka 0 sampai 9")


@given(st.text() | st.from_regex(r"[12][09]\d{16}", fullmatch=True))
def test_any_text_is_either_read_or_refused(text):
    with suppress(InvalidNip):
        nip = read_nip(text)

        assert read_nip(nip.spaced) == nip


@given(
    born=st.dates(date(1950, 1, 1), date(2004, 12, 31)),
    age=st.integers(16, 64),
    code=st.sampled_from([f"{n:02}" for n in [*range(1, 13), *range(21, 100)]]),
    sex=st.sampled_from("12"),
    serial=st.integers(1, 999),
)
def test_every_well_formed_nip_is_read_back(born, age, code, sex, serial):
    text = f"{born:%Y%m%d}{born.year + age}{code}{sex}{serial:03}"

    nip = read_nip(text)

    assert (nip.born, nip.serial, nip.text) == (born, serial, text)
    assert nip.kind == ("PNS" if int(code) <= 12 else "PPPK")
    assert nip.appointed == (f"{born.year + age}-{code}" if nip.kind == "PNS" else str(born.year + age))


def test_a_number_is_told_as_excel_shows_it_here():
    with pytest.raises(InvalidNip) as refused:
        read_nip(1.97307231997072e17)

    assert "(1,97307E+17)" in refused.value.reason
