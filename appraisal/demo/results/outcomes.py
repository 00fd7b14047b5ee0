"""What follows from results: earlier years from e-Kinerja, credit that officials bring, potentials, and conversions."""

from datetime import date
from decimal import Decimal

from agencies.people.reporting_line import appraiser_on
from ambon_kinerja.lifecycle.steps import StepRefused
from appraisal.outcomes.actions import (
    prepare_assessment,
    prepare_conversions,
    record_balance,
    record_past_result,
    record_potential,
    save_particulars,
    sign_form,
)
from appraisal.outcomes.queries import unit_today

# post: (level, credit brought into it, decree)
CREDIT = {
    "bidan-penyelia": ("penyelia", "62.50", "821.2/112/2022"),
    "bidan-mahir": ("mahir", "40.00", "821.2/113/2022"),
    "bidan-terampil": ("terampil", "12.50", "821.2/114/2022"),
    "nutrisionis": ("mahir", "31.25", "821.2/115/2022"),
    "dokter": ("ahli_muda", "88.40", "821.2/116/2022"),
    "adminkes": ("ahli_muda", "102.75", "821.2/117/2022"),
    "kepsek": ("ahli_madya", "168.00", "821.2/118/2022"),
    "guru-muda": ("ahli_muda", "141.25", "821.2/119/2022"),
}
LEVELS = {post: level for post, (level, _, _) in CREDIT.items()} | {
    "kapuskesmas": "ahli_madya",
    "guru-pertama": "ahli_pertama",
    "adb": "ahli_pertama",
    "analis-sdm": "ahli_pertama",
    "auditor": "ahli_muda",
    "prakom": "ahli_muda",
    "sekda": "ii_a",
}
# By turn: the predikat of the last three years, as e-Kinerja has them; one in six has no earlier year.
EARLIER = (
    ("baik", "baik", "baik"),
    ("sangat_baik", "baik", "baik"),
    ("sangat_baik", "sangat_baik", "baik"),
    ("baik", "butuh_perbaikan", "baik"),
    ("baik", "sangat_baik", "butuh_perbaikan"),
    (),
)
POTENTIALS = ("high", "medium", "low", "medium", "high", None, "medium")
SOURCE, ASSESSOR = "e-Kinerja BKN", "Unit asesmen kompetensi (contoh)"
BIRTH_PLACES = ("Ambon", "Masohi", "Tual", "Saparua")


def conclude(people, today, office):
    """Entered by the office, prepared by it and signed by the appraisers, as in the months after a year."""
    everybody = [(post, person) for post, holders in people.items() for person in holders]
    everybody = [each for each in everybody if each[1].user != office and each[1].kind != "pejabat"]
    for number, (_, person) in enumerate(everybody):
        unit = unit_today(person)
        for back, predikat in enumerate(EARLIER[number % len(EARLIER)], start=1):
            enter_year(person, unit, today.year - back, predikat, office)
        enter_potential(person, unit, POTENTIALS[number % len(POTENTIALS)], today, office)
    for number, post in enumerate(CREDIT):
        credit_of(people[post][0], post, BIRTH_PLACES[number % len(BIRTH_PLACES)], today, office)


def enter_year(person, unit, year, predikat, office):
    """Not where the system has a result of its own."""
    facts = {"work_rating": "", "behaviour_rating": "", "source": SOURCE, "document": ""}
    try:
        record_past_result(person, unit=unit, by=office, year=year, predikat=predikat, **facts)
    except StepRefused:
        return


def enter_potential(person, unit, potential, today, office):
    if potential is None:
        return
    record_potential(
        person,
        unit=unit,
        by=office,
        potential=potential,
        source=ASSESSOR,
        document="",
        assessed_on=date(today.year - 1, 8, 14),
    )


def credit_of(person, post, birth_place, today, office):
    """What an official brings, the conversions that are due, and a PAK."""
    level, amount, decree = CREDIT[post]
    unit, appraiser = unit_today(person), appraiser_on(person, today)
    save_particulars(
        person,
        unit=unit,
        by=office,
        version=0,
        card_number="",
        birth_place=birth_place,
        education="S-1",
        rank_since=date(2021, 10, 1),
        service_years=8,
        service_months=4,
    )
    record_balance(
        person,
        unit=unit,
        by=office,
        level=level,
        amount=Decimal(amount),
        as_of=date(2022, 12, 31),
        decree=decree,
        decree_date=date(2023, 3, 6),
        note="Integrasi angka kredit konvensional",
    )
    try:
        for form in prepare_conversions(person, year=today.year - 1, unit=unit, by=office):
            sign_form(form, by=appraiser.user)
    except StepRefused:  # the last year was not appraised here
        pass
    pak = prepare_assessment(person, level=level, until=date(today.year - 1, 12, 31), unit=unit, by=office)
    if post != "bidan-mahir":  # one is left for the appraiser to sign
        sign_form(pak, by=appraiser.user)
