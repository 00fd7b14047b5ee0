"""The forms B.1.1 to B.1.5 as pages and on paper."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.people.reporting_line import appraiser_on, definitive_assignment_on
from ambon_kinerja.personal_data.actions import note_viewing
from feedback.results.published.spans import services_shown_within
from feedback.services.periods import quarter_of

from ..duty import duty_for
from ..models import Feedback
from ..queries import documentation_of, periods_of, results_in
from ..rules import is_owner_or_appraiser, may_give_feedback, why_closed
from ..twins import mark_twins
from .action_plan import rows_of
from .finding import plan_and_period_to_read, plan_to_read

FORMS = {
    "qualitative": ("B.1.3", "Pendekatan Hasil Kerja Kualitatif", ""),
    "leader": (
        "B.1.4",
        "Pendekatan Hasil Kerja Kuantitatif",
        "Bagi Pejabat Pimpinan Tinggi dan Pimpinan Unit Kerja Mandiri",
    ),
    "staff": (
        "B.1.5",
        "Pendekatan Hasil Kerja Kuantitatif",
        "Bagi Pejabat Administrasi dan Pejabat Fungsional",
    ),
}


@require_safe
def carry_out(request, skp):
    """Everything that is carried out under one plan, period by period."""
    skp = plan_to_read(request, skp)
    takes_part = is_owner_or_appraiser(request.user, skp)
    periods = [
        {"period": period, "has_begun": period.recorded_from <= timezone.localdate()}
        for period in periods_of(skp)
    ]
    context = {
        "skp": skp,
        "periods": periods,
        "takes_part": takes_part,
        "is_own": request.user.pk == skp.employee.user_id,
        "record_form": record_form(skp)[0],
    }
    return render(request, "appraisal/monitoring/carry_out.html", context)


@require_safe
def action_plan_print(request, skp):
    skp = plan_to_read(request, skp)
    note_viewing(request.user, about=skp.employee, kind="realisation")
    day = min(timezone.localdate(), skp.ends_on)
    context = {"skp": skp, "rows": rows_of(skp), "code": "B.1.1"} | identities(skp, day)
    return render(request, "appraisal/monitoring/print/action_plan.html", context)


@require_safe
def documentation(request, skp, period):
    return documented(request, skp, period, "appraisal/monitoring/documentation.html")


@require_safe
def documentation_print(request, skp, period):
    return documented(request, skp, period, "appraisal/monitoring/print/documentation.html")


def documented(request, skp, period, template):
    skp, period = plan_and_period_to_read(request, skp, period)
    note_viewing(request.user, about=skp.employee, kind="realisation")
    record = documentation_of(skp, period)
    mark_twins(request.user, [row for result in record.results for row in result.evidence])
    context = {
        "skp": skp,
        "period": period,
        "record": record,
        "code": "B.1.2",
        "takes_part": is_owner_or_appraiser(request.user, skp),
    } | identities(skp, min(timezone.localdate(), period.ends_on))
    return render(request, template, context)


@require_safe
def feedback_record(request, skp, period):
    skp, period = plan_and_period_to_read(request, skp, period)
    context = recorded(request, skp, period)
    context |= {
        "services": services_shown_within(period.starts_on, period.ends_on, unit=skp.unit),
        "results": list(results_in(skp, period)),
        "may_cite": context["takes_part"] and not why_closed(skp, period),
        "may_give": may_give_feedback(request.user, skp, period),
        "quarter": quarter_of(period.ends_on).code,
    }
    return render(request, "appraisal/monitoring/feedback_record.html", context)


@require_safe
def feedback_record_print(request, skp, period):
    skp, period = plan_and_period_to_read(request, skp, period)
    return render(request, "appraisal/monitoring/print/feedback_record.html", recorded(request, skp, period))


def recorded(request, skp, period):
    note_viewing(request.user, about=skp.employee, kind="realisation")
    record = documentation_of(skp, period)
    mark_twins(request.user, [row for result in record.results for row in result.evidence])
    code, approach, audience = record_form(skp)
    return {
        "skp": skp,
        "period": period,
        "record": record,
        "code": code,
        "approach": approach,
        "audience": audience,
        "takes_part": is_owner_or_appraiser(request.user, skp),
        "is_own": request.user.pk == skp.employee.user_id,
        "duty": duty_for(period),
        "periodic": sum(
            feedback.kind == Feedback.Kind.PERIODIC and feedback.giver == Feedback.Giver.LEADER
            for row in (*record.results, *record.values)
            for feedback in row.feedback
        ),
    } | identities(skp, min(timezone.localdate(), period.ends_on))


def record_form(skp):
    """(code, approach, audience) of the form of the regulation that fits the plan's kind."""
    return FORMS["qualitative" if skp.is_qualitative else skp.audience]


def identities(skp, day):
    """The appraiser on the day and the post he holds then."""
    appraiser = appraiser_on(skp.employee, day) or skp.appraiser
    held = definitive_assignment_on(appraiser, day) if appraiser else None
    return {
        "appraiser": appraiser,
        "appraiser_post": held.post if held else None,
        "today": timezone.localdate(),
    }
