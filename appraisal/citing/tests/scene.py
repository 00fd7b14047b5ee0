"""A plan with a service beside it, and how one cites it."""

from dataclasses import dataclass
from datetime import date

from appraisal.citing.actions import cite_voice
from appraisal.citing.evidence import heard_about
from appraisal.rulebook.models import BehaviourValue
from feedback.citizens.actions import record_response
from feedback.citizens.elements import Element

JULY = date(2026, 7, 6)


@dataclass
class Scene:
    cast: dict
    skp: object
    period: object
    service: object

    def answered(self, count, *, day=JULY, low=2, **more):
        for number in range(count):
            answers = {element: low + (number + place) % 3 % 2 for place, element in enumerate(Element.values)}
            record_response(
                self.service,
                answers=answers,
                sending_key=f"{day}-{number}-{low}-{more}",
                answered_on=day,
                mode="paper",
                **more,
            )

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
