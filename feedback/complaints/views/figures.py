"""The public figures of complaints: how many, how quickly, how content, by kind and by agency."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ambon_kinerja.charts import bar_chart
from feedback.services.periods import last_finished, read_quarter

from ..figures import FEWEST, newest_published, published_tables


@login_not_required
@require_safe
def figures(request, quarter=None):
    newest = last_finished(timezone.localdate())
    try:
        period = newest_published() or newest if quarter is None else read_quarter(quarter)
    except ValueError:
        raise Http404 from None
    if period.start > newest.start:
        raise Http404
    tables = published_tables(period)
    context = {
        "quarter": period,
        "earlier": period.preceding() if period.year > 2017 else None,
        "later": period.following() if period.start < newest.start else None,
        "tables": tables,
        "fewest": FEWEST,
    }
    shown = [row for row in tables["kinds"] if row.received] if tables else []
    if shown:
        most = max(shown, key=lambda row: row.received)
        context["chart"] = bar_chart(
            [(row.label, row.received, "series-1") for row in shown],
            title=f"Paling banyak: {most.label.lower()}",
            subject="Laporan yang diterima menurut jenis",
            unit="laporan",
        )
    return render(request, "feedback/complaints/figures.html", context)
