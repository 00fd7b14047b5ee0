"""Drafting an agreement: its goals with their indicators, its budget; and wording the city's programmes."""

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState

from ..models import BudgetLine, Goal, GoalIndicator, PerformanceAgreement, PriorityProgramme
from ..queries import goals_above
from ..rules import may_change_programmes, may_write_agreement

FIRST_YEAR = 2022  # PermenPANRB 6/2022 is in force since February 2022
INDICATOR_FIELDS = ("statement", "target", "baseline", "method", "source")


class Conflict(Exception):
    """The record changed since it was read. `stored` is it as it is now, None when it is gone."""

    def __init__(self, stored):
        self.stored = stored
        super().__init__("Bagian ini sudah diubah sejak Anda membukanya.")


@transaction.atomic
def start_agreement(unit, *, year, by):
    """The agreement of `unit` for `year`: a new draft, or the one that exists already."""
    if not may_write_agreement(by, unit):
        raise NotAllowed("Perjanjian Kinerja disusun oleh pimpinan unit, admin unit, atau BKPSDM.")
    latest = timezone.localdate().year + 1
    if not FIRST_YEAR <= year <= latest:
        raise StepRefused(f"Tahun harus antara {FIRST_YEAR} dan {latest}.")
    agreement, is_new = PerformanceAgreement.objects.get_or_create(unit=unit, year=year)
    if is_new:
        record_event("agreement.start", agreement, by=by, details={"unit": unit.pk, "year": year})
    return agreement


@transaction.atomic
def save_goal(
    agreement, *, by, statement, programme=None, supports=None, indicators=(), goal=None, version=None
):
    """Add a goal, or replace the text and indicators of `goal`; returns it as stored.

    Raises Conflict when `goal` is no longer at `version` (None: whichever), unless just this text is stored already.
    """
    locked = locked_draft(agreement, by)
    sent = {
        "statement": statement.strip(),
        "programme": programme,
        "supports": supports,
        "indicators": [{name: one.get(name, "").strip() for name in INDICATOR_FIELDS} for one in indicators],
    }
    if goal is not None:
        stored = locked.goals.filter(pk=goal.pk).first()
        if stored is None or (version is not None and stored.version != version):
            if stored is not None and goal_content(stored) == sent:
                return stored
            raise Conflict(stored)
    else:
        twin = next((one for one in locked.goals.all() if goal_content(one) == sent), None)
        if twin is not None:  # a button pressed twice doubles nothing
            return twin
        last = locked.goals.aggregate(last=Max("position"))["last"] or 0
        stored = Goal(agreement=locked, position=last + 1)
    if supports is not None and not goals_above(locked, day=timezone.localdate()).filter(pk=supports.pk):
        raise StepRefused("Pilih sasaran unit di atas Anda dari daftar.")
    is_new = stored.pk is None
    stored.statement, stored.programme, stored.supports = sent["statement"], programme, supports
    stored.version += 0 if is_new else 1
    store_goal(stored)
    stored.indicators.all().delete()
    GoalIndicator.objects.bulk_create(
        GoalIndicator(goal=stored, position=position, **one)
        for position, one in enumerate(sent["indicators"], start=1)
    )
    count_change(locked)
    record_event(
        "agreement.add_goal" if is_new else "agreement.change_goal",
        locked,
        by=by,
        details={"goal": stored.pk, "statement": stored.statement},
    )
    return stored


def store_goal(goal):
    """The database alone knows of a link that another window has made meanwhile."""
    try:
        with transaction.atomic():
            goal.save()
    except IntegrityError as error:
        if "circle" in str(error):
            raise StepRefused(
                "Sasaran ini sudah mendukung sasaran Anda, langsung atau tidak langsung."
            ) from error
        raise


