"""The life of a plan: written, then published; what is published stays."""

from ambon_kinerja.lifecycle.steps import Step

from ..models import FollowUpPlan
from ..rules import may_write_plan

RECORD = "feedback.FollowUpPlan"
State = FollowUpPlan.State

PUBLISH = Step("publish", "Terbitkan", (State.DRAFT,), State.PUBLISHED, may_write_plan)
STEPS = (PUBLISH,)
