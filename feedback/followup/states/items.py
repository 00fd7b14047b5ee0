"""The life of one promised improvement: done or not done, and done after all."""

from ambon_kinerja.lifecycle.steps import Step

from ..models import FollowUpItem
from ..rules import may_write_item

RECORD = "feedback.FollowUpItem"
State = FollowUpItem.State

COMPLETE = Step("complete", "Sudah dilaksanakan", (State.PLANNED, State.NOT_DONE), State.DONE, may_write_item)
MISS = Step("miss", "Belum dilaksanakan", (State.PLANNED, State.NOT_DONE), State.NOT_DONE, may_write_item)
STEPS = (COMPLETE, MISS)
