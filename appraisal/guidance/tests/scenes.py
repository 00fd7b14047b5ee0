"""Guidance brought to a state by the people themselves."""

from datetime import timedelta

from django.utils import timezone

from appraisal.guidance import actions
from appraisal.guidance.competences import fixed_rows

from .records import FILLED


def an_open_guidance(cast, *, kind="coaching", guide=None, **facts):
    """Planned by the appraiser of "self"; guided by himself, or by `guide` (a name of the cast)."""
    chosen = {
        "kind": kind,
        "topic": "Komplain di ruang bersalin",
        "guide": cast[guide].employee if guide else None,
        "meets_at": timezone.now() - timedelta(hours=2),
        "place": "Ruang rapat",
    }
    return actions.open_guidance(cast["self"].employee, by=cast["appraiser"], **(chosen | facts))


def a_filled_guidance(cast, *, guide=None, adjust="tidak"):
    guidance = an_open_guidance(cast, guide=guide)
    step = FILLED["guide_part"]["langkah"][0] | {"penyesuaian": adjust}
    actions.save_part(
        guidance, part="employee", content=FILLED["employee_part"], version=1, by=cast["self"], is_ready=True
    )
    return actions.save_part(
        guidance, part="guide", content={"langkah": [step]}, version=1, by=cast[guide or "appraiser"]
    )


def a_signed_guidance(cast, **shape):
    guidance = a_filled_guidance(cast, **shape)
    versions = (guidance.employee_version, guidance.guide_version)
    return actions.sign(guidance, versions=versions, by=cast[shape.get("guide") or "appraiser"])


def a_done_guidance(cast, **shape):
    return actions.confirm(a_signed_guidance(cast, **shape), by=cast["self"])


def all_answers(answer="ya"):
    return dict.fromkeys(range(1, 10), (answer, ""))


def all_rows(score=3, reason="Cukup"):
    rows = [*fixed_rows(), ("technical", 1, "Asuhan persalinan")]
    return [
        {"group": group, "position": position, "name": name, "score": score, "reason": reason}
        for group, position, name in rows
    ]
