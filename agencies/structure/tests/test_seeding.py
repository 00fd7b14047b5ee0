from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from agencies.structure import ambon
from agencies.structure.actions import add_post, add_unit, change_unit
from agencies.structure.models import Post, PostVersion, Unit
from agencies.structure.seeding import seed_organisation

pytestmark = pytest.mark.django_db


def test_the_list_has_20_kelurahan_in_four_of_five_kecamatan():
    assert [len(villages) for villages in ambon.DISTRICTS.values()] == [8, 10, 1, 1, 0]


def test_every_code_of_the_list_is_named_once_and_every_parent_before_its_children():
    codes = [code for code, *_ in ambon.units()]
    seen = set()
    for code, parent, *_ in ambon.units():
        assert parent is None or parent in seen, code
        seen.add(code)

    assert len(codes) == len(seen)
    assert {unit for _, unit, *_ in ambon.posts()} <= seen


def test_an_empty_organisation_is_filled_and_what_is_uncertain_is_marked():
    added = seed_organisation(by="test")

    assert added == (Unit.objects.count(), Post.objects.count()) == (67, 71)
    assert Unit.objects.get(code="DINKES").is_confirmed
    assert not Unit.objects.get(code="DUKCAPIL").is_confirmed
    assert not Unit.objects.get(code="KEL-SILALE").is_confirmed
    lurah = Post.objects.get(code="pimpinan-kel-rijali")
    assert (lurah.name, lurah.kind, lurah.superior.name) == ("Lurah Rijali", "pengawas", "Camat Sirimau")
    assert lurah.superior.superior.name == "Sekretaris Daerah"
    assert Post.objects.get(code="pimpinan-bag-hukum").superior.code == "asisten-1"
    led = PostVersion.objects.known().filter(leads_unit=True).values("unit").distinct().count()
    assert led == Unit.objects.count()


def test_filling_again_adds_nothing_and_keeps_what_was_edited():
    seed_organisation(by="test")
    change_unit(Unit.objects.get(code="DISKAN"), on=date(2026, 1, 1), name="Dinas Kelautan", by="test")
    count = PostVersion.objects.count()

    assert seed_organisation(by="test") == (0, 0)
    assert Unit.objects.get(code="DISKAN").name == "Dinas Kelautan"
    assert PostVersion.objects.count() == count


def test_a_city_that_is_there_keeps_its_mayor_and_the_heads_it_has():
    city = add_unit(parent=None, kind="city", code="C", name="Kota", valid_from=date(2022, 1, 3), by="test")
    mayor = add_post(unit=city, code="w", name="Wali Kota", kind="kepala_daerah", leads_unit=True, by="test")
    health = add_unit(
        parent=city, kind="agency", code="DINKES", name="Dinkes", valid_from=date(2022, 1, 3), by="test"
    )
    add_post(unit=health, code="k", name="Kadis", kind="jpt", leads_unit=True, superior=mayor, by="test")

    seed_organisation(by="test")

    assert Unit.objects.filter(kind="city").count() == 1
    assert list(Post.objects.filter(unit=health).values_list("code", flat=True)) == ["k"]
    assert Post.objects.get(code="sekda").superior == mayor
    assert Unit.objects.get(code="SETDA").valid_from == date(2022, 1, 3)


def test_the_command_says_what_it_added():
    out = StringIO()

    call_command("seed_organisation", stdout=out)

    assert out.getvalue() == "67 unit dan 71 jabatan ditambahkan.\n"
