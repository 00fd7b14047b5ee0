"""Carrying out a change that somebody has looked at: exactly what he saw, and once however often he clicks."""

from django.db import transaction

from agencies.structure.models import Reorganisation, Unit
from agencies.structure.reorganising import take_turn

from .effects import carried_out


class EffectsChanged(Exception):
    """Between looking and clicking something else was changed; `effects` are those it would have now."""

    def __init__(self, effects):
        super().__init__("effects changed")
        self.effects = effects


def done_before(sending_key, *, by):
    """The Reorganisation that this sending has already made, or None."""
    return Reorganisation.objects.filter(sending_key=sending_key, carried_out_by=by).first()


@transaction.atomic
def carry_out(act, *, kind, words, on, seen, sending_key, by, decree="", decree_date=None, reason=""):
    """Do `act()`, whose effects on `on` have the fingerprint `seen`, and keep a Reorganisation of it; returns that.

    Raises EffectsChanged when they differ by now, and NotPossible as the act does; then nothing has changed. A
    sending that was carried out before returns what it made.
    """
    take_turn()
    if done := done_before(sending_key, by=by):
        return done
    effects, result = carried_out(act, on)
    if effects.fingerprint != seen:
        raise EffectsChanged(effects)
    return Reorganisation.objects.create(
        kind=kind,
        words=words[:300],
        first_day=on,
        decree=decree,
        decree_date=decree_date,
        reason=reason,
        effects=[effect.words for effect in effects.effects],
        sending_key=sending_key,
        unit=result if isinstance(result, Unit) else result.unit,
        carried_out_by=by,
    )
