"""The agency of the cast with drafts in its clinic, and a session about them."""

from datetime import date

from agencies.access.tests.cast import LONG_AGO, synthetic_nip
from agencies.people.actions import assign, hire, open_account
from ambon_kinerja.tests.remembered import remembered
from appraisal.calibration.actions import add_items, call_session
from appraisal.monitoring.tests.agreed_plan import build_plan
from appraisal.planning.models import Skp
from appraisal.planning.terms import whole_year
from appraisal.scoring.actions import start_evaluation
from appraisal.scoring.matrix import PREDIKAT, Rating
from appraisal.scoring.models import Evaluation

ABOVE, MEETS, BELOW = Rating.ABOVE, Rating.MEETS, Rating.BELOW


@remembered
def build_drafts(*, members=0):
    """(cast, period, {name: draft}): "self" and "peer" are being rated, and so many more members of the clinic."""
    cast, plan, period = build_plan()
    drafts = {
        name: rated(start_evaluation(skp, period=period, by=cast["appraiser"]))
        for name, skp in (("self", plan), ("peer", agreed(cast["peer"].employee, cast)))
    }
    return cast, period, drafts | add_drafts(cast, period, members)


def add_drafts(cast, period, members):
    """{name: draft} of so many more members of the clinic."""
    found = {}
    for number in range(members):
        plan = agreed(add_member(cast, number).employee, cast)
        found[f"member{number}"] = rated(start_evaluation(plan, period=period, by=cast["appraiser"]))
    return found


def agreed(employee, cast, *, by="appraiser"):
    """An agreed plan without results: what is counted and compared here are ratings."""
    return Skp.objects.create(
        employee=employee,
        unit=cast["self"].cast_units["clinic"],
        post_name="Bidan",
        state=Skp.State.AGREED,
        appraiser=cast[by].employee,
        agreed_at="2026-01-20T08:00:00+09:00",
        **whole_year(2026),
    )


def add_member(cast, number):
    name = f"member{number}"
    person = hire(name=f"Anggota {number:03}", nip=synthetic_nip(50 + number), kind="pns", by="test")
    assign(person, post=cast["self"].cast_posts["peer"], start=LONG_AGO, by="test")
    cast[name] = open_account(email=f"{name}@contoh.test", name=person.name, by="test", employee=person)
    return cast[name]


def rated(draft, work=MEETS, behaviour=MEETS):
    Evaluation.objects.filter(pk=draft.pk).update(
        work_rating=work,
        behaviour_rating=behaviour,
        behaviour_reason="Konsisten.",
        suggested_rating=work,
        version=2,
    )
    draft.refresh_from_db()
    return draft


def finished(draft):
    """The draft as a final result, by the matrix."""
    Evaluation.objects.filter(pk=draft.pk).update(
        state="final",
        predikat=PREDIKAT[Rating(draft.work_rating), Rating(draft.behaviour_rating)],
        work_reason="Uji.",
        receipt="{}",
        receipt_sha256="0" * 64,
        finalised_at="2026-09-21T10:00:00+09:00",
    )
    draft.refresh_from_db()
    return draft


def called(cast, period, drafts=()):
    """The session of the agency: its head and the head of its clinic take part."""
    session = call_session(
        cast["self"].cast_units["health"],
        period=period,
        held_on=date(2026, 9, 25),
        agenda="Membandingkan draf triwulan III",
        by=cast["superior"],
    )
    add_items(session, evaluations=[draft.pk for draft in drafts], by=cast["superior"])
    return session
