"""The life of a conversion: prepared by the office, signed by the appraiser; replaced by a new one, or withdrawn."""

from ambon_kinerja.lifecycle.steps import Step

from ..models.credit import FormState
from ..rules import may_replace, may_sign, may_withdraw

RECORD = "appraisal.CreditConversion"

SIGN = Step("sign", "Tandatangani", (FormState.PREPARED,), FormState.SIGNED, may_sign)
WITHDRAW = Step(
    "withdraw", "Batalkan", (FormState.PREPARED,), FormState.WITHDRAWN, may_withdraw, needs_reason=True
)
REPLACE = Step(
    "replace",
    "Ganti",
    (FormState.PREPARED, FormState.SIGNED),
    FormState.REPLACED,
    may_replace,
    needs_reason=True,
)
STEPS = (SIGN, WITHDRAW, REPLACE)
