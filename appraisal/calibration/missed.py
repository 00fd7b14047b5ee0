"""Who was not evaluated when a period closed, for the superior who steps in and for the appraiser who did not."""

from django.db.models import Exists, OuterRef

from appraisal.scoring.models import Evaluation

from .counting import DECIDED
from .models import MissedEvaluation


def still_open(missed):
    """Without those whose evaluation has become final since."""
    decided = Evaluation.objects.filter(
        skp__employee=OuterRef("employee"), period=OuterRef("closing__period"), state__in=DECIDED
    )
    return missed.exclude(Exists(decided))


def waiting_for(person):
    """The missed evaluations for which `person` was told to step in as the appraiser's superior."""
    return still_open(MissedEvaluation.objects.filter(superior=person))


def missed_by(person):
    """Those `person` himself should have made."""
    return still_open(MissedEvaluation.objects.filter(appraiser=person))
