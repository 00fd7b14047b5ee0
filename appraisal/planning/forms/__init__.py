"""What the browser may send about a plan, by the page that sends it."""

from .results import (
    MOST_INDICATORS,
    IndicatorForm,
    ResultForm,
    format_of,
    indicator_formset,
    shortened,
    typed_rows,
)
from .words import AdjustmentForm, ExpectationForm, FormatForm, LinksForm, ReasonForm

__all__ = [
    "MOST_INDICATORS",
    "AdjustmentForm",
    "ExpectationForm",
    "FormatForm",
    "IndicatorForm",
    "LinksForm",
    "ReasonForm",
    "ResultForm",
    "format_of",
    "indicator_formset",
    "shortened",
    "typed_rows",
]
