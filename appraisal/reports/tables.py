"""The report's tables: page, PDF and CSV are drawn from the same cells, so they cannot disagree."""

from dataclasses import dataclass

from ambon_kinerja.charts import bar_chart, in_words

from .figures import NO_DATA, WITHHELD, share

NOT_PUBLISHED = "tidak ditampilkan"


@dataclass(frozen=True)
class Cell:
    """`text` for the reader, `value` for machines (point as decimal sign, "" if withheld), `note` why it is empty."""

    text: str
    value: str = ""
    unit: str = ""
    note: str = ""
    number: bool = False


@dataclass(frozen=True)
class Column:
    label: str
    number: bool = False
    width: str = ""


@dataclass(frozen=True)
class Row:
    head: str
    cells: tuple
    total: bool = False

    def labelled(self, columns):
        return zip((column.label for column in columns[1:]), self.cells, strict=True)


@dataclass(frozen=True)
class Table:
    key: str
    title: str
    note: str
    columns: tuple
    rows: tuple

    @property
    def labelled_rows(self):
        """(row, ((label of the column, cell), …)) for cards on a phone."""
        return [(row, tuple(row.labelled(self.columns))) for row in self.rows]


def report_tables(figures):
    """{key: Table} of everything the report shows, in its order; a table without rows is left out."""
    made = (
        progress_table(figures),
        predikat_table(figures),
        unit_table(figures),
        service_table(figures),
        comparison_table(figures),
    )
    return {table.key: table for table in made if table.rows}


def progress_table(figures):
    people = figures["people"]
    lines = (
        ("Pegawai yang wajib menyusun SKP", people["due"]),
        ("SKP disepakati", people["agreed"]),
        ("SKP belum disepakati", people["due"] - people["agreed"]),
        ("Penilaian ditetapkan", people["final"]),
        ("Penilaian masih draf", people["draft"]),
        ("Belum dinilai", people["none"]),
    )
    rows = (Row(head, (people_cell(count), percent(share(count, people["due"])))) for head, count in lines)
    return Table(
        "kemajuan",
        "Rencana dan penilaian",
        "Bagian dihitung dari pegawai yang wajib menyusun SKP",
        (Column("Ukuran", width="w50"), Column("Pegawai", True), Column("Bagian", True)),
        tuple(rows),
    )


def predikat_table(figures):
    predikat = figures["predikat"]
    rows = [
        Row(group["label"], (people_cell(group["count"]), percent(group["share"])))
        for group in predikat["groups"]
    ]
    if rows:
        rows.append(Row("Jumlah", (people_cell(predikat["total"]), percent("100.0")), total=True))
    return Table(
        "predikat",
        "Sebaran predikat kinerja pegawai",
        "Hanya penilaian yang sudah ditetapkan",
        (Column("Predikat", width="w50"), Column("Pegawai", True), Column("Bagian", True)),
        tuple(rows),
    )


def unit_table(figures):
    rows = [unit_row(unit["name"], unit) for unit in figures["units"]]
    if rows:
        whole = figures["people"] | figures["achievement"]
        rows.append(unit_row(figures["agency"]["name"], whole, total=True))
    return Table(
        "unit",
        "Capaian per unit",
        "Indikator hasil kerja utama. Indikator tanpa data dihitung terpisah, tidak dianggap nol",
        (
            Column("Unit", width="w25"),
            Column("Pegawai", True),
            Column("SKP disepakati", True),
            Column("Dinilai", True),
            Column("Indikator", True),
            Column("Tanpa data", True),
            Column("Tercapai", True),
            Column("Rata-rata capaian", True),
        ),
        tuple(rows),
    )


def unit_row(name, unit, *, total=False):
    note = unit["note"]
    return Row(
        name,
        (
            people_cell(unit["due"]),
            people_cell(unit["agreed"]),
            people_cell(unit["final"]),
            number(unit["indicators"], "indikator"),
            number(unit["without_data"], "indikator"),
            number(unit["reached"], "indikator", note=note),
            percent(unit["mean"], note=note),
        ),
        total=total,
    )


