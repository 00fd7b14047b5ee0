"""What stands beside the results of the demo: annexes, a leader's manuals, and which promised support came."""

from agencies.people.reporting_line import appraiser_on
from appraisal.planning.actions.annexes import record_support, save_annex
from appraisal.planning.actions.fingerprints import fingerprint
from appraisal.planning.actions.manuals import save_manual
from appraisal.planning.models import AnnexLine, Indicator

ANNEXES = {
    "bidan-penyelia": (
        ("resource", "Satu alat doppler jantung janin yang terkalibrasi di poli KIA.", "equipment"),
        ("resource", "Kendaraan puskesmas untuk kunjungan rumah dua kali sebulan.", "facilities"),
        (
            "accountability",
            "Hasil kerja dilaporkan setiap bulan, paling lambat tanggal 5; data yang dilaporkan: register kohort ibu"
            " dan jumlah komplain.",
            "",
        ),
        ("consequence", "Diusulkan menjadi pembimbing bidan baru di puskesmas.", True),
        ("consequence", "Pimpinan menegur secara lisan dan menyepakati perbaikan dalam satu bulan.", False),
    ),
    "kapuskesmas": (
        ("resource", "Dua tenaga kontrak untuk pendataan keluarga sehat.", "people"),
        (
            "accountability",
            "Capaian standar pelayanan minimal dilaporkan setiap triwulan kepada kepala dinas.",
            "",
        ),
        ("consequence", "Puskesmas diusulkan sebagai puskesmas percontohan kota.", True),
        ("consequence", "Penugasan sebagai koordinator wilayah dialihkan.", False),
    ),
}
# Of the promised resources, by post: which came, and a word on it.
SUPPORT = {"bidan-penyelia": (("given", ""), ("partly", "Kendaraan tersedia satu kali sebulan."))}

MANUALS = {
    "Persentase keluarga sehat": {
        "purpose": "Mengetahui berapa banyak keluarga di kota yang hidup sehat.",
        "definition": "Keluarga dengan indeks keluarga sehat 0,800 atau lebih, dari seluruh keluarga yang terdata.",
        "formula": "Jumlah keluarga sehat dibagi jumlah keluarga yang terdata, kali 100.",
        "unit": "persen",
        "control": "outcome",
        "source": "Pendataan keluarga sehat oleh puskesmas, disimpan Bidang Kesehatan Masyarakat.",
        "reporting": "semester",
    },
    "Rata-rata nilai survei kepuasan masyarakat puskesmas": {
        "purpose": "Mengetahui mutu layanan puskesmas menurut warga.",
        "definition": "Rata-rata nilai survei sembilan unsur dari seluruh puskesmas.",
        "formula": "Jumlah nilai survei puskesmas dibagi jumlah puskesmas.",
        "unit": "nilai",
        "control": "intermediate",
        "source": "Hasil survei kepuasan masyarakat triwulanan.",
        "reporting": "quarterly",
    },
}


def write_beside(skp, code):
    """The annex of a plan, and the manuals of a leader's, while it may still be written."""
    owner = skp.employee.user
    if code in ANNEXES:
        save_annex(skp, lines=[line_of(*one) for one in ANNEXES[code]], seen=fingerprint([]), by=owner)
    if not skp.is_for_leader:
        return
    for indicator in Indicator.objects.filter(result__skp=skp, statement__in=MANUALS).select_related(
        "result__skp"
    ):
        save_manual(indicator, values=MANUALS[indicator.statement], seen=fingerprint(None), by=owner)


def line_of(kind, text, more):
    return {
        "kind": kind,
        "text": text,
        "resource": more if kind == "resource" else "",
        "if_met": more if kind == "consequence" else None,
    }


def tell_of_support(skp, code, today):
    """Once the plan is agreed: which of the promised resources came."""
    lines = AnnexLine.objects.filter(skp=skp, kind="resource").order_by("position")
    appraiser = appraiser_on(skp.employee, today)
    for line, (support, note) in zip(lines, SUPPORT.get(code, ()), strict=False):
        record_support(line, support=support, note=note, by=appraiser.user)
