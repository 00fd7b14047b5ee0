"""What a colleague would say about a plan before it is submitted, in plain words. Pure."""

from .reading import MOST_RESULTS, Draft, Finding, Line, between_results, draft_of, findings_in

__all__ = ["MOST_RESULTS", "Draft", "Finding", "Line", "between_results", "draft_of", "findings_in"]