def service_table(figures):
    rows = []
    for service in figures["services"]:
        lowest = "; ".join(f"{line['label']} ({in_words(line['index'])})" for line in service["lowest"])
        note = "" if service["index"] else f"{NOT_PUBLISHED}: {service['headline']}"
        rows.append(
            Row(
                service["name"],
                (
                    number(service["respondents"] or None, "responden", note=NOT_PUBLISHED),
                    number(service["index"], "nilai 25–100", note=note),
                    Cell(interval_words(service), unit="nilai 25–100"),
                    Cell(service["headline"], value=service["grade"] or service["headline"]),
                    Cell(lowest or "–", value=lowest, note="" if lowest else note),
                ),
            )
        )
    return Table(
        "ikm",
        "Indeks kepuasan masyarakat (IKM) per layanan",
        "Sembilan unsur PermenPANRB 14/2017, seperti diterbitkan; mutu A–D setelah triwulan dikunci",
        (
            Column("Layanan", width="w20"),
            Column("Responden", True, "w15"),
            Column("IKM", True, "w10"),
            Column("Selang 95%", width="w15"),
            Column("Mutu", width="w20"),
            Column("Tiga unsur terendah"),
        ),
        tuple(rows),
    )


def interval_words(service):
    """A report from before intervals were told has none; a bound has none either."""
    if service.get("at_least"):
        return "IKM sekurangnya"
    if not service.get("low"):
        return "–"
    return f"{in_words(service['low'])}–{in_words(service['high'])}"


def comparison_table(figures):
    before, people = figures["previous"], figures["people"]
    if before is None:
        return Table("perbandingan", "", "", (), ())
    was = before["people"]
    rows = [
        process_row("SKP disepakati", "agreed", was, people),
        process_row("Penilaian ditetapkan", "final", was, people),
        Row(
            "Rata-rata capaian indikator utama",
            (percent(before["mean"], note=WITHHELD), percent(figures["achievement"]["mean"], note=WITHHELD)),
        ),
    ]
    for service in figures["services"]:
        then = before["services"].get(service["name"])
        if then or service["index"]:
            cells = (
                number(then, "nilai 25–100", note=NO_DATA),
                number(service["index"], "nilai 25–100", note=NO_DATA),
            )
            rows.append(Row(f"IKM {service['name']}", cells))
    return Table(
        "perbandingan",
        "Dibandingkan dengan periode sebelumnya",
        f"Angka {before['label']} seperti tertulis dalam laporan nomor {before['number']}",
        (
            Column("Ukuran", width="w50"),
            Column(before["label"], True),
            Column(figures["period"]["label"], True),
        ),
        tuple(rows),
    )


def process_row(head, key, was, people):
    return Row(head, (percent(share(was[key], was["due"])), percent(share(people[key], people["due"]))))


def predikat_chart(figures):
    """Bars of the distribution with the finding as title, or None when it is not shown."""
    groups = figures["predikat"]["groups"]
    if not groups:
        return None
    most = max(groups, key=lambda group: group["count"])
    return bar_chart(
        [(group["label"], group["count"], group["levels"][0]) for group in groups],
        title=f"Predikat terbanyak: {most['label']} ({in_words(most['share'])}% pegawai yang dinilai)",
        subject=f"Pegawai menurut predikat, {figures['period']['label']}",
        unit="pegawai",
    )


def people_cell(count):
    return number(count, "pegawai")


def number(value, unit, *, note=NO_DATA):
    if value is None:
        return Cell((note or NO_DATA).partition(":")[0], unit=unit, note=note or NO_DATA, number=True)
    return Cell(in_words(value), str(value), unit, number=True)


def percent(value, *, note=NO_DATA):
    cell = number(value, "persen", note=note)
    return cell if value is None else Cell(f"{cell.text}%", cell.value, "persen", number=True)


def withheld(figures):
    """Is any figure kept back because too few people stand behind it?"""
    notes = [unit["note"] for unit in figures["units"]] + [figures["achievement"]["note"]]
    return WITHHELD in notes or figures["predikat"]["outcome"] != "shown" or has_joined_levels(figures)


def has_joined_levels(figures):
    return any(len(group["levels"]) > 1 for group in figures["predikat"]["groups"])
