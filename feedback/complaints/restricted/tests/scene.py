"""A complaint about "self" of the cast, carried to any state by the two persons of its lane."""

import json

from django.db import connection

from feedback.complaints.restricted import actions
from feedback.complaints.restricted.models import RestrictedCase
from feedback.complaints.restricted.queries import outcomes_asked, outcomes_from
from feedback.complaints.restricted.sealing import mark_of

FIRST, SECOND = "inspector", "complaint_manager"
LANE = (FIRST, SECOND)
TEXT = "Saya datang pukul sembilan. Mama Rina di loket dua membentak saya dan melempar berkas saya ke lantai."
NAMED = "Mama Rina, loket dua"
CONTACT = "Yosep Latu, 081234567890"
SUBSTANCE = "Seorang warga merasa diperlakukan kasar saat menyerahkan berkas."
FINDING = "Rekaman kamera menunjukkan berkas dilempar. Perbuatan itu tidak pantas."
ANSWER = "Saya lelah dan menyesal."
STATES = ("received", "fact_finding", "reply_asked", "replied", "decided", "closed")


def a_case(cast, *, key="kunci", named=NAMED, unit="clinic", **facts):
    return actions.receive(
        service=None, unit=cast["self"].cast_units[unit], text=TEXT, named=named, sending_key=key, **facts
    )


def open_part(cast, case, part, *, first=FIRST, second=SECOND):
    opening = actions.ask_seal(case, part=part, reason="Untuk pencarian fakta", by=cast[first])
    return actions.open_seal(opening, by=cast[second])


def recognised(cast, case, officer="self"):
    """The officer is known: written as the service would, where one person of the lane cannot open alone yet."""
    key = cast[officer].employee.pk
    RestrictedCase.objects.filter(pk=case.pk).update(officer=str(key), officer_mark=mark_of(key))
    case.refresh_from_db()
    return case


def carry(cast, state, *, key="kunci", outcome="substantiated", **facts):
    """A complaint about "self" in `state`, whose officer was told by the counter."""
    facts = {"contact": CONTACT, "consent": True, "named": cast["self"].employee} | facts
    case = a_case(cast, key=key, **facts)
    for each in STATES[1 : STATES.index(state) + 1]:
        case = onward(cast, case, each, outcome)
    return case


def onward(cast, case, state, outcome="substantiated"):
    """One step further, to `state`."""
    by = cast[FIRST]
    if state == "fact_finding":
        return actions.begin(case, by=by)
    if state == "reply_asked":
        return actions.ask_reply(case, substance=SUBSTANCE, by=by).case
    if state == "replied":
        return actions.reply(case.letters.get(kind="reply"), text=ANSWER, by=cast["self"]).case
    if state == "decided":
        return actions.decide(case, outcome=outcome, finding=FINDING, by=by)
    return actions.close(case, by=by)


def substantiated_about(employee, start, end):
    with connection.cursor() as cursor:
        sql, parameters = outcomes_asked(employee, start, end)
        cursor.execute(f"SELECT {sql}", parameters)
        return outcomes_from(json.loads(cursor.fetchone()[0]))
