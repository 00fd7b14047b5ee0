"""Making results public: a running quarter in steps, a finished one once and for good."""

from collections import defaultdict

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from feedback.services.models import CounterDuty
from feedback.services.periods import Quarter, quarter_of

from .disclosure import LEAST_PEOPLE
from .figures import estimate, figures, since, total_mass
from .models import Grain, LockedResult, QuarterLock, RespondentTally, RunningFigure
from .queries import leaves_of, tree, voices_through
from .rollup import compact_all, hash_of, hold_still
from .rules import may_lock


class CannotLock(ValueError):
    """The quarter cannot be locked; `str()` says why, in Indonesian."""


@transaction.atomic
def lock_quarter(quarter, *, by):
    """Make the results of a finished quarter final: answers counted and hashed, figures frozen. Raises CannotLock.

    What comes later counts in the quarter in which it comes, or is only marked (ChangeAfterLock).
    """
    if not may_lock(by):
        raise CannotLock("Hanya Bagian Organisasi yang mengunci hasil survei.")
    if quarter.end >= timezone.localdate():
        raise CannotLock(f"{quarter} belum selesai.")
    hold_still()
    if QuarterLock.objects.filter(year=quarter.year, quarter=quarter.number).exists():
        raise CannotLock(f"{quarter} sudah dikunci.")
    if earlier := unlocked_before(quarter):
        raise CannotLock(f"Kunci dulu {earlier}: urutannya dari yang paling lama.")
    before = quarter.preceding()
    root, children = tree()
    found, asked = leaves_of(quarter, was_hidden=hidden_in(before))
    leaves = {("service", key): leaf for key, leaf in found.items()}
    note_what_came_since(quarter, leaves)
    shown = figures(root, children, leaves, asked) if root else {}
    digest, lines = hash_of(quarter)
    lock = QuarterLock.objects.create(
        year=quarter.year,
        quarter=quarter.number,
        locked_at=timezone.now(),
        locked_by=by,
        sha256=digest,
        responses=lines,
    )
    LockedResult.objects.bulk_create(
        LockedResult(
            lock=lock, **{f"{kind}_id": key}, counts=counts_of(leaves.get((kind, key))), figure=figure
        )
        for (kind, key), figure in shown.items()
    )
    RunningFigure.objects.filter(year=quarter.year, quarter=quarter.number).delete()
    details = {"sha256": digest, "responses": lines, "quarter": quarter.code}
    record_event("survey.lock", lock, by=by, details=details)
    return lock


def note_what_came_since(quarter, leaves):
    """Those who came since the last look at the running figure of each service."""
    looks = RunningFigure.objects.filter(year=quarter.year, quarter=quarter.number)
    days = dict(looks.values_list("service", "through"))
    for key, early in voices_through(days, quarter).items():
        leaf = leaves.get(("service", key))
        if leaf is not None:
            leaf.since = since(total_mass(leaf.all), total_mass(early))


def counts_of(leaf):
    if leaf is None:
        return {}
    return {"controlled": leaf.controlled.counts, "open": leaf.open.counts}


def unlocked_before(quarter):
    """The earliest quarter before this one with answers that is not locked, or None."""
    locked = {Quarter(year, number) for year, number in QuarterLock.objects.values_list("year", "quarter")}
    answered = RespondentTally.objects.filter(
        grain=Grain.QUARTER, first_day__lt=quarter.start, respondents__gt=0
    )
    days = answered.order_by("first_day").values_list("first_day", flat=True).distinct()
    return next((each for day in days if (each := quarter_of(day)) not in locked), None)


def hidden_in(quarter):
    """Keys of the services that some answered in a locked quarter, but too few to be told."""
    results = LockedResult.objects.filter(
        lock__year=quarter.year, lock__quarter=quarter.number, service__isnull=False, figure__reason="few"
    )
    return frozenset(results.values_list("service", flat=True))


@transaction.atomic
def refresh_running(today=None):
    """Bring what is shown of quarters that are not locked up to date, in steps of at least ten answers.

    Only whole days before today, and the last ten answers never: so that neither two looks at the page nor the final
    figure beside the last look tell what somebody answered. Returns how many figures moved.
    """
    today = today or timezone.localdate()
    compact_all()
    locked = {Quarter(year, number) for year, number in QuarterLock.objects.values_list("year", "quarter")}
    current = quarter_of(today)
    moved = 0
    for quarter in (current.preceding(), current):
        if quarter not in locked:
            moved += refresh_quarter(quarter, today)
    return moved


def refresh_quarter(quarter, today):
    shown = {
        figure.service_id: figure
        for figure in RunningFigure.objects.filter(year=quarter.year, quarter=quarter.number)
    }
    by_service = defaultdict(list)
    rows = RespondentTally.objects.filter(grain=Grain.DAY, first_day__range=(quarter.start, quarter.end))
    for key, day, count in (
        rows.values_list("service", "first_day").annotate(Sum("respondents")).order_by("first_day")
    ):
        by_service[key].append((day, count))
    steps = {}
    for key in services_with_officers(quarter):
        by_service.pop(key, None)
    for key, days in by_service.items():
        known = shown[key].respondents if key in shown else 0
        if day := day_to_show(days, known, today):
            steps[key] = day
    before = voices_through({key: shown[key].through for key in steps if key in shown}, quarter)
    for key, voices in voices_through(steps, quarter).items():
        step = since(total_mass(voices), total_mass(before[key])) if key in before else total_mass(voices)
        if not (step.is_safe(LEAST_PEOPLE) and total_mass(voices).is_safe(LEAST_PEOPLE)):
            del steps[key]
            continue
        figure = estimate(voices, whole=True)
        RunningFigure.objects.update_or_create(
            service_id=key,
            year=quarter.year,
            quarter=quarter.number,
            defaults={
                "through": steps[key],
                "respondents": voices.people,
                **{name: int(figure[name]) for name in ("index", "low", "high")},
            },
        )
    return len(steps)


def services_with_officers(quarter):
    """Services of which officers are told about their counters after the lock: nothing is shown of them before it.

    A term of duty and a look at the quarter overlap as they please; beside the figure of a counter, the look would tell
    of the few between them.
    """
    duties = CounterDuty.objects.filter(term__overlap=(quarter.start, quarter.following().start))
    return set(duties.order_by().values_list("counter__service", flat=True))


def day_to_show(days, known, today):
    """The last day before `today` up to which ten more than `known` answered and after which ten did; or None."""
    total = sum(count for _, count in days)
    until, found = 0, None
    for day, count in days:
        until += count
        if day < today and until - known >= LEAST_PEOPLE and total - until >= LEAST_PEOPLE:
            found = day
    return found
