"""What the browser may send about form A.1.8, and sentences to begin from."""

from django import forms

from ambon_kinerja.widgets import RadiosWithHints

from ..models import AnnexLine
from .rows import bound_rows, fresh_rows, index_sent, typed_values

PREFIX = "baris"
LINE_WORDS = {"resource": "Dukungan", "accountability": "Pelaporan", "consequence": "Konsekuensi"}

# key: (part, text, kind of support or whether expectations are met)
SENTENCES = {
    "tenaga": (
        "resource",
        "Satu orang tenaga pendukung selama dua bulan pertama untuk pengumpulan data.",
        "people",
    ),
    "anggaran": ("resource", "Anggaran perjalanan lapangan tersedia paling lambat akhir Februari.", "budget"),
    "alat": ("resource", "Satu laptop dan jaringan internet yang memadai di ruang kerja.", "equipment"),
    "pendampingan": (
        "resource",
        "Pendampingan pimpinan sedikitnya satu jam setiap bulan untuk membahas kendala.",
        "guidance",
    ),
    "kendaraan": ("resource", "Kendaraan operasional pada jadwal kunjungan lapangan.", "facilities"),
    "bulanan": (
        "accountability",
        "Hasil kerja dilaporkan setiap bulan, paling lambat tanggal 5 bulan berikutnya; data yang dilaporkan: capaian"
        " indikator dan kendala.",
        "",
    ),
    "mingguan": (
        "accountability",
        "Perkembangan pekerjaan rutin dilaporkan setiap Senin dalam pertemuan tim; data yang dilaporkan: jumlah layanan"
        " dan yang belum selesai.",
        "",
    ),
    "tahap": (
        "accountability",
        "Pekerjaan nonrutin dilaporkan saat tahap selesai; data yang dilaporkan: rancangan, catatan uji coba, dan"
        " hasil akhir.",
        "",
    ),
    "tugas-baru": (
        "consequence",
        "Pegawai diusulkan memimpin penugasan baru yang lebih luas.",
        True,
    ),
    "penghargaan": (
        "consequence",
        "Pegawai diusulkan sebagai penerima penghargaan pegawai berkinerja baik.",
        True,
    ),
    "pelatihan": (
        "consequence",
        "Pegawai diprioritaskan mengikuti pelatihan yang ia pilih bersama pimpinan.",
        True,
    ),
    "teguran": (
        "consequence",
        "Pimpinan memberi teguran lisan dan menyepakati perbaikan dalam satu bulan.",
        False,
    ),
    "alih-tugas": (
        "consequence",
        "Penugasan dialihkan kepada anggota tim lain setelah pembahasan bersama.",
        False,
    ),
}


class AnnexLineForm(forms.Form):
    kind = forms.ChoiceField(choices=AnnexLine.Kind.choices, widget=forms.HiddenInput)
    text = forms.CharField(
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Satu baris paling banyak 1.000 huruf."},
    )
    resource = forms.ChoiceField(
        label="Jenis dukungan",
        required=False,
        choices=[("", "Pilih jenis dukungan"), *AnnexLine.Resource.choices],
        error_messages={"invalid_choice": "Pilih jenis dukungan dari daftar."},
    )
    if_met = forms.ChoiceField(
        label="Berlaku apabila",
        required=False,
        choices=[("ya", "Memenuhi ekspektasi"), ("tidak", "Tidak memenuhi ekspektasi")],
        widget=RadiosWithHints,
        error_messages={"invalid_choice": "Pilih kapan konsekuensi ini berlaku."},
    )

    @property
    def part(self):
        return str(self["kind"].value() or "")

    def name(self, number):
        """Say which line this is, for the reader and for the list of errors."""
        self.fields["text"].label = f"{LINE_WORDS.get(self.part, 'Baris')} {number}"
        self.number = number

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("text", "").strip():
            return cleaned
        words = self.fields["text"].label.lower() if self.fields["text"].label else "baris ini"
        if (
            cleaned.get("kind") == "resource"
            and not cleaned.get("resource")
            and "resource" not in self.errors
        ):
            self.add_error("resource", f"Pilih jenis dukungan untuk {words}.")
        if cleaned.get("kind") == "consequence" and not cleaned.get("if_met") and "if_met" not in self.errors:
            self.add_error("if_met", f"Pilih kapan {words} berlaku.")
        return cleaned


