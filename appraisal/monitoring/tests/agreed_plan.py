"""An agreed plan of the cast's "self" with an open quarter, built through the actions."""

from datetime import datetime
from decimal import Decimal
from io import BytesIO

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from agencies.access.tests.cast import build_cast
from ambon_kinerja.tests.remembered import remembered
from appraisal.cycle.actions import plan_period
from appraisal.planning.actions import agree_skp, draft_skp, save_result, set_expectation, submit_skp
from appraisal.rulebook import reference_data
from appraisal.rulebook.models import BehaviourValue

# The third quarter is appraised from 15 September until the end of 10 October 2026, in WIT.
NOW = "2026-09-21T10:00:00+09:00"
OPENS, CLOSES = "2026-09-15T00:00:00+09:00", "2026-10-11T00:00:00+09:00"


def moment(text):
    return datetime.fromisoformat(text)


@remembered
def build_plan(*, main=3, additional=1):
    """(cast, skp, period). Call it at NOW: who appraises whom depends on the day."""
    reference_data.fill()
    cast = build_cast()
    period = plan_period(year=2026, number=3, opens_at=moment(OPENS), closes_at=moment(CLOSES), by="test")
    skp = agreed_plan(cast["self"], by=cast["appraiser"], main=main, additional=additional)
    return cast, skp, period


def agreed_plan(user, *, by, main=3, additional=1):
    skp = draft_skp(user.employee, year=2026, by=user)
    kinds = ["main"] * main + ["additional"] * additional
    for number, kind in enumerate(kinds, start=1):
        skp.refresh_from_db()
        save_result(
            skp,
            by=user,
            version=skp.version,
            kind=kind,
            statement=f"Ibu hamil mendapat layanan nomor {number}",
            # A leader's plan names a perspective for each, and that of the budget always (page 29).
            indicators=[indicator(number) | ({"perspective": "budget"} if skp.is_for_leader else {})],
        )
    skp.refresh_from_db()
    set_expectation(skp, value=BehaviourValue.objects.first(), text="Ramah kepada setiap pasien", by=by)
    submit_skp(skp, by=user)
    skp.refresh_from_db()
    agree_skp(skp, by=by)
    skp.refresh_from_db()
    return skp


def indicator(number):
    return {
        "aspect": "quantity",
        "statement": f"Jumlah ibu yang dilayani {number}",
        "direction": "higher",
        "target_low": Decimal("100"),
        "target_high": Decimal("100"),
        "unit": "orang",
    }


def at(text=NOW):
    return time_machine.travel(moment(text), tick=False)


def pdf(name="laporan.pdf"):
    import pikepdf

    out = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out, deterministic_id=True)  # the same file, also a second later
    return SimpleUploadedFile(name, out.getvalue())


def picture(kind="JPEG", name="foto.jpg", **more):
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, kind, **more)
    return SimpleUploadedFile(name, out.getvalue())


def today():
    return timezone.localdate()
