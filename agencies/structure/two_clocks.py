"""Facts with two clocks: `term` says on which days something is so, `recorded` since when the system has known it.

A row is added and never edited. A change or a correction closes the old row (`recorded` gets an end) and adds rows that
say what is known from now on. So every question can be asked twice: how is it, and how did we know it at a moment.
"""

from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.db.models import Q
from django.utils import timezone

PRESENT = "infinity"  # the moment at which every row that still counts is known

MORE_THAN_CLOSED = """(
    (to_jsonb(OLD) - 'recorded') IS DISTINCT FROM (to_jsonb(NEW) - 'recorded')
    OR NOT upper_inf(OLD.recorded) OR lower(NEW.recorded) IS DISTINCT FROM lower(OLD.recorded)
)"""


def from_now():
    return DateTimeTZRange(timezone.now(), None)


def added_never_edited():
    """Triggers for a table of facts: a row may be closed once, nothing else; it stays for ever."""
    return [
        pgtrigger.Protect(
            name="a_fact_is_closed_never_edited",
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(MORE_THAN_CLOSED),
        ),
        pgtrigger.Protect(name="a_fact_is_never_deleted", operation=pgtrigger.Delete),
    ]


class DatedFactQuerySet(models.QuerySet):
    def known(self, at=None):
        """The rows that counted at the moment `at`; None: those that count now."""
        return self.filter(recorded__upper_inf=True) if at is None else self.filter(recorded__contains=at)

    def on(self, day, known_at=None):
        """What is so on `day`, as known at `known_at` (None: now)."""
        return self.known(known_at).filter(term__contains=day)

    def close(self, at=None):
        """Let these rows count no longer from `at` (None: now); returns that moment.

        The moment is later than every row's beginning, so that no row is closed before it was known.
        """
        rows = list(self.known().select_for_update(of=("self",)).order_by("pk"))
        begun = [row.recorded.lower + timedelta(microseconds=1) for row in rows]
        at = max([at or timezone.now(), *begun])
        for row in rows:
            row.recorded = DateTimeTZRange(row.recorded.lower, at)
        self.model._base_manager.bulk_update(rows, ["recorded"], batch_size=500)
        return at

    def rewrite(self, *, span, changes, at=None, **why):
        """In that part of these rows that lies in the DateRange `span` let `changes` be so; None: nothing at all.

        Every row that overlaps is closed and replaced: what remains of it before and after as it was, the part
        inside with the changes and with `why` (recorded_by, reason, decree, decree_date). Returns the rows added.
        """
        touched = list(
            self.known().filter(term__overlap=span).select_for_update(of=("self",)).order_by("term")
        )
        at = self.model._default_manager.filter(pk__in=[row.pk for row in touched]).close(at)
        added = []
        for row in touched:
            for term, is_inside in pieces(row.term, span):
                if not is_inside:
                    added.append(row.once_more(term=term, at=at))
                elif changes is not None:
                    added.append(row.once_more(term=term, at=at, **changes, **why))
        return self.model._default_manager.bulk_create(added)


class DatedFact(models.Model):
    """What is so in `term` (its upper bound excluded, an open one has none), as known in `recorded`."""

    term = DateRangeField("masa berlaku")
    recorded = DateTimeRangeField("masa tercatat", default=from_now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="dicatat oleh",
    )
    decree = models.CharField("nomor keputusan", max_length=80, blank=True)
    decree_date = models.DateField("tanggal keputusan", null=True, blank=True)
    reason = models.CharField("alasan", max_length=300, blank=True)

    objects = DatedFactQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def last_day(self):
        """The last day of the term, or None while it is open."""
        return self.term.upper - timedelta(days=1) if self.term.upper else None

    @property
    def counts(self):
        """Is this row still what is known?"""
        return self.recorded.upper is None

    def once_more(self, *, at, **changes):
        """An unsaved row like this one, known from `at` on."""
        facts = {
            field.attname: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if not field.primary_key
        }
        row = type(self)(**facts | {"recorded": DateTimeTZRange(at, None)})
        for name, value in changes.items():
            setattr(row, name, value)
        return row


def has_a_beginning(name):
    return models.CheckConstraint(condition=Q(term__isempty=False, term__lower_inf=False), name=name)


def pieces(term, span):
    """`term` cut by `span`, in order: [(DateRange, lies inside)]; both have a beginning, either may be open."""
    start, end = max(term.lower, span.lower), earlier(term.upper, span.upper)
    cut = [
        (DateRange(term.lower, start), False) if term.lower < start else None,
        (DateRange(start, end), True),
        (DateRange(end, term.upper), False) if end is not None and end != term.upper else None,
    ]
    return [piece for piece in cut if piece]


def earlier(one, other):
    """The earlier of two upper bounds, of which None is the latest."""
    return min((bound for bound in (one, other) if bound is not None), default=None)
