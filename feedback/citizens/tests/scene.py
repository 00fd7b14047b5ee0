"""A city with one clinic and one service, and the official questionnaire."""

from datetime import date

from agencies.structure.actions import add_unit
from feedback.citizens.elements import Element
from feedback.citizens.reference_data import fill
from feedback.services.actions import add_service

ALL_FOURS = dict.fromkeys(Element.values, 4)


def build_service(slug="ibu-dan-anak"):
    fill()
    start = date(2020, 1, 1)
    city = add_unit(parent=None, kind="city", code="KOTA", name="Kota", valid_from=start, by="test")
    agency = add_unit(parent=city, kind="agency", code="DINKES", name="Dinas", valid_from=start, by="test")
    return add_service(unit=agency, name="Pelayanan ibu dan anak", slug=slug, by="test")
