"""What the figures say, in sentences of at most twenty words."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.formats import date_format

from ambon_kinerja.charts import in_words
from ambon_kinerja.workdays.words import date_words

from .figures import share


def findings(figures):
    """The summary: the main finding first."""
    said = [
        progress_words(figures["people"]),
        achievement_words(figures["achievement"]),
        service_words(figures["services"]),
    ]
    return [sentence for sentence in said if sentence]


@dataclass(frozen=True)
class Headline:
    label: str
    text: str
    detail: str


def headlines(figures):
    """The three figures to be read from an arm's length."""
    people, reached = figures["people"], figures["achievement"]
    graded = [service for service in figures["services"] if service["grade"]]
    mean = f"{in_words(reached['mean'])}%" if reached["mean"] else "–"
    why = {"ditutup": "ditutup: kelompok terlalu kecil", "": "dari indikator utama yang berdata"}
    served = Headline("IKM layanan", "–", "belum ada layanan yang mutunya terbit")
    if graded:
        lowest = min(graded, key=lambda service: Decimal(service["index"]))
        served = Headline(
            "IKM layanan" if len(graded) == 1 else "IKM terendah", index_words(lowest), lowest["name"]
        )
    return (
        Headline(
            "Pegawai dinilai",
            in_words(people["final"]),
            f"dari {in_words(people['due'])} yang wajib menyusun SKP",
        ),
        Headline("Rata-rata capaian", mean, why.get(reached["note"], reached["note"])),
        served,
    )


def progress_words(people):
    if not people["due"]:
        return "Tidak ada pegawai yang wajib menyusun SKP pada akhir periode ini."
    if people["final"] == people["due"]:
        return f"Semua {in_words(people['due'])} pegawai sudah dinilai dan hasilnya ditetapkan."
    part = in_words(share(people["final"], people["due"]))
    counts = f"{in_words(people['final'])} dari {in_words(people['due'])} pegawai ({part}%)"
    return f"{counts} sudah dinilai dan hasilnya ditetapkan."


def achievement_words(reached):
    if not reached["indicators"]:
        return "Belum ada indikator hasil kerja utama dari SKP yang disepakati."
    if not reached["with_data"]:
        return "Belum ada realisasi yang dicatat, jadi capaian belum bisa dihitung."
    if reached["mean"] is None:
        return "Capaian indikator tidak ditampilkan karena kelompoknya terlalu kecil."
    return (
        f"Dari {in_words(reached['with_data'])} indikator utama yang berdata, "
        f"{in_words(reached['reached'])} mencapai target. "
        f"Rata-rata capaiannya {in_words(reached['mean'])}%."
    )


def service_words(services):
    graded = [service for service in services if service["grade"]]
    if not services:
        return "Perangkat daerah ini belum mendaftarkan layanan untuk survei kepuasan masyarakat."
    if not graded:
        return "Belum ada layanan yang mutunya terbit. Mutu A–D terbit setelah hasil survei triwulan dikunci."
    if len(graded) == 1:
        return f"IKM layanan {graded[0]['name']} {index_words(graded[0])} (mutu {graded[0]['grade']})."
    lowest = min(graded, key=lambda service: Decimal(service["index"]))
    return (
        f"{len(graded)} layanan sudah bermutu. "
        f"IKM terendah: {lowest['name']}, {index_words(lowest)} (mutu {lowest['grade']})."
    )


def index_words(service):
    """A report from before bounds were told has exact figures alone."""
    bound = "sekurangnya " if service.get("at_least") else ""
    return f"{bound}{in_words(service['index'])}"


def missing(figures):
    """What the figures do not cover, as counts, never names."""
    people, reached = figures["people"], figures["achievement"]
    gaps = (
        (people["due"] - people["planned"], "pegawai belum membuat SKP."),
        (people["planned"] - people["agreed"], "SKP sudah dibuat, tetapi belum disepakati."),
        (people["none"], "pegawai belum mulai dinilai sampai penilaian ditutup."),
        (people["draft"], "penilaian tertinggal sebagai draf dan tidak ikut dihitung."),
        (reached["without_data"], "indikator utama tidak memiliki data realisasi."),
        (
            sum(not service["index"] for service in figures["services"]),
            "layanan belum memiliki indeks yang terbit.",
        ),
    )
    return [f"{in_words(count)} {words}" for count, words in gaps if count]


def predikat_words(figures):
    """Why there is no distribution, or what is joined in it; "" when nothing needs saying."""
    predikat = figures["predikat"]
    if predikat["outcome"] == "one_level":
        return (
            f"Semua {in_words(predikat['total'])} pegawai yang dinilai mendapat predikat yang sama. "
            "Predikatnya tidak disebut agar nilai tiap orang tetap rahasia."
        )
    if predikat["outcome"] == "hidden":
        return (
            "Sebaran tidak ditampilkan karena pegawai yang dinilai terlalu sedikit atau hampir semuanya sama."
        )
    if any(len(group["levels"]) > 1 for group in predikat["groups"]):
        return "Predikat yang dimiliki terlalu sedikit pegawai digabung dengan predikat di sebelahnya."
    return ""


def days(figures):
    """The days and moments of the figures in words."""
    period = figures["period"]
    return {
        "starts_on": date_words(date.fromisoformat(period["starts_on"])),
        "ends_on": date_words(date.fromisoformat(period["ends_on"])),
        "closed_at": moment_words(datetime.fromisoformat(period["closed_at"])),
        "measured_at": moment_words(datetime.fromisoformat(figures["measured_at"])),
    }


def moment_words(moment):
    return f"{date_format(moment, 'l, j F Y')} pukul {moment:%H.%M} WIT"
