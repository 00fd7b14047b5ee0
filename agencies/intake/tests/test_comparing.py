"""Who is gone, and what is suspicious."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from agencies.intake.actions import apply_import, choose_endings, receive_upload
from agencies.intake.comparing.suspicions import falls, is_nearly
from agencies.people.actions import end_assignment
from agencies.people.models import Assignment, Employee
from agencies.people.tests.organisation import hold, make_employee, make_post
from ambon_kinerja.lifecycle.steps import StepRefused

from .test_actions import apply_now, city, office, receive, terms  # noqa: F401
from .workbook_files import nip_number, workbook_of

pytestmark = pytest.mark.django_db
START = date(2026, 1, 2)


def suspicions(batch):
    return [(line["row"], line["label"]) for line in batch.changes["suspicious"]]


def gone(batch):
    return [line["name"] for line in batch.changes["gone"]]


# --- gone -----------------------------------------------------------------------------------------


@pytest.fixture
def left_behind(city):  # noqa: F811
    hold(make_employee("Ani Lama"), city.posts["PERAWAT"], start=START)
    hold(make_employee("Budi Guru"), city.posts["GURU"], start=START)
    return city


def test_a_file_covers_the_agencies_that_occur_in_it(left_behind):
    assert gone(receive({})) == ["Ani Lama"]


def test_with_a_tick_it_covers_the_city(left_behind):
    batch = receive_upload(workbook_of({}), file_name="x.xlsx", by="test", covers_all=True)

    assert sorted(gone(batch)) == ["Ani Lama", "Budi Guru"]  # in the order of units, whose keys grow a digit


def test_the_office_of_an_agency_never_sees_who_is_gone_elsewhere(left_behind):
    user = office(left_behind.health)

    batch = receive_upload(workbook_of({}), file_name="x.xlsx", by=user, covers_all=True)

    assert gone(batch) == ["Ani Lama"]


def test_heads_without_nip_and_rows_at_fault_are_not_gone(left_behind):
    hold(make_employee("Wali", nip=None, kind="pejabat"), left_behind.posts["BIDAN"], start=START)
    ani = Employee.objects.get(name="Ani Lama")

    assert gone(receive({}, {"nip": ani.nip, "kind": "?"})) == []


def test_applying_leaves_the_missing_alone(left_behind):
    apply_now({})

    assert Assignment.objects.get(employee__name="Ani Lama").term.upper is None


def test_a_ticked_one_ends_with_its_last_day_when_applied(left_behind):
    batch = receive({})
    key = batch.changes["gone"][0]["assignment"]

    choose_endings(batch, offered=[key], chosen=[key], last_day=date(2026, 3, 31), by="test")
    assert Assignment.objects.get(pk=key).term.upper is None
    apply_import(batch, by="test", confirmed=True)

    (ended,) = Assignment.objects.known().filter(employee__name="Ani Lama")
    assert ended.last_day == date(2026, 3, 31)


def test_a_tick_can_be_taken_back_and_others_are_never_ended(left_behind):
    batch = receive({})
    key = batch.changes["gone"][0]["assignment"]
    other = Assignment.objects.get(employee__name="Budi Guru").pk

    batch = choose_endings(batch, offered=[key, other], chosen=[key, other], last_day=START, by="test")
    assert list(batch.endings) == [str(key)]
    batch = choose_endings(batch, offered=[key], chosen=[], last_day=None, by="test")
    assert batch.endings == {}


def test_nobody_ends_before_he_began(left_behind):
    batch = receive({})
    key = batch.changes["gone"][0]["assignment"]

    with pytest.raises(StepRefused, match="Ani Lama baru mulai 2 Januari 2026"):
        choose_endings(batch, offered=[key], chosen=[key], last_day=date(2026, 1, 1), by="test")


def test_one_who_is_no_longer_missing_stops_everything(left_behind):
    batch = receive({})
    key = batch.changes["gone"][0]["assignment"]
    choose_endings(batch, offered=[key], chosen=[key], last_day=date(2026, 3, 31), by="test")
    end_assignment(Assignment.objects.get(pk=key), last_day=date(2026, 1, 31), by="test")

    with pytest.raises(StepRefused, match="Data berubah sejak berkas dibaca"):
        apply_import(batch, by="test", confirmed=True)

    assert not Employee.objects.filter(name="Petrus Contoh").exists()


# --- suspicious -----------------------------------------------------------------------------------


def test_what_is_suspicious_has_to_be_confirmed(city):  # noqa: F811
    batch = receive({"start": (timezone.localdate() + timedelta(days=20)).strftime("%d-%m-%Y")})

    assert suspicions(batch) == [(2, "Mulai di masa depan")]
    with pytest.raises(StepRefused, match="1 hal yang mencurigakan"):
        apply_import(batch, by="test")
    apply_import(batch, by="test", confirmed=True)
    assert Employee.objects.count() == 1


def test_a_start_very_long_ago_is_suspicious(city):  # noqa: F811
    type(city.health).objects.update(valid_from=date(1970, 1, 1))

    assert suspicions(receive({"start": "02-01-1975"})) == [(2, "Mulai sangat lama")]


def test_a_falling_rank_is_suspicious_once(city):  # noqa: F811
    apply_now({"rank": "III/c"})

    assert suspicions(receive({"rank": "III/a"})) == [(2, "Pangkat turun")]
    apply_now({"rank": "III/a"})
    assert suspicions(receive({"rank": "III/a"})) == []


def test_a_new_nip_with_nearly_the_same_name_and_the_same_birth_date_is_suspicious(city):  # noqa: F811
    apply_now({"name": "Petrus Contoh, S.Kep."})

    batch = receive({"nip": "198609262015051002", "name": "Petrus Conto"})

    assert suspicions(batch) == [(2, "Mungkin orang yang sama")]
    assert "Petrus Contoh, S.Kep. (198609262015051001)" in batch.changes["suspicious"][0]["words"][0]
    assert suspicions(receive({"nip": "198609262015051002", "name": "Maria Lain"})) == []
    assert suspicions(receive({"nip": "198609272015051002", "name": "Petrus Contoh"})) == []


def test_two_in_one_file_may_be_the_same_person(city):  # noqa: F811
    batch = receive({}, {"nip": "198609262015051002"})

    assert suspicions(batch) == [(3, "Mungkin orang yang sama")]


def names(count):
    return [{"nip": nip_number(n * 999), "name": f"{chr(65 + n) * 9} Contoh"} for n in range(count)]


@pytest.mark.parametrize(("percent", "expected"), [(20, [(2, "Pindah sekaligus")]), (60, [])])
def test_a_move_of_many_at_once_is_suspicious(city, settings, percent, expected):  # noqa: F811
    settings.IMPORT_MASS_MOVE_PERCENT = percent
    people = names(6)
    apply_now(*people)

    moved = [person | {"unit": "DISDIK", "post": "GURU", "start": "01-02-2026"} for person in people[:3]]

    assert suspicions(receive(*moved)) == expected


def test_two_moves_are_no_mass_move(city):  # noqa: F811
    people = names(2)
    apply_now(*people)

    moved = [person | {"unit": "DISDIK", "post": "GURU", "start": "01-02-2026"} for person in people]

    assert suspicions(receive(*moved)) == []


def test_replacing_the_leader_of_a_unit_is_suspicious(city):  # noqa: F811
    lead = make_post(city.health, city.posts["GURU"], code="PIMPIN", name="Kepala", leads_unit=True)
    hold(make_employee("Kepala Lama"), lead, start=START)

    batch = receive({"post": "PIMPIN", "start": "01-02-2026"})

    assert suspicions(batch) == [(2, "Pemimpin unit diganti")]
    assert "Kepala Lama" in batch.changes["suspicious"][0]["words"][0]


def test_two_leaders_of_one_unit_in_one_file_are_suspicious(city):  # noqa: F811
    make_post(city.health, city.posts["GURU"], code="PIMPIN", name="Kepala", leads_unit=True)
    one, other = ({**person, "post": "PIMPIN"} for person in names(2))

    assert suspicions(receive(one, other)) == [(3, "Dua pemimpin unit")]


def test_a_warning_that_was_not_shown_stops_everything(city):  # noqa: F811
    batch = receive({"nip": "198609262015051002", "name": "Petrus Conto"})
    apply_now({})

    with pytest.raises(StepRefused, match=r"Baris 2 .*mirip Petrus Contoh"):
        apply_import(batch, by="test", confirmed=True)


def test_a_change_that_was_not_shown_stops_everything(city):  # noqa: F811
    apply_now({})
    batch = receive({})
    Employee.objects.update(name="Petrus Diubah")

    with pytest.raises(StepRefused, match=r"Data berubah sejak berkas dibaca\. Baris 2"):
        apply_import(batch, by="test", confirmed=True)

    assert Employee.objects.get().name == "Petrus Diubah"


def test_less_than_was_shown_is_fine(city):  # noqa: F811
    first, second = receive({}), receive({})
    apply_import(first, by="test")

    assert apply_import(second, by="test").counts["written"] == 0
    assert len(terms()) == 1


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Penata, III/c", "Penata Muda, III/a", True),
        ("Penata Muda, III/a", "Penata, III/c", False),
        ("Pembina, IV/a", "IX", False),
        ("X", "IX", True),
        ("", "IX", False),
    ],
)
def test_ranks_are_held_against_each_other_in_one_scale_only(before, after, expected):
    assert falls(before, after) is expected


def test_titles_do_not_make_names_alike():
    assert is_nearly("Petrus Contoh, S.Kep.", "PETRUS  CONTOH")
    assert not is_nearly("Ani, A.Md.Keb., S.Kep.", "Budi, A.Md.Keb., S.Kep.")
