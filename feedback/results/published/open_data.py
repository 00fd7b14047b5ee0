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
LOCAL_COLUMNS = (
    *INDEX_COLUMNS[:5],
    ("unsur_setempat", "Kunci unsur yang ditanyakan selain sembilan unsur resmi"),
    ("nama_unsur", "Nama unsur setempat"),
    (
        "menggantikan",
        "Unsur resmi yang digantikannya dan yang tempatnya diisi dalam ikm; kosong bila tambahan",
    ),
    ("responden", "Banyaknya responden yang menjawab dan boleh dihitung di sini"),
    ("indeks_unsur", "Nilai rata-rata unsur dikali 25; unsur tambahan tidak ikut dalam ikm"),
    ("indeks_terendah", "Batas bawah selang 95 persen"),
    ("indeks_tertinggi", "Batas atas selang 95 persen"),
)
STATUS = {0: "tidak ditampilkan", 1: "5-9 responden", 2: "perkiraan", 3: "indeks"}


TABLES = (("indeks", INDEX_COLUMNS), ("unsur", ELEMENT_COLUMNS), ("unsur-setempat", LOCAL_COLUMNS))


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


def local_rows(found):
    for row, what, agency in found:
        for line in row.figure.get("local") or ():
            yield [
                *first_cells(row, what, agency),
                line["key"],
                line["label"],
                line["replaces"],
                str(line["count"]),
                line["index"],
                line["low"],
                line["high"],
            ]


def names(columns):
    return [name for name, _ in columns]


def index_csv():
    return csv_of(names(INDEX_COLUMNS), index_rows(results()))


def element_csv():
    return csv_of(names(ELEMENT_COLUMNS), element_rows(results()))


def local_csv():
    return csv_of(names(LOCAL_COLUMNS), local_rows(results()))


def dictionary_csv():
    rows = [[file, *column] for file, columns in TABLES for column in columns]
    return csv_of(["berkas", "kolom", "arti"], rows)


def as_json():
    found = results()
    locks = {row.lock: row.lock for row, _, _ in found}
    return {
        "sumber": "Survei Kepuasan Masyarakat Kota Ambon (PermenPANRB 14/2017)",
        "kamus": {file: dict(columns) for file, columns in TABLES},
        "triwulan": [
            {"tahun": lock.year, "triwulan": lock.quarter, "sha256": lock.sha256} for lock in locks.values()
        ],
        "indeks": [dict(zip(names(INDEX_COLUMNS), cells, strict=True)) for cells in index_rows(found)],
        "unsur": [dict(zip(names(ELEMENT_COLUMNS), cells, strict=True)) for cells in element_rows(found)],
        "unsur-setempat": [
            dict(zip(names(LOCAL_COLUMNS), cells, strict=True)) for cells in local_rows(found)
        ],
    }
