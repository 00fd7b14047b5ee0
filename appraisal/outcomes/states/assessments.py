"""The life of a PAK: prepared by the office, signed by the appraiser; replaced by a new one, or withdrawn."""

from .conversions import REPLACE, SIGN, WITHDRAW

RECORD = "appraisal.CreditAssessment"
STEPS = (SIGN, WITHDRAW, REPLACE)