@transaction.atomic
def remove_goal(goal, *, by):
    agreement = locked_draft(goal.agreement, by)
    stored = agreement.goals.filter(pk=goal.pk).first()
    if stored is None:
        raise StepRefused("Sasaran ini sudah dihapus.")
    if stored.supported_by.exists():
        raise StepRefused("Sasaran unit lain mendukung sasaran ini, jadi tidak bisa dihapus.")
    if stored.results.exists():
        raise StepRefused("Sasaran ini dipakai dalam SKP, jadi tidak bisa dihapus.")
    record_event(
        "agreement.remove_goal", agreement, by=by, details={"goal": stored.pk, "statement": stored.statement}
    )
    stored.delete()
    count_change(agreement)


@transaction.atomic
def save_budget_line(agreement, *, by, name, amount, line=None, version=None):
    """Add a programme or activity with its rupiah, or change `line`. Raises Conflict like `save_goal`."""
    locked = locked_draft(agreement, by)
    name = name.strip()
    if line is not None:
        stored = locked.budget_lines.filter(pk=line.pk).first()
        if stored is None or (version is not None and stored.version != version):
            if stored is not None and (stored.name, stored.amount) == (name, amount):
                return stored
            raise Conflict(stored)
        stored.version += 1
    else:
        twin = locked.budget_lines.filter(name=name, amount=amount).first()
        if twin is not None:
            return twin
        last = locked.budget_lines.aggregate(last=Max("position"))["last"] or 0
        stored = BudgetLine(agreement=locked, position=last + 1)
    stored.name, stored.amount = name, amount
    stored.save()
    count_change(locked)
    record_event("agreement.save_budget", locked, by=by, details={"name": name, "amount": amount})
    return stored


@transaction.atomic
def remove_budget_line(line, *, by):
    agreement = locked_draft(line.agreement, by)
    stored = agreement.budget_lines.filter(pk=line.pk).first()
    if stored is None:
        raise StepRefused("Baris anggaran ini sudah dihapus.")
    record_event("agreement.remove_budget", agreement, by=by, details={"name": stored.name})
    stored.delete()
    count_change(agreement)


@transaction.atomic
def change_programme(programme, *, by, name, is_confirmed, version=None):
    """Word a priority programme and say whether the words are the official ones."""
    if not may_change_programmes(by):
        raise NotAllowed("Program prioritas hanya diubah oleh BKPSDM.")
    stored = PriorityProgramme.objects.select_for_update().get(pk=programme.pk)
    name = name.strip()
    if (stored.name, stored.is_confirmed) == (name, is_confirmed):
        return stored
    if version is not None and stored.version != version:
        raise Conflict(stored)
    before = {"name": stored.name, "is_confirmed": stored.is_confirmed}
    stored.name, stored.is_confirmed, stored.version = name, is_confirmed, stored.version + 1
    stored.save()
    record_event(
        "programme.change",
        stored,
        by=by,
        details={"before": before, "after": {"name": name, "is_confirmed": is_confirmed}},
    )
    return stored


def goal_content(goal):
    """A stored goal as `save_goal` is given it, to be compared and shown."""
    return {
        "statement": goal.statement,
        "programme": goal.programme,
        "supports": goal.supports,
        "indicators": [
            {name: getattr(one, name) for name in INDICATOR_FIELDS} for one in goal.indicators.all()
        ],
    }


def locked_draft(agreement, by):
    """The agreement, locked, if `by` may write it now: state first, then right, as `take` does."""
    locked = PerformanceAgreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if locked.state != PerformanceAgreement.State.DRAFT:
        raise WrongState(
            f"Perjanjian Kinerja ini dalam keadaan “{locked.get_state_display()}”, jadi tidak bisa diubah."
        )
    if not may_write_agreement(by, locked.unit):
        raise NotAllowed("Perjanjian Kinerja disusun oleh pimpinan unit, admin unit, atau BKPSDM.")
    return locked


def count_change(locked):
    PerformanceAgreement.objects.filter(pk=locked.pk).update(version=F("version") + 1)
    locked.version += 1
