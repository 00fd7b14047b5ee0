"""The life of a plan: draft → submitted → agreed, with a way back (PermenPANRB 6/2022 art. 14)."""

from ambon_kinerja.lifecycle.steps import Step

from .models import Skp
from .rules import is_appraiser_today, is_owner

RECORD = "appraisal.Skp"
State = Skp.State

SUBMIT = Step("submit", "Ajukan SKP", (State.DRAFT, State.RETURNED), State.SUBMITTED, is_owner)
WITHDRAW = Step("withdraw", "Tarik kembali", (State.SUBMITTED,), State.DRAFT, is_owner)
RETURN = Step(
    "return", "Kembalikan", (State.SUBMITTED,), State.RETURNED, is_appraiser_today, needs_reason=True
)
AGREE = Step("agree", "Sepakati SKP", (State.SUBMITTED,), State.AGREED, is_appraiser_today)

STEPS = (SUBMIT, WITHDRAW, RETURN, AGREE)
