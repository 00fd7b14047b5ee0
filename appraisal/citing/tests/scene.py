"""A plan with a service beside it, and how one cites it."""

from dataclasses import dataclass
from datetime import date

from appraisal.citing.actions import cite_voice
from appraisal.citing.evidence import heard_about
from appraisal.rulebook.models import BehaviourValue
from feedback.followup.tests.scene import answered
from feedback.results.actions import refresh_running

JULY = date(2026, 7, 6)


@dataclass
class Scene:
    cast: dict
    skp: object
    period: object
    service: object

    def answered(self, count, *, day=JULY, **values):
        """Paper forms, and the estimate of the running quarter brought up to date."""
        answered(self.service, count, day=day, **values)
        refresh_running()

    def pieces(self):
        return {piece.source: piece for piece in heard_about(self.skp, self.period).pieces}

    def cite(self, by="appraiser", *, piece=None, **more):
        facts = {"tone": "mixed", "reason": "Ia mengatur antrean", "value": BehaviourValue.objects.first()}
        if "result" in more:
            del facts["value"]
        return cite_voice(
            self.skp,
            period=self.period,
            piece=piece or self.pieces()["service"].key,
            by=self.cast[by],
            **(facts | more),
        )
