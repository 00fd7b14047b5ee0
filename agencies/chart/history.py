"""What a unit or a post was on which days, as a story with both clocks: what is so, and what was taken back."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from agencies.structure.two_clocks import earlier

CORRECTED, REPLANNED = "diralat", "rencana ini diubah"


@dataclass(frozen=True)
class Told:
    """One version. `fate` says in words what became of it ("" while it counts), `on` when (WIT)."""

    version: object
    words: str
    fate: str = ""
    on: date | None = None

    @property
    def recorded_at(self):
        return self.version.recorded.lower


def told_history(versions, *, words, facts):
    """[Told] of all `versions` of one thing, latest first.

    A row that was only cut, because something else holds from a later day on, is no news and left out; one that said
    something else about a day that had already passed was corrected. `words` tells a version, `facts` what counts.
    """
    story = []
    for version in versions:
        if version.counts:
            story.append(Told(version, words(version)))
        elif fate := fate_of(version, versions, facts):
            story.append(Told(version, words(version), fate, day_of(version.recorded.upper)))
    return sorted(
        story, key=lambda told: (told.version.term.lower, not told.fate, told.recorded_at), reverse=True
    )


def fate_of(version, versions, facts):
    """What became of a row that no longer counts: CORRECTED, REPLANNED, or "" when it was only cut."""
    closed = version.recorded.upper
    begun, closed_on = day_of(version.recorded.lower), day_of(closed)
    after = [
        other
        for other in versions
        if other.recorded.lower <= closed and (other.recorded.upper is None or other.recorded.upper > closed)
    ]
    if version.term.lower >= closed_on:
        return "" if begun == closed_on or says_the_same(version, None, after, facts) else REPLANNED
    return "" if says_the_same(version, closed_on, after, facts) else CORRECTED


def says_the_same(version, until, after, facts):
    """Do the rows `after` say the same as `version` about every day of its term, up to `until`?"""
    end = earlier(version.term.upper, until)
    at = version.term.lower
    for other in sorted(after, key=lambda other: other.term.lower):
        if facts(other) == facts(version) and other.term.lower <= at:
            if other.term.upper is None or (end is not None and other.term.upper >= end):
                return True
            at = max(at, other.term.upper)
    return end is not None and at >= end


def day_of(moment):
    return timezone.localdate(moment)
