"""What appraisal adds to the page of an employee; `agencies` knows it by name only (settings.EMPLOYEE_PAGES)."""

from django.urls import reverse

from appraisal.monitoring.rules import may_read_records
from appraisal.outcomes.queries import officials_listed, visible_histories
from appraisal.planning.models import Skp
from appraisal.planning.queries import visible_skps
from appraisal.scoring.queries import visible_evaluations


def links_for(user, employee):
    """[(words, address)]: the plans and decided evaluations of `employee` that `user` may read, newest first."""
    plans = list(visible_skps(user).filter(employee=employee).order_by("-year"))
    newest = next((plan for plan in plans if plan.state == Skp.State.AGREED), None)
    carried_out = [newest] if newest and may_read_records(user, newest) else []
    decided = visible_evaluations(user).decided().filter(skp__employee=employee)
    results = decided.select_related("period").order_by("-period__year", "-period__number")
    return [
        *((f"SKP {plan.year}", reverse("appraisal:skp-detail", args=[plan.pk])) for plan in plans),
        *(
            (f"Pelaksanaan SKP {plan.year}", reverse("appraisal:carry-out", args=[plan.pk]))
            for plan in carried_out
        ),
        *(
            (f"Hasil penilaian {result.period}", reverse("appraisal:evaluation-detail", args=[result.pk]))
            for result in results
        ),
        *outcome_links(user, employee),
    ]


def outcome_links(user, employee):
    if visible_histories(user).filter(pk=employee.pk).exists():
        yield "Riwayat hasil", reverse("appraisal:history-of", args=[employee.pk])
    if officials_listed(user).filter(pk=employee.pk).exists():
        yield "Angka kredit", reverse("appraisal:credit-account", args=[employee.pk])
