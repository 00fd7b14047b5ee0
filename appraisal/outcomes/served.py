"""The months an official served at each level: from his posts and his states of service."""

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from agencies.people.models import Assignment, ServiceState
from agencies.structure.models import Post
from appraisal.rulebook.outcome_rules import LEVELS
from appraisal.rulebook.queries import value_on

from .credit import months_served

FUNCTIONAL = (Post.Kind.EXPERT, Post.Kind.SKILLED)
KNOWN_LEVELS = tuple(code for code, _ in LEVELS)
# No credit meanwhile: without the duty to be appraised, or set free from the post for study leave.
NOT_SERVING = (*ServiceState.WITHOUT_DUTY, ServiceState.Kind.STUDY_LEAVE)


def served_in(year, terms):
    """[credit.Served] of `terms_at_levels` by the rule of that year."""
    return months_served(year, terms, least_days=value_on("credit_days_of_a_month", date(year, 12, 31)))


def terms_at_levels(employee, year, *, today=None):
    """[(level, first day, last day)] on duty in the year, up to today. Two queries."""
    today = today or timezone.localdate()
    start, end = date(year, 1, 1), min(date(year, 12, 31), today)
    if end < start:
        return []
    span = DateRange(start, end, "[]")
    held = functional_posts(employee).filter(term__overlap=span).order_by("term")
    away = ServiceState.objects.known().filter(employee=employee, kind__in=NOT_SERVING, term__overlap=span)
    gaps = [days_of(each.term) for each in away]
    found = []
    for each in held:
        first, last = days_of(each.term)
        found += [(each.post.level, *piece) for piece in without((max(first, start), min(last, end)), gaps)]
    return found


def functional_posts(employee):
    """The definitive functional posts with a known level that `employee` ever held."""
    held = Assignment.objects.known().filter(employee=employee, kind=Assignment.Kind.DEFINITIVE)
    return held.filter(post__kind__in=FUNCTIONAL, post__level__in=KNOWN_LEVELS).select_related("post__unit")


def days_of(term):
    """Both days included; an open term goes on."""
    return term.lower or date.min, (term.upper - timedelta(days=1)) if term.upper else date.max


def without(term, gaps):
    """What remains of (first, last) outside of `gaps`."""
    pieces = [term]
    for gap_first, gap_last in gaps:
        remaining = []
        for first, last in pieces:
            if gap_last < first or gap_first > last:
                remaining.append((first, last))
                continue
            if first < gap_first:
                remaining.append((first, gap_first - timedelta(days=1)))
            if gap_last < last:
                remaining.append((gap_last + timedelta(days=1), last))
        pieces = remaining
    return pieces


def holds_on(employee, day):
    """The functional Assignment of that day, or None."""
    return functional_posts(employee).filter(term__contains=day).first()
