"""Open data: the published figures of locked quarters as rows, and what each column means."""

from agencies.careers.export import csv_of
from agencies.structure.queries import agencies_of
from feedback.services.periods import Quarter

from ..models import LockedResult

# (column, meaning)
INDEX_COLUMNS = (
    ("tahun", "Tahun"),
    ("triwulan", "Triwulan, 1 sampai 4"),
    ("tingkat", "kota, perangkat daerah, unit kerja, atau layanan"),
    ("nama", "Nama layanan atau unit, seperti saat data diunduh"),
    ("perangkat_daerah", "Perangkat daerah yang membawahinya"),
    ("status", "indeks, perkiraan, 5-9 responden, atau tidak ditampilkan"),
    ("responden", "Banyaknya responden yang dihitung; dibulatkan ke 5 kecuali pada status indeks"),
    (
        "lengkap",
        "ya bila semua jawaban yang dihitung masuk; tidak bila jawaban yang terlalu sedikit tertinggal",
    ),
    ("ikm", "Indeks Kepuasan Masyarakat, 25 sampai 100; bilangan bulat pada status perkiraan"),
    ("hanya_batas_bawah", "ya bila hampir semua memberi nilai tertinggi dan ikm adalah batas bawahnya"),
    ("ikm_terendah", "Batas bawah selang 95 persen"),
    ("ikm_tertinggi", "Batas atas selang 95 persen"),
    ("mutu", "A, B, C, atau D menurut PermenPANRB 14/2017"),
    ("rata_rata_unit", "Rata-rata indeks unit-unit di bawahnya, tiap unit sama beratnya"),
    ("persen_terkendali", "Bagian jawaban berkode, kertas, kios, atau dibantu; dibulatkan ke 5 persen"),
    ("ikm_tautan_terbuka", "Indeks dari tautan terbuka, bilangan bulat; tidak ikut dalam ikm"),
)
ELEMENT_COLUMNS = (
    *INDEX_COLUMNS[:5],
    ("unsur", "Kunci unsur menurut urutan lampiran PermenPANRB 14/2017"),
    ("nama_unsur", "Nama unsur"),
    ("responden", "Banyaknya responden di balik nilai unsur"),
    ("indeks_unsur", "Nilai rata-rata unsur dikali 25"),
)
STATUS = {0: "tidak ditampilkan", 1: "5-9 responden", 2: "perkiraan", 3: "indeks"}


def results():
    """[(LockedResult, what it is of, its agency)] of all locked quarters; three queries."""
    rows = list(
        LockedResult.objects.select_related("lock", "service__unit", "unit").order_by(
            "lock__year", "lock__quarter", "unit__path", "service__name", "pk"
        )
    )
    units = {row.unit or row.service.unit for row in rows}
    agencies = agencies_of(units)
    return [(row, row.service or row.unit, agencies[(row.unit or row.service.unit).pk]) for row in rows]


def first_cells(row, what, agency):
    level = "layanan" if row.service_id else row.unit.get_kind_display().lower()
    quarter = Quarter(row.lock.year, row.lock.quarter)
    return [str(quarter.year), str(quarter.number), level, what.name, agency.name if agency else ""]


def yes(value):
    return "ya" if value else "tidak"


def index_rows(found):
    for row, what, agency in found:
        figure = row.figure
        told = figure["level"] >= 2
        yield [
            *first_cells(row, what, agency),
            STATUS[figure["level"]],
            str(figure["respondents"]) if told else "",
            yes(figure["whole"]) if told else "",
            figure["index"] or "",
            yes(figure.get("at_least")) if told else "",
            figure.get("low", ""),
            figure.get("high", ""),
            figure["grade"],
            figure.get("mean_of_units", ""),
            str(figure.get("controlled_share", "")),
            figure["open"]["index"] if figure["open"] else "",
        ]


def element_rows(found):
    for row, what, agency in found:
        for line in row.figure["elements"] or ():
            yield [
                *first_cells(row, what, agency),
                line["key"],
                line["label"],
                str(line["count"]),
                line["index"],
            ]


def names(columns):
    return [name for name, _ in columns]


def index_csv():
    return csv_of(names(INDEX_COLUMNS), index_rows(results()))


def element_csv():
    return csv_of(names(ELEMENT_COLUMNS), element_rows(results()))


def dictionary_csv():
    rows = [["indeks", *column] for column in INDEX_COLUMNS] + [
        ["unsur", *column] for column in ELEMENT_COLUMNS
    ]
    return csv_of(["berkas", "kolom", "arti"], rows)


def as_json():
    found = results()
    locks = {row.lock: row.lock for row, _, _ in found}
    return {
        "sumber": "Survei Kepuasan Masyarakat Kota Ambon (PermenPANRB 14/2017)",
        "kamus": {"indeks": dict(INDEX_COLUMNS), "unsur": dict(ELEMENT_COLUMNS)},
        "triwulan": [
            {"tahun": lock.year, "triwulan": lock.quarter, "sha256": lock.sha256} for lock in locks.values()
        ],
        "indeks": [dict(zip(names(INDEX_COLUMNS), cells, strict=True)) for cells in index_rows(found)],
        "unsur": [dict(zip(names(ELEMENT_COLUMNS), cells, strict=True)) for cells in element_rows(found)],
    }
