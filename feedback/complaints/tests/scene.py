"""A letter to the clinic of the cast, carried to any state by the people who would."""

from datetime import date

from django.utils import timezone

from feedback.complaints import actions
from feedback.complaints.models import Complaint
from feedback.complaints.reference_data import fill

TEXT = "Antrean di loket dua sangat lama. Saya menunggu empat jam dan tidak dilayani."
MANAGER = "complaint_manager"
PATHS = {
    "received": (),
    "verified": ("verify",),
    "in_progress": ("verify", "begin"),
    "waiting": ("verify", "begin", "answer"),
    "done": ("verify", "begin", "answer", "accept"),
    "reopened": ("verify", "begin", "answer", "accept", "reopen"),
    "refused": ("refuse",),
    "forwarded": ("forward",),
    "transferred": ("transfer",),
    "merged": ("merge",),
}


def a_complaint(cast, *, key="kunci", unit="clinic", identity="anonymous", today=None, **facts):
    """(letter, code) as a citizen sends it."""
    if not Complaint.objects.exists():
        fill()
    facts = {"kind": "complaint", "text": TEXT} | facts
    given = actions.receive_complaint(
        unit=cast["self"].cast_units[unit], identity=identity, sending_key=key, today=today, **facts
    )
    return given.complaint, given.code


def carry(cast, state, *, key="kunci", **facts):
    """(letter, code) in `state`."""
    complaint, code = a_complaint(cast, key=key, **facts)
    for step in PATHS[state]:
        onward(cast, complaint, step, key=f"{key}-{step}")
        complaint.refresh_from_db()
    return complaint, code


def onward(cast, complaint, step, *, by=MANAGER, key="langkah", version=None, **more):
    """One step by its name, with words and partners it needs; `by` for the steps of officers."""
    officer = {"by": cast[by], "version": version or complaint.version}
    units = cast["self"].cast_units
    if step == "merge":
        main = more.pop("main", None) or a_complaint(cast, key=f"{key}-utama")[0]
        return actions.merge(complaint, main=main, **officer)
    acts = {
        "verify": lambda: actions.verify(complaint, **officer, **more),
        "begin": lambda: actions.begin(complaint, **officer),
        "ask": lambda: actions.ask(complaint, text="Hari apa itu?", **officer),
        "answer": lambda: actions.answer(complaint, text="Loket ketiga sudah dibuka.", **officer, **more),
        "close": lambda: actions.close(complaint, reason="Sudah dijawab.", **officer),
        "forward": lambda: actions.forward(
            complaint, unit=more.get("unit") or units["health"], reason="Urusan dinas.", **officer
        ),
        "refuse": lambda: actions.refuse(complaint, reason="Tidak cukup keterangan.", **officer),
        "transfer": lambda: actions.transfer(complaint, number="123", reason="Urusan provinsi.", **officer),
        "reply": lambda: actions.reply(complaint, text="Hari Senin.", key=key),
        "accept": lambda: actions.accept(complaint),
        "reopen": lambda: actions.reopen(complaint, text="Masih lama.", key=key),
    }
    return acts[step]()


def freeze(monkeypatch, day):
    """Today is `day` in this room."""
    monkeypatch.setattr(timezone, "localdate", lambda *args: day)
    return day


MONDAY = date(
    2026, 6, 8
)  # no holiday in the two weeks that follow but Tuesday 16 June, when the calendar is filled
