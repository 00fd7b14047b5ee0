"""The credit account of an official: what he brought, what was added, and how far it reaches."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, Sum
from django.utils import timezone

from agencies.people.models import Employee

from .credit import LEVEL_WORDS, Standing, standing
from .lines import tables_on
from .models import CreditAssessment, CreditBalance, CreditConversion
from .models.credit import LIVING

ZERO = Decimal("0.00")


@dataclass
class Account:
    """Of one level: `conversions` signed ones, oldest first; `overtaken`: those whose evaluation was replaced."""

    employee: Employee
    level: str
    balance: CreditBalance | None
    conversions: list
    total: Decimal
    standing: Standing

    @property
    def level_words(self):
        return LEVEL_WORDS[self.level]

    @property
    def overtaken(self):
        return [each for each in self.conversions if each.needs_review]


def account_of(employee, level, *, until=None):
    """The Account of `employee` at `level` up to `until` (None: today). Four queries."""
    day = until or timezone.localdate()
    balance = CreditBalance.objects.counting().filter(employee=employee, level=level, as_of__lte=day).first()
    conversions = list(
        CreditConversion.objects.signed()
        .filter(employee=employee, level=level, last_day__lte=day)
        .select_related("evaluation__period")
        .defer("evaluation__receipt")
        .order_by("first_day")
    )
    total = sum((each.credit for each in conversions), balance.amount if balance else ZERO)
    return Account(
        employee,
        level,
        balance,
        conversions,
        total,
        standing(level=level, rank=employee.rank, total=total, tables=tables_on(day)),
    )


def totals_of(levels):
    """{employee pk: total} for {employee pk: level}: for a page of officials. Two queries."""
    at_level = Q(pk__in=[])
    for employee, level in levels.items():
        at_level |= Q(employee=employee, level=level)
    totals = dict.fromkeys(levels, ZERO)
    balances = CreditBalance.objects.counting().filter(at_level).values_list("employee", "amount")
    sums = CreditConversion.objects.signed().filter(at_level).order_by().values_list("employee")
    for employee, amount in (*balances, *sums.annotate(Sum("credit"))):
        totals[employee] += amount
    return totals


def with_review(assessments):
    """PAKs with `wants_review`: something they count was replaced, withdrawn, or rests on a replaced evaluation."""
    counted = CreditConversion.objects.filter(assessments=OuterRef("pk"))
    moved = Q(state__in=("replaced", "withdrawn")) | Q(evaluation__state="superseded", reviewed_at=None)
    return assessments.annotate(wants_review=Exists(counted.filter(moved)))


def assessments_to_review():
    """Living PAKs that want a look."""
    return with_review(CreditAssessment.objects.filter(state__in=LIVING)).filter(wants_review=True)
