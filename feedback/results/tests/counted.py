"""What the tallies say of any days, exactly: for tests of the counting. No page asks so (ADR 0024)."""

from feedback.results.index import satisfaction_index
from feedback.results.queries import asked_if_needed, folded, services_below, summed
from feedback.results.rollup import read_elements, read_respondents


def keys_of(unit, service):
    return [service.pk] if service else list(services_below(unit).values_list("pk", flat=True))


def answer_counts(*, unit=None, service=None, start, end):
    """{element: {1: n, 2: n, 3: n, 4: n}} for the nine elements, of answers from `start` to `end` (both included)."""
    read = read_elements(keys_of(unit, service), start, end)
    asked = asked_if_needed(read)
    return summed(folded(part, asked) for parts in read.values() for part in parts.values())


def spread_of(*, unit=None, service=None, start, end):
    read = read_respondents(keys_of(unit, service), start, end)
    return [each for parts in read.values() for part in parts.values() for each in part]


def index_of(*, unit=None, service=None, start, end):
    keys = {"unit": unit, "service": service, "start": start, "end": end}
    return satisfaction_index(answer_counts(**keys), spread=spread_of(**keys))
