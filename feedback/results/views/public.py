"""Public pages: which services there are, and what people say of each, of each unit and of the city."""

from decimal import Decimal

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.structure.models import Unit
from ambon_kinerja.charts import bar_chart, line_chart
from feedback.citizens.queries import set_aside_counts
from feedback.services.models import Service
from feedback.services.periods import quarter_of, read_quarter

from ..forms import ServiceSearch
from ..published.pages import (
    locked_quarters,
    sample_of,
    services_with_results,
    shown_for,
    trend,
    units_shown,
    year_of,
)

SERVICES_A_PAGE = 12
UNITS_A_PAGE = 25
FEW = 5


@login_not_required
@require_safe
def service_list(request):
    form = ServiceSearch(request.GET)
    services = services_found(form)
    page = Paginator(services, SERVICES_A_PAGE).get_page(request.GET.get("halaman"))
    context = {"form": form, "page": page, "is_search": form.is_search, "city": city()}
    return render(request, "feedback/results/services.html", context)


def services_found(form):
    services = (
        Service.objects.filter(is_open=True).select_related("unit").order_by("unit__name", "name", "pk")
    )
    return form.narrowed(services)


def city():
    return Unit.objects.filter(parent=None).order_by("pk").first()


@login_not_required
@require_safe
def service_index(request, slug, quarter=None):
    service = get_object_or_404(Service.objects.select_related("unit"), slug=slug)
    period = asked_quarter(quarter)
    context = parts(period, service=service) | {"service": service}
    return render(request, "feedback/results/index.html", context)


@login_not_required
@require_safe
def unit_index(request, pk=None, quarter=None):
    """A unit; without a key the whole city."""
    unit = city() if pk is None else Unit.objects.filter(pk=pk).first()
    if unit is None:
        raise Http404
    period = asked_quarter(quarter)
    context = parts(period, unit=unit) | {"unit": unit, "above": unit.parent}
    below = Unit.objects.filter(parent=unit).order_by("name", "pk")
    page = Paginator(below, UNITS_A_PAGE).get_page(request.GET.get("halaman"))
    context["page"] = page
    if context["shown"].is_final:
        context["units"] = units_shown(page.object_list, period)
        context["services"] = services_with_results(unit, period)
    else:
        context["below"], context["own"] = page, Service.objects.filter(unit=unit).order_by("name")
    return render(request, "feedback/results/unit.html", context)


def parts(quarter, **of):
    """What the pages of a service and of a unit have in common."""
    shown = shown_for(quarter, **of)
    aside = set_aside_counts(**of, start=quarter.start, end=quarter.end)
    found = {
        "quarter": quarter,
        "earlier": quarter.preceding(),
        "later": quarter.following() if quarter.end < timezone.localdate() else None,
        "shown": shown,
        "sample": sample_of(quarter, shown, **of),
        "aside": cautious(aside.not_counted),
        "aside_reasons": [(reason, cautious(count)) for reason, count in aside.by_reason.items()],
        "year": year_of(quarter.year, **of),
    }
    if shown.figure["elements"]:
        found["chart"] = bar_chart(
            [(line["label"], Decimal(line["index"]), "series-1") for line in shown.figure["elements"]],
            title=f"Unsur terendah: {shown.lowest[0]['label']}",
            subject="Indeks setiap unsur (25–100)",
            unit="",
            top=100,
        )
    past = trend(**of)
    if sum(index is not None for _, index in past) > 1:
        found["trend"] = line_chart(
            [each.code for each, _ in past],
            [("Indeks", [index for _, index in past])],
            title="Indeks dari triwulan ke triwulan",
            subject="Hanya triwulan yang sudah dikunci",
            unit="triwulan",
            top=100,
        )
    return found


def cautious(count):
    """Small counts in words: nobody shall see that his own answer was the one set aside."""
    return "0" if not count else f"kurang dari {FEW}" if count < FEW else str(count)


def asked_quarter(code):
    """The quarter of the address, or the newest locked one, or else today's; one that has not begun is not found."""
    today = quarter_of(timezone.localdate())
    if code is None:
        locked = locked_quarters()
        return locked[-1] if locked else today
    try:
        quarter = read_quarter(code)
    except ValueError:
        raise Http404 from None
    if quarter.start > today.start:
        raise Http404
    return quarter
