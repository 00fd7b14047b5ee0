"""A report as rich as real ones, for the tests of rendering: invented agency, invented figures."""

from pathlib import Path

from django.template import engines

CSV = b"unit,sasaran,capaian_persen\nPuskesmas Contoh,Imunisasi dasar lengkap,98.40\n"
ATTACHMENTS = [("data.csv", CSV, "text/csv", "Data tabel laporan ini")]

INDICATORS = [
    ("Persentase bayi dengan imunisasi dasar lengkap", "95%", "93,5%", "98,42%", "Sesuai ekspektasi"),
    ("Persentase ibu hamil yang diperiksa enam kali", "90%", "91,2%", "101,33%", "Di atas ekspektasi"),
    (
        "Waktu tunggu rawat jalan (menit, makin rendah makin baik)",
        "45",
        "52",
        "84,44%",
        "Di bawah ekspektasi",
    ),
    ("Persentase balita gizi buruk yang dirawat", "100%", "100%", "100,00%", "Sesuai ekspektasi"),
]
PREDIKAT = [
    {"label": "Sangat Baik", "value": 9, "text": "9 pegawai", "color": "#0b5c73"},
    {"label": "Baik", "value": 31, "text": "31 pegawai", "color": "#3b8ea5"},
    {"label": "Butuh Perbaikan", "value": 12, "text": "12 pegawai", "color": "#e0b25a"},
]


def report_html(seal=None, *, remark="", rows=1):
    template = engines["django"].from_string(Path(__file__).with_name("sample_report.html").read_text())
    return template.render(
        {
            "title": "Laporan Akuntabilitas Kinerja Dinas Contoh",
            "unit_name": "Dinas Contoh",
            "period_label": "Triwulan III 2026 (1 Juli–30 September 2026)",
            "seal": seal,
            "remark": remark,
            "indicators": INDICATORS * rows,
            "bars": PREDIKAT,
        }
    )
