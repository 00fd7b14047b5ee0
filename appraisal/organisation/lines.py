"""The line of the start page about achievements that wait to be set. Named in settings.WORK_LISTS."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on
from appraisal.cycle.models import Period
from appraisal.cycle.work import WorkItem

from .listing import unset_count
from .spans import Span


def worklist_lines(user, today):
    """One line for the newest month or quarter that may be set, one for the year once its time has come."""
    if employee_of(user) is None and not grants_on(user, None, Role.PERSONNEL_OFFICE).exists():
        return []
    lines = []
    for span in waiting_spans(today):
        count = unset_count(user, span, today)
        if count:
            lines.append(
                WorkItem(
                    f"Tetapkan capaian organisasi, {span}",
                    f"{reverse('appraisal:organisation-list')}?periode={span.code}&keadaan=belum",
                    f"{count} unit menunggu",
                    f"Paling lambat {date_format(span.due_on, 'l, j F Y')}.",
                    due=span.due_on,
                )
            )
    return lines


def waiting_spans(today):
    """What may be set and is still of use: periods whose evaluation is open, and the year until it counts no more."""
    now = timezone.now()
    open_now = Period.objects.periodic().filter(opens_at__lte=now, closes_at__gt=now)
    spans = [Span(period.year, period) for period in open_now.order_by("starts_on")]
    year = Span(today.year - 1 if today.month < 7 else today.year)
    return [*spans, *([year] if year.first_day <= today <= year.due_on else [])]
