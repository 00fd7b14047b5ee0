"""The receipt of an evaluation: built (pure), filled from the records, shown in words, and checked again."""

from .building import (
    DIRECTIONS,
    RANGE_SIGN,
    VERSION,
    canonical_text,
    evaluation_receipt,
    receipt_for,
    sha256_of,
)

__all__ = [
    "DIRECTIONS",
    "RANGE_SIGN",
    "VERSION",
    "canonical_text",
    "evaluation_receipt",
    "receipt_for",
    "sha256_of",
]
