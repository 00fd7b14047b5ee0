"""A city with one clinic and one service, and the official questionnaire."""

from datetime import date

from django.utils import timezone

from agencies.structure.actions import add_unit
from feedback.citizens.elements import Element
from feedback.citizens.reference_data import QUESTIONS, fill
from feedback.services.actions import add_service
from feedback.services.codes import Code, kept
from feedback.services.models import CodeSheet

ALL_FOURS = dict.fromkeys(Element.values, 4)


def build_service(slug="ibu-dan-anak"):
    fill()
    start = date(2020, 1, 1)
    city = add_unit(parent=None, kind="city", code="KOTA", name="Kota", valid_from=start, by="test")
    agency = add_unit(parent=city, kind="agency", code="DINKES", name="Dinas", valid_from=start, by="test")
    return add_service(unit=agency, name="Pelayanan ibu dan anak", slug=slug, by="test")


def official_questions():
    """The official nine as propose_questionnaire takes them."""
    return [
        {
            "element": element,
            "text": text,
            "hint": hint,
            "hint_ambon": hint_ambon,
            **{f"option_{value}": words for value, words in enumerate(options, 1)},
        }
        for element, text, options, hint, hint_ambon in QUESTIONS
    ]


def local_question(label, key, replaces=""):
    words = {
        f"option_{value}": answer
        for value, answer in enumerate(("Buruk", "Kurang", "Baik", "Sangat baik"), 1)
    }
    return {
        "element": key,
        "local_label": label,
        "replaces": replaces,
        "text": f"Bagaimana pendapat Anda tentang {label.lower()}?",
        **words,
    }


def code_for(service, text="ABCDE23456"):
    """A one-time code of the service for a visit today, as typed."""
    today = timezone.localdate()
    sheet = CodeSheet.objects.create(
        service=service,
        unit=service.unit,
        first_day=today,
        last_day=today,
        expires_on=today,
        made_on=today,
        given=1,
    )
    kept(Code(token="token-of-the-code", typed=text), sheet).save(force_insert=True)
    return text