def annex_rows(data):
    """Bound rows, named; raises `rows.Unreadable`."""
    return named(bound_rows(AnnexLineForm, data, PREFIX))


def fresh_annex(lines):
    """The rows for stored or typed lines; each part has one to type in."""
    rows = [as_typed(line) for line in lines]
    for kind in AnnexLine.Kind.values:
        if not any(row["kind"] == kind for row in rows):
            rows.append({"kind": kind})
    return named(fresh_rows(AnnexLineForm, rows, PREFIX))


def as_typed(line):
    if_met = line.get("if_met")
    return line | {"if_met": {True: "ya", False: "tidak", None: ""}.get(if_met, if_met)}


def redrawn_annex(data):
    """The rows as typed, with the one that a button asks for more or less."""
    rows = typed_values(AnnexLineForm, data, PREFIX)
    gone = index_sent(data.get("hapus", ""), rows)
    if gone is not None:
        del rows[gone]
    if data.get("tambah") in AnnexLine.Kind.values:
        rows.append({"kind": data["tambah"]})
    if data.get("kalimat") in SENTENCES:
        put_sentence(rows, *SENTENCES[data["kalimat"]])
    return fresh_annex(rows)


def put_sentence(rows, kind, text, more):
    """A sentence goes to the first empty row of its part, else to a new one."""
    row = next((row for row in rows if row["kind"] == kind and not str(row.get("text", "")).strip()), None)
    if row is None:
        row = {"kind": kind}
        rows.append(row)
    row |= {"text": text}
    if kind == "resource":
        row["resource"] = more
    if kind == "consequence":
        row["if_met"] = "ya" if more else "tidak"


def lines_of(rows):
    """The filled rows, as `save_annex` wants them, in the order of the form."""
    lines = [row.cleaned_data for row in rows if row.cleaned_data.get("text", "").strip()]
    order = list(AnnexLine.Kind.values)
    return [
        line | {"if_met": line["if_met"] == "ya"}
        for line in sorted(lines, key=lambda line: order.index(line["kind"]))
    ]


def named(rows):
    counts = {}
    for row in rows:
        counts[row.part] = counts.get(row.part, 0) + 1
        row.name(counts[row.part])
    return rows


def parts_of(rows):
    """[(kind, words, its rows, its sentences)] for the page; each row knows its `place` in what is sent."""
    for place, row in enumerate(rows):
        row.place = place
    return [
        (
            kind,
            words,
            [row for row in rows if row.part == kind],
            [(key, text) for key, (part, text, _) in SENTENCES.items() if part == kind],
        )
        for kind, words in AnnexLine.Kind.choices
    ]


class SupportForm(forms.Form):
    support = forms.ChoiceField(
        label="Apakah dukungan ini datang?",
        choices=AnnexLine.Support.choices,
        widget=RadiosWithHints(
            hints={
                "promised": "Belum ada kabar.",
                "partly": "Sebutkan apa yang belum ada.",
                "refused": "Ekspektasi dapat disesuaikan karenanya.",
            }
        ),
        error_messages={"required": "Pilih keadaan dukungan.", "invalid_choice": "Pilih keadaan dukungan."},
    )
    note = forms.CharField(
        label="Keterangan",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wajib jika dukungan belum terpenuhi seluruhnya.",
        error_messages={"max_length": "Keterangan paling banyak 1.000 huruf."},
    )

    def clean(self):
        cleaned = super().clean()
        is_short = cleaned.get("support") in ("partly", "refused")
        if is_short and "note" not in self.errors and not cleaned.get("note", "").strip():
            self.add_error("note", "Tulis apa yang belum terpenuhi.")
        return cleaned
