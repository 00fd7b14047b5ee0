"""A small real PDF to show as evidence; and what the ratings of the city stand on, and why some came unannounced."""

from datetime import timedelta
from io import BytesIO

import pikepdf

from appraisal.monitoring.actions import add_evidence_link
from appraisal.monitoring.models import Evidence, Feedback
from appraisal.scoring.matrix import Rating

WITHOUT_WARNING = (
    "Kekurangannya baru terlihat setelah laporan bulan terakhir masuk. Sudah dibicarakan langsung dan disusul"
    " umpan balik tertulis."
)
TITLES = (
    "Rekapitulasi hasil kerja",
    "Laporan bulanan unit",
    "Tangkapan layar aplikasi",
    "Berita acara serah terima",
)
DAYS_BEFORE_END = (75, 44, 12)  # one in each month of a quarter


def small_pdf(text):
    """One A5 page that says `text` (ASCII)."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(420, 595))
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        words = text.encode("ascii", "replace").replace(b"(", b"").replace(b")", b"")
        page.Contents = pdf.make_stream(b"BT /F1 14 Tf 40 520 Td (" + words + b") Tj ET")
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def backing_of(skp, period, ratings):
    """The `backing` of a draft: `ratings` maps keys of results to (rating, reason)."""
    found, shown = {}, {row.result_id: row for row in Evidence.objects.filter(result__skp=skp, period=period)}
    said = {row.result_id: row for row in Feedback.objects.filter(skp=skp, period=period, result__in=ratings)}
    for number, result in enumerate(skp.results.all()):
        rating, _ = ratings[result.pk]
        if rating == Rating.MEETS and number % 2:
            continue  # some results stand on nothing, as in life, and the bar says so
        evidence = shown.get(result.pk) or hand_in(skp, period, result, number)
        cited = {f"e{evidence.pk}"}
        if result.pk in said:
            cited.add(f"f{said[result.pk].pk}")
        found[result.pk] = (cited, WITHOUT_WARNING if rating == Rating.BELOW else "")
    return found


def hand_in(skp, period, result, number):
    days = DAYS_BEFORE_END[(skp.pk + number) % len(DAYS_BEFORE_END)]
    dated = max(period.ends_on - timedelta(days=days), period.starts_on, skp.starts_on)
    return add_evidence_link(
        result,
        period=period,
        title=f"{TITLES[(skp.pk + number) % len(TITLES)]}, {period}",
        dated=dated,
        link=f"https://bukti.contoh.test/{skp.pk}/{result.pk}",
        by=skp.employee.user,
    )
