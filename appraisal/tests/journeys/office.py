"""Two puskesmas alike, each with a head and sixteen of his staff, so that a journey can be made twice."""

from decimal import Decimal

from django.utils import timezone

from agencies.people.actions import assign, hire, open_account
from agencies.structure.actions import add_post, add_unit
from appraisal.demo.city import midnight, open_window
from appraisal.demo.organisation import person_name, person_nip
from appraisal.demo.people import PASSWORD, SINCE, address_of
from appraisal.planning.actions import agree_skp, draft_skp, save_result, submit_skp
from feedback.services.periods import quarter_of

BY = "test"
PLACES = ("satu", "dua")
DRAFTING, WRITING, AGREED = 3, 1, 12
MOST_STAFF = 20
EXAMINED = "Ibu hamil di wilayah kerja mendapat pemeriksaan kehamilan sesuai standar"


def build_office():
    city = add_unit(
        parent=None, kind="city", code="KOTA", name="Pemerintah Kota Ambon", valid_from=SINCE, by=BY
    )
    post = add_post(
        unit=city, code="wali-kota", name="Wali Kota", kind="kepala_daerah", leads_unit=True, by=BY
    )
    mayor = add_person(0, post, "wali-kota")
    for number, place in enumerate(PLACES):
        build_place(city, post, mayor, place, number * MOST_STAFF + 1)
    quarter = quarter_of(timezone.localdate())
    open_window(quarter, BY, closes_at=midnight(quarter.following().end))


def name_of(place, number):
    """Of one of the staff, who signs in as bidan-PLACE-NUMBER."""
    return person_name(PLACES.index(place) * MOST_STAFF + 1 + number)


def build_place(city, above, mayor, place, first):
    """The head's plan is agreed; of his staff some have an empty draft, one has nothing, twelve have agreed plans."""
    facts = {"kind": "agency", "code": f"PKM-{place}", "name": f"Puskesmas {place.title()} (contoh)"}
    unit = add_unit(parent=city, valid_from=SINCE, by=BY, **facts)
    leading = {"name": "Kepala Puskesmas", "kind": "jf_keahlian", "leads_unit": True, "superior": above}
    serving = {"name": "Bidan Terampil", "kind": "jf_keterampilan", "leads_unit": False}
    leads = add_post(unit=unit, code=f"kepala-{place}", by=BY, **leading)
    serves = add_post(unit=unit, code=f"bidan-{place}", superior=leads, by=BY, **serving)
    head = add_person(first, leads, f"kepala-{place}")
    served = write_plan(head, perspective="served")
    agree_skp(submit_skp(served.skp, by=head), by=mayor)
    for number in range(1, DRAFTING + WRITING + AGREED + 1):
        person = add_person(first + number, serves, f"bidan-{place}-{number}")
        if number <= DRAFTING:
            draft_skp(person.employee, year=timezone.localdate().year, by=person)
        elif number > DRAFTING + WRITING:
            own = write_plan(person, parent=served, aspect="quantity")
            agree_skp(submit_skp(own.skp, by=person), by=head)


def write_plan(person, *, parent=None, **kind):
    """The only result of a new plan; a leader's has an indicator about the budget besides."""
    skp = draft_skp(person.employee, year=timezone.localdate().year, by=person)
    indicators = [indicator("Ibu hamil yang diperiksa sedikitnya enam kali", "90", **kind)]
    if skp.is_for_leader:
        indicators.append(indicator("Penyerapan anggaran", "95", perspective="budget"))
    return save_result(
        skp,
        by=person,
        version=skp.version,
        kind="main",
        statement=EXAMINED,
        parent=parent,
        indicators=indicators,
    )


def indicator(statement, target, **kind):
    numbers = {
        "direction": "higher",
        "target_low": Decimal(target),
        "target_high": None,
        "unit": "persen",
    }
    return {"statement": statement} | numbers | kind


def add_person(number, post, account):
    elected = post.kind == "kepala_daerah"
    employee = hire(
        name=person_name(number),
        nip=None if elected else person_nip(number),
        kind="pejabat" if elected else "pns",
        rank="" if elected else "Pengatur, II/c",
        by=BY,
    )
    assign(employee, post=post, start=SINCE, by=BY)
    return open_account(
        email=address_of(account), name=employee.name, password=PASSWORD, employee=employee, by=BY
    )
