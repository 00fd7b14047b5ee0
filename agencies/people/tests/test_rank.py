import pytest

from agencies.people.rank import GOLONGAN_PPPK, PANGKAT, InvalidRank, read_rank


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("III/a", "Penata Muda, III/a"),
        ("iii/A", "Penata Muda, III/a"),
        ("Penata Muda, III/a", "Penata Muda, III/a"),
        ("Penata Muda (III/a)", "Penata Muda, III/a"),
        ("Penata Muda Tingkat I - III/b", "Penata Muda Tk. I, III/b"),
        ("pembina utama  IV / e", "Pembina Utama, IV/e"),
        ("IV/b", "Pembina Tk. I, IV/b"),
    ],
)
def test_the_rank_of_a_pns_is_read_with_its_name(text, rank):
    assert read_rank(text, is_pppk=False) == rank


@pytest.mark.parametrize("golongan", PANGKAT)
def test_every_rank_is_read_back(golongan):
    assert read_rank(read_rank(golongan, is_pppk=False), is_pppk=False) == f"{PANGKAT[golongan]}, {golongan}"


@pytest.mark.parametrize("text", ["III/e", "V/a", "IX", "III", "IIIa", "3/a", "III/a/b", "x" * 300])
def test_what_is_no_rank_of_a_pns_is_refused(text):
    with pytest.raises(InvalidRank) as refused:
        read_rank(text, is_pppk=False)

    assert refused.value.reason == "Golongan PNS ditulis I/a sampai IV/e, misalnya III/a."


def test_a_name_that_does_not_fit_is_refused():
    with pytest.raises(InvalidRank) as refused:
        read_rank("Pembina, III/a", is_pppk=False)

    assert refused.value.reason == "Golongan III/a adalah Penata Muda, bukan Pembina."


@pytest.mark.parametrize("golongan", GOLONGAN_PPPK)
def test_the_golongan_of_a_pppk_is_a_roman_number(golongan):
    assert read_rank(f"Golongan {golongan.lower()}", is_pppk=True) == golongan


@pytest.mark.parametrize("text", ["III/a", "XVIII", "9", ""])
def test_what_is_no_golongan_of_a_pppk_is_refused(text):
    with pytest.raises(InvalidRank):
        read_rank(text, is_pppk=True)
