"""A final result of the agreed plan, decided through the actions."""

from ambon_kinerja.tests.remembered import remembered
from appraisal.monitoring.tests.agreed_plan import build_plan
from appraisal.scoring.actions import finalise, start_evaluation

from .test_actions import complete


@remembered
def a_final():
    """(cast, skp, period, evaluation). Call it at agreed_plan.NOW."""
    cast, skp, period = build_plan()
    draft = complete(start_evaluation(skp, period=period, by=cast["appraiser"]), cast["appraiser"])
    return cast, skp, period, finalise(draft, version=draft.version, by=cast["appraiser"])
