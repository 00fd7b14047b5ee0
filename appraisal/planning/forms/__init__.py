"""What the browser may send about a plan, by the page that sends it."""

from .results import (
    MOST_INDICATORS,
    ExpectationForm,
    IndicatorForm,
    ReasonForm,
    ResultForm,
    indicator_formset,
    shortened,
    typed_rows,
    version_seen,
)

__all__ = [
    "MOST_INDICATORS",
    "ExpectationForm",
    "IndicatorForm",
    "ReasonForm",
    "ResultForm",
    "indicator_formset",
    "shortened",
    "typed_rows",
    "version_seen",
]
