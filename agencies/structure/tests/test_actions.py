from datetime import date

import pytest
from django.db import IntegrityError

from agencies.structure.actions import add_post, add_unit, change_post
from agencies.structure.models import Post, Unit
from agencies.structure.refusals import NotPossible
from ambon_kinerja.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def unit(code, parent=None, kind=Unit.Kind.UNIT):
    return add_unit(parent=parent, kind=kind, code=code, name=code, valid_from=date(2026, 1, 1), by="test")


def test_a_unit_keeps_the_way_from_the_root():
    city = unit("KOTA", kind=Unit.Kind.CITY)
    agency = unit("DINKES", city, Unit.Kind.AGENCY)
    clinic = unit("PKM-1", agency)

    assert Unit.objects.get(pk=clinic.pk).path == f"{city.pk}/{agency.pk}/{clinic.pk}/"
    assert list(Unit.objects.below(agency)) == [agency, clinic]


def test_two_codes_never_name_the_same_unit():
    unit("KOTA", kind=Unit.Kind.CITY)

    with pytest.raises(IntegrityError, match="code"):
        unit("KOTA", kind=Unit.Kind.CITY)


def test_only_the_city_stands_alone():
    with pytest.raises(IntegrityError, match="only_the_city_has_no_parent"):
        unit("DINKES", kind=Unit.Kind.AGENCY)


def test_a_unit_has_one_leading_post():
    city = unit("KOTA", kind=Unit.Kind.CITY)
    add_post(unit=city, code="WK", name="Wali Kota", kind=Post.Kind.ELECTED, leads_unit=True, by="test")

    with pytest.raises(NotPossible, match="sudah punya jabatan pimpinan"):
        add_post(unit=city, code="WK2", name="Wali Kota", kind=Post.Kind.ELECTED, leads_unit=True, by="test")


def test_every_post_but_the_mayors_reports_to_one():
    city = unit("KOTA", kind=Unit.Kind.CITY)

    with pytest.raises(NotPossible, match="Pilih jabatan atasan"):
        add_post(unit=city, code="SEKDA", name="Sekretaris Daerah", kind=Post.Kind.HIGH, by="test")


def test_adding_leaves_a_trace_with_who_did_it():
    city = unit("KOTA", kind=Unit.Kind.CITY)
    add_post(unit=city, code="WK", name="Wali Kota", kind=Post.Kind.ELECTED, by="seed")

    assert list(AuditEvent.objects.values_list("action", "actor")) == [
        ("unit.add", "test"),
        ("post.add", "seed"),
    ]


def test_nobody_ends_up_above_himself():
    city = unit("KOTA", kind=Unit.Kind.CITY)
    head = add_post(unit=city, code="a", name="Atas", kind="kepala_daerah", by="test")
    middle = add_post(unit=city, code="b", name="Tengah", kind="pelaksana", superior=head, by="test")
    low = add_post(unit=city, code="c", name="Bawah", kind="pelaksana", superior=middle, by="test")

    with pytest.raises(NotPossible, match="berputar"):
        change_post(middle, on=date(2026, 3, 1), superior=low, by="test")
