"""A result of the cast's "self", decided, handed over, received and objected to, all by the real acts."""

from datetime import date

from django.utils import timezone

from agencies.access.tests.cast import build_cast, synthetic_nip
from agencies.people.actions import assign, hire, open_account
from agencies.structure.actions import add_post, add_unit
from ambon_kinerja.tests.remembered import remembered
from appraisal.cycle.actions import plan_period
from appraisal.monitoring.actions import add_evidence_file, give_feedback
from appraisal.monitoring.tests.agreed_plan import agreed_plan, moment, pdf
from appraisal.objections import actions
from appraisal.rulebook import reference_data
from appraisal.scoring.matrix import Rating
from appraisal.scoring.models import Evaluation, ResultRating
from appraisal.scoring.queries import suggestion_for
from appraisal.scoring.receipt import canonical_text, sha256_of
from appraisal.scoring.receipt.contents import receipt_of

LONG_AGO = date(2020, 1, 1)
# The window of the third quarter of 2026 is open until the end of 10 October, in WIT.
NOW = "2026-09-21T10:00:00+09:00"
FIRST_REASON = "Alasan penilaian pertama yang rahasia."


def add_head(cast, name, number, *, under="mayor", unit=None):
    """Another head of an agency of his own, so that there is somebody to draw."""
    units, posts = cast["self"].cast_units, cast["self"].cast_posts
    unit = unit or add_unit(
        parent=units["city"], kind="agency", code=name.upper(), name=f"Badan {name.title()}",
        valid_from=LONG_AGO, by="test",
    )  # fmt: skip
    post = add_post(
        unit=unit,
        code=name,
        name=f"Kepala {name}",
        kind="jpt",
        by="test",
        leads_unit=True,
        superior=posts[under],
    )
    person = hire(name=f"Pejabat {name.title()}", nip=synthetic_nip(number), kind="pns", by="test")
    assign(person, post=post, start=LONG_AGO, by="test")
    cast[name] = open_account(email=f"{name}@contoh.test", name=person.name, by="test", employee=person)
    return person


@remembered
def build_plan():
    """(cast, skp, period): an agreed plan with evidence and feedback. Call it at NOW."""
    reference_data.fill()
    cast = build_cast()
    period = plan_period(
        year=2026, number=3, opens_at=moment("2026-09-15T00:00:00+09:00"),
        closes_at=moment("2026-10-11T00:00:00+09:00"), by="test",
    )  # fmt: skip
    skp = agreed_plan(cast["self"], by=cast["appraiser"], main=2, additional=0)
    first = skp.results.first()
    add_evidence_file(
        first,
        period=period,
        title="Rekap oleh Orang Self",
        dated=period.starts_on,
        upload=pdf(),
        by=cast["self"],
    )
    give_feedback(
        skp, period=period, by=cast["appraiser"], giver="leader", tone="positive", result=first,
        given_on=period.starts_on,
        text="Orang Self rajin; dinilai di atas ekspektasi. NIP 19800101 200501 1 903.",
    )  # fmt: skip
    return cast, skp, period


def decided(skp, period, appraiser, *, rated_by=Evaluation.RatedBy.APPRAISER, work=Rating.BELOW):
    """A final evaluation as the act of making it final leaves it, without the way there."""
    draft = Evaluation.objects.create(
        skp=skp, period=period, appraiser=appraiser.employee, rated_by_role=rated_by, suggested_rating=work,
        work_rating=work, work_reason=FIRST_REASON, behaviour_rating=Rating.MEETS, behaviour_reason=FIRST_REASON,
        predikat="butuh_perbaikan" if work == Rating.BELOW else "baik", note="Ikuti pelatihan.",
    )  # fmt: skip
    rows = {
        result.pk: ResultRating.objects.create(
            evaluation=draft, result=result, rating=work, reason=FIRST_REASON
        )
        for result in skp.results.all()
    }
    results = list(skp.results.all())
    draft.receipt = canonical_text(receipt_of(draft, suggestion_for(results, rows)))
    draft.receipt_sha256 = sha256_of(draft.receipt)
    draft.state, draft.finalised_at = Evaluation.State.FINAL, timezone.now()
    draft.save()
    return draft


def signed(cast, skp, period, **facts):
    appraiser = facts.pop("appraiser", cast["appraiser"])
    return actions.open_document(decided(skp, period, appraiser, **facts), by=appraiser)


def again(record):
    return type(record)._default_manager.get(pk=record.pk)


def received(cast, skp, period, **facts):
    document = signed(cast, skp, period, **facts)
    actions.hand_over(document, by=facts.get("appraiser", cast["appraiser"]))
    return actions.receive(again(document), by=cast["self"])


def filed(cast, skp, period, **facts):
    document = received(cast, skp, period, **facts)
    objection = actions.start_objection(document, by=cast["self"])
    saved = actions.save_objection(
        objection,
        version=objection.version,
        reasons="Target tercapai, lihat rekap.",
        cited=[],
        by=cast["self"],
    )
    return actions.file_objection(saved, version=saved.version, by=cast["self"])


def ready(cast, skp, period, **facts):
    """Filed, explained, and read by the second reader if there is one."""
    objection = filed(cast, skp, period, **facts)
    actions.explain(objection, text="Saya menilai menurut rekap.", by=cast["appraiser"])
    reading = objection.readings.first()
    if reading.reader_id:
        give(reading)
    return again(objection)


def give(reading, rating=Rating.MEETS):
    by = reading.reader.user
    saved = actions.save_reading(
        reading, version=reading.version, ratings={1: rating, 2: rating}, work_rating=rating,
        behaviour_rating=rating, reason="Rekap menunjukkan target tercapai.", by=by,
    )  # fmt: skip
    return actions.give_reading(saved, version=saved.version, by=by)


def changed(cast, objection, **facts):
    return actions.decide_objection(
        objection,
        **{
            "changes": True,
            "reason": "Bukti menunjukkan target tercapai.",
            "recommendation": "Pertahankan.",
            "work_rating": Rating.MEETS,
            "behaviour_rating": Rating.MEETS,
            "by": cast["superior"],
        }
        | facts,
    )


def upheld(cast, objection, **facts):
    return actions.decide_objection(
        objection, **{"changes": False, "reason": "Tidak ada bukti baru.", "by": cast["superior"]} | facts
    )
