"""Complaints about "self" for the access table, in the lane of the inspector and of the manager above his unit."""

from types import SimpleNamespace

from feedback.complaints.restricted.actions import ask_seal, open_seal
from feedback.complaints.restricted.models import SealOpening
from feedback.complaints.restricted.tests.scene import carry


def build_conduct(cast):
    file = SimpleNamespace(name="foto.png", content_type="image/png", content=b"uji")
    received = carry(cast, "received", key="a", attachments=[file])
    decided = carry(cast, "decided", key="b")
    asked = carry(cast, "reply_asked", key="c")
    for case in (received, decided):
        request = ask_seal(case, part=SealOpening.Part.REPORTER, reason="Uji", by=cast["inspector"])
        open_seal(request, by=cast["complaint_manager"])
    # Asked for by somebody else: both persons of the lane come to open it.
    waiting = ask_seal(decided, part=SealOpening.Part.NAMED, reason="Uji", by=cast["inspector"])
    return {
        "conduct_received": received.pk,
        "conduct_examined": carry(cast, "fact_finding", key="d").pk,
        "conduct_decided": decided.pk,
        "conduct_letter": asked.letters.get().pk,
        "conduct_file": received.attachments.get().pk,
        "conduct_part": SealOpening.Part.REPORTER.value,
        "conduct_opening": waiting.pk,
    }
