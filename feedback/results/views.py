"""Public pages: which services there are, and what people say of each."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ambon_kinerja.charts import bar_chart
from feedback.services.models import Service

from .disclosure import Disclosure, may_show
from .index import COMPARISON_WEIGHTS, satisfaction_index, weighted
from .periods import quarter_of, read_quarter
from .presenting import present
from .queries import answer_counts


@login_not_required
@require_safe
def service_list(request):
    quarter = quarter_of(timezone.localdate())
    services = services_with_counts(start=quarter.start, end=quarter.end)
    for service in services:
        service.may_count = may_show(service.respondents) > Disclosure.NOTHING
    return render(request, "feedback/results/services.html", {"services": services, "quarter": quarter})


@login_not_required
@require_safe
def service_index(request, slug, quarter=None):
    service = get_object_or_404(Service.objects.select_related("unit"), slug=slug)
    period = asked_quarter(quarter)
    counts = answer_counts(service=service, start=period.start, end=period.end)
    shown = present(satisfaction_index(counts))
    page = {
        "service": service,
        "quarter": period,
        "earlier": period.preceding(),
        "later": period.following() if period.end < timezone.localdate() else None,
        "shown": shown,
        "is_graded": shown.level == Disclosure.GRADE,
    }
    if shown.elements:
        page["chart"] = bar_chart(
            [(line.label, line.index, "series-1") for line in shown.elements],
            title=f"Unsur terendah: {shown.lowest[0].label}",
            subject="Indeks setiap unsur (25–100)",
            unit="",
            top=100,
        )
        page["comparison"] = [(weight, weighted(counts, str(weight))) for weight in COMPARISON_WEIGHTS]
    return render(request, "feedback/results/index.html", page)


def asked_quarter(code):
    """The quarter of the address; one that has not begun, or is none, is not found."""
    today = quarter_of(timezone.localdate())
    if code is None:
        return today
    try:
        quarter = read_quarter(code)
    except ValueError:
        raise Http404 from None
    if quarter.start > today.start:
        raise Http404
    return quarter
