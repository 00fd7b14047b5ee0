"""Taking a voice into the record: frozen, dated, with a reason, tied to a result or a value. It changes no rating."""

import hashlib

from django.db import transaction
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed
from appraisal.monitoring.actions import Refused, give_feedback
from appraisal.monitoring.models import Feedback
from appraisal.monitoring.rules import days_of

from .evidence import heard_about
from .models import VoiceCitation
from .rules import why_not_cite

LONGEST_REASON = 500
GONE = "Bahan itu tidak ada lagi, atau jawabannya belum cukup. Pilih yang lain."
BY_OTHERS = (VoiceCitation.Source.COLLEAGUES,)


@transaction.atomic
def cite_voice(skp, *, period, piece, tone, reason, by, result=None, value=None):
    """The VoiceCitation of the piece with this key, as it stands now; sent twice it is the same.

    The employee is told and answers it as any feedback. Raises NotAllowed, or Refused (piece, reason, about, tone).
    """
    if wrong := why_not_cite(by, skp, period):
        raise NotAllowed(wrong)
    errors, reason = {}, reason.strip()
    if not reason:
        errors["reason"] = "Tulis mengapa bahan ini penting untuk penilaian."
    elif len(reason) > LONGEST_REASON:
        errors["reason"] = f"Tulis paling banyak {LONGEST_REASON} huruf."
    found = heard_about(skp, period).piece(piece)
    if found is None:
        errors["piece"] = GONE
    if errors:
        raise Refused(errors)
    feedback = give_feedback(
        skp,
        period=period,
        giver=Feedback.Giver.OTHER if found.source in BY_OTHERS else Feedback.Giver.SERVED,
        tone=tone,
        text=f"{found.text}\nAlasan dikutip: {reason}",
        given_on=min(timezone.localdate(), days_of(skp, period)[1]),
        by=by,
        result=result,
        value=value,
    )
    if known := VoiceCitation.objects.filter(feedback=feedback).first():
        return known
    citation = VoiceCitation.objects.create(
        feedback=feedback,
        source=found.source,
        reason=reason,
        frozen=found.frozen,
        sha256=hashlib.sha256(found.frozen.encode()).hexdigest(),
    )
    details = {"feedback": feedback.pk, "source": found.source, "sha256": citation.sha256}
    record_event("voice.cite", skp, by=by, details=details)
    return citation
