"""The tables of what follows from results: credit, what is known from outside, proposals, and files of lists."""

from .career import PastResult, PotentialAssessment, RewardProposal
from .credit import CreditAssessment, CreditBalance, CreditConversion, CreditParticulars
from .files import OutcomeFile

__all__ = [
    "CreditAssessment",
    "CreditBalance",
    "CreditConversion",
    "CreditParticulars",
    "OutcomeFile",
    "PastResult",
    "PotentialAssessment",
    "RewardProposal",
]
