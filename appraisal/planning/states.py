"""The life of a plan: draft → submitted → agreed, with a way back (PermenPANRB 6/2022 art. 14).

An adjustment of an agreed plan takes the same way, but ends merged into the plan, or dropped.
"""

from ambon_kinerja.lifecycle.steps import Step

from .models import Skp
from .rules import is_owner, may_agree, may_decide, may_drop, may_merge

RECORD = "appraisal.Skp"
State = Skp.State

SUBMIT = Step("submit", "Ajukan SKP", (State.DRAFT, State.RETURNED), State.SUBMITTED, is_owner)
WITHDRAW = Step("withdraw", "Tarik kembali", (State.SUBMITTED,), State.DRAFT, is_owner)
RETURN = Step("return", "Kembalikan", (State.SUBMITTED,), State.RETURNED, may_decide, needs_reason=True)
AGREE = Step("agree", "Sepakati SKP", (State.SUBMITTED,), State.AGREED, may_agree)
MERGE = Step("merge", "Sepakati penyesuaian", (State.SUBMITTED,), State.MERGED, may_merge)
DROP = Step("drop", "Batalkan penyesuaian", (State.DRAFT, State.RETURNED), State.DROPPED, may_drop)

STEPS = (SUBMIT, WITHDRAW, RETURN, AGREE, MERGE, DROP)
