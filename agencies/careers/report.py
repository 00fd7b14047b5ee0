"""Who is without the right appraiser, as the report page, its file, the weekly mail and the start page count it."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from agencies.access.directory import plain
from agencies.people.models import Assignment, Employee
from agencies.people.orphans import Fault, Orphan, orphans_on
from agencies.structure.models import Unit
from agencies.structure.queries import agencies_of, posts_below


@dataclass(frozen=True)
class Row:
    """One Orphan with where he works and the page that mends the fault."""

    orphan: Orphan
    unit: Unit | None
    agency: Unit | None
    post_name: str
    mend_at: str
    mend_words: str


def people_of(units, day):
    """The employees a report over `units` is about: everybody when the city is among them, else who works there."""
    if any(unit.parent_id is None for unit in units):
        return None
    there = Assignment.objects.on(day).filter(post__in=posts_below(units, day))
    return Employee.objects.filter(pk__in=there.values("employee"))


def orphans_of(units, day):
    """[Orphan] of `units` and below on `day`; at most ten queries."""
    return orphans_on(day, employees=people_of(units, day)) if units else []


def current_period():
    """(first day, last day) of the period in which today lies, or None; answered by the floor above."""
    return import_string(settings.CURRENT_PERIOD_DAYS)()


def days_to_choose(today=None):
    """[(key, words, day)]: today, and the last day of the running period."""
    today = today or timezone.localdate()
    days = [("hari-ini", "Hari ini", today)]
    if period := current_period():
        days.append(("periode", "Akhir periode berjalan", period[1]))
    return days


def rows_of(orphans, day):
    """[Row] for Orphans, in the order of faults, then names. Three queries for any number."""
    held = (
        Assignment.objects.on(day)
        .filter(employee__in=[each.employee.pk for each in orphans], kind__in=("definitive", "plt"))
        .select_related("post__unit")
        .order_by("-kind", "pk")
    )
    work = {assignment.employee_id: assignment.post for assignment in held}
    agencies = agencies_of({post.unit for post in work.values()})
    order = list(Fault)
    rows = [row_of(orphan, work.get(orphan.employee.pk), agencies) for orphan in orphans]
    return sorted(rows, key=lambda row: (order.index(row.orphan.fault), row.orphan.employee.name))


def row_of(orphan, post, agencies):
    address, words = mending(orphan)
    return Row(
        orphan=orphan,
        unit=post.unit if post else None,
        agency=agencies.get(post.unit.pk) if post else None,
        post_name=post.name if post else "",
        mend_at=address,
        mend_words=words,
    )


def mending(orphan):
    """(address, words) of the page on which the fault is mended at its source."""
    post, key = orphan.post, orphan.employee.pk
    if orphan.fault == Fault.NONE and post is None:
        return reverse("agencies:assignment-add", args=[key]), "Catat jabatannya"
    if orphan.fault == Fault.NONE:
        return reverse("agencies:post-appoint", args=[post.pk]), f"Isi {post.name}"
    if orphan.fault == Fault.CIRCULAR:
        return reverse("agencies:exception-add", query={"pegawai": key}), "Delegasikan penilaiannya"
    holder = orphan.holders[0].pk if orphan.holders else key
    return reverse("agencies:employee-detail", args=[holder]), "Buka pemegang jabatan"


def filtered(rows, *, unit=None, fault="", text=""):
    """Those of `rows` in or below `unit`, of that fault, whose name has all words of `text`."""
    words = [plain(word) for word in text.split() if plain(word)]
    return [
        row
        for row in rows
        if (unit is None or (row.unit is not None and row.unit.path.startswith(unit.path)))
        and (not fault or row.orphan.fault == fault)
        and all(word in plain(row.orphan.employee.name) for word in words)
    ]


def counts_by_fault(rows):
    """[(Fault, how many)] for every fault that occurs, in order."""
    found = {fault: sum(row.orphan.fault == fault for row in rows) for fault in Fault}
    return [(fault, number) for fault, number in found.items() if number]


def monday_of(day):
    return day - timedelta(days=day.weekday())
