"""Words a plan is looked through for. Pure.

Indonesian shows what a sentence is by its beginning: "Menyusun laporan" tells of an activity, "Laporan tersusun" of
what is there afterwards. The lists are short on purpose: a word that is missing costs a hint, a word too many costs
the trust in all of them.
"""

import re
from itertools import pairwise

# What a verb leaves behind, as it stands after the thing it is done to.
OUTCOMES = {
    "melaksanakan": "terlaksana sesuai rencana",
    "melakukan": "terlaksana sesuai standar",
    "menyelenggarakan": "terselenggara sesuai rencana",
    "menyusun": "tersusun dan diterima pimpinan",
    "membuat": "tersedia dan dipakai",
    "menyiapkan": "siap dipakai tepat waktu",
    "mempersiapkan": "siap dipakai tepat waktu",
    "menyediakan": "tersedia sesuai kebutuhan yang disepakati",
    "melayani": "terlayani sesuai standar",
    "mengelola": "terkelola sesuai ketentuan",
    "memeriksa": "selesai diperiksa tanpa kesalahan berarti",
    "mencatat": "tercatat lengkap dan benar",
    "mendata": "terdata lengkap dan mutakhir",
    "menginput": "terekam lengkap dan benar",
    "mengarsipkan": "tersimpan dan mudah ditemukan kembali",
    "menyelesaikan": "selesai tepat waktu",
    "meningkatkan": "meningkat",
    "menurunkan": "menurun",
    "mengurangi": "berkurang",
    "melaporkan": "dilaporkan tepat waktu",
    "mengoordinasikan": "terkoordinasi dan berjalan sesuai jadwal",
    "mengkoordinasikan": "terkoordinasi dan berjalan sesuai jadwal",
    "memantau": "terpantau, dan penyimpangannya diperbaiki",
    "memonitor": "terpantau, dan penyimpangannya diperbaiki",
    "mengevaluasi": "terevaluasi, dan sarannya ditindaklanjuti",
    "memverifikasi": "terverifikasi tepat waktu",
    "memelihara": "terpelihara dan laik pakai",
    "menyampaikan": "diterima tepat waktu",
    "mengirim": "diterima tepat waktu",
    "mengirimkan": "diterima tepat waktu",
    "memberikan": "diterima oleh yang membutuhkan",
    "mengajar": "dikuasai murid",
    "mendampingi": "mampu bekerja mandiri",
    "membimbing": "mampu bekerja mandiri",
    "membina": "mampu bekerja sesuai standar",
    "melatih": "mampu bekerja sesuai standar",
    "memproses": "selesai diproses tepat waktu",
    "membersihkan": "bersih dan layak dipakai",
    "mengantar": "tiba dengan selamat dan tepat waktu",
    "mengembangkan": "berkembang dan dipakai",
}
TAKING_PART = ("mengikuti", "menghadiri", "membantu", "berpartisipasi", "berkoordinasi", "ikut", "turut")
ACTIVITY_NOUNS = (
    "kegiatan",
    "rapat",
    "penyusunan",
    "pelaksanaan",
    "pembuatan",
    "pengikutsertaan",
    "perjalanan",
)
# Begin with "me" and are no verbs.
NO_VERBS = frozenset(
    [
        "media",
        "mediasi",
        "medis",
        "medali",
        "mebel",
        "mei",
        "meja",
        "mekanik",
        "mekanisme",
        "melati",
        "meme",
        "memo",
        "memori",
        "mendali",
        "menara",
        "menit",
        "mental",
        "menteri",
        "menu",
        "merah",
        "merdeka",
        "merek",
        "merkuri",
        "mesin",
        "mess",
        "metadata",
        "meter",
        "meteran",
        "meterai",
        "metode",
        "metodologi",
        "metro",
        "mentor",
        "menyeluruh",
        "mendasar",
        "memadai",
        "menengah",
        "mengenai",
        "menurut",
        "menuju",
        "merata",
        "melek",
        "meningkat",
        "menurun",
        "membaik",
    ]
)

ABSOLUTE = re.compile(
    r"\b(semua(?:nya)?|seluruhnya|selalu|tidak pernah|tak pernah|setiap|tiap)\b(?:\s+(\w+))?"
)
# "setiap bulan" says how often and is no promise without exception.
RHYTHM = frozenset(
    [
        "hari",
        "minggu",
        "pekan",
        "bulan",
        "triwulan",
        "semester",
        "tahun",
        "tanggal",
        "akhir",
        "awal",
        "senin",
        "jumat",
        "periode",
    ]
)

VAGUE = re.compile(
    r"\b(baik|optimal|maksimal|lancar|efektif|efisien|berkualitas|memuaskan|memadai|tertib|meningkat|sempurna"
    r"|secukupnya|sesuai kebutuhan|sebaik[- ]baiknya|semaksimal mungkin|seoptimal mungkin|bagus|cepat|rapi)\b"
)
NUMBER = re.compile(
    r"\d|\b(nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|setengah|separuh|sebagian besar|mayoritas"
    r"|se(?:hari|minggu|bulan|tahun|kali))\b"
)
SCORES = frozenset(["indeks", "nilai", "skor"])
# States one can look at and say yes or no.
STATE = re.compile(
    r"\b(ditetapkan|disahkan|terbit|diterbitkan|tersedia|selesai|diselesaikan|diterima|disetujui|ditandatangani"
    r"|diundangkan|disepakati|diserahkan|disampaikan|ditindaklanjuti|berfungsi|beroperasi|terpasang|terakreditasi"
    r"|terisi|tercatat|lulus|wtp|opini|predikat|nilai|kategori|akreditasi|paripurna|utama|madya|sesuai sop"
    r"|sesuai standar|sesuai prosedur|sesuai jadwal|sesuai ketentuan|sesuai rencana|tepat waktu|tanpa|bebas dari"
    r"|tidak ada|dari tahun sebelumnya|dibanding\w*|ada|aktif|cum ?laude|pujian)\b"
)
TIME = re.compile(
    r"\b(januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember|tanggal"
    r"|triwulan\w*"
    r"|semester|bulan|minggu|pekan|hari|jam|menit|tahun|tepat waktu|paling lambat|selambat|batas waktu|sebelum"
    r"|jadwal)\b"
)
PRODUCT = re.compile(
    r"\b(dokumen|laporan|naskah|rancangan|berkas|peraturan|perwali|perda|buku|modul|aplikasi|peta|kajian|rekomendasi"
    r"|pedoman|sop|paket)\b"
)


def plain(text):
    """Lower case, single spaces, without marks: what two people typing the same thing have in common."""
    return re.sub(r"[^\w\s%]+", " ", text.lower()).strip()


def is_same(one, other):
    return " ".join(plain(one).split()) == " ".join(plain(other).split())


def is_verb(word):
    """Does `word` stand for doing something: "menyusun", but neither "meningkatnya" nor "metode"?"""
    if word in OUTCOMES or word in TAKING_PART:
        return True
    begins = re.match(r"me(m[bfpv]|n[cdjstyg]|mpe|l|r|w|y|m[aeiou]|n[aeiou])", word)
    return bool(begins) and len(word) > 5 and word not in NO_VERBS and not word.endswith("nya")


def activity_in(statement):
    """(the word that tells of an activity, a rewording) when a result is written as one; else None."""
    words = statement.split()
    if not words:
        return None
    first = plain(words[0])
    if first in TAKING_PART:
        return first, "Sebut apa yang dihasilkan dari keikutsertaan Anda, dan siapa yang memakainya."
    if is_verb(first):
        return first, reworded(first, " ".join(words[1:]))
    if first in ACTIVITY_NOUNS and plain(" ".join(words[:2])) not in ("kegiatan usaha", "kegiatan ekonomi"):
        return first, after_the_noun(first, " ".join(words[1:]))
    if first.startswith("ter") and first.endswith("nya") and len(words) > 1:
        second = plain(words[1])
        if second in ("kegiatan", "rapat", "perjalanan"):
            return second, "Sebut apa yang berubah atau tersedia setelah kegiatan itu."
    return None


def reworded(verb, thing):
    """ "menyusun", "laporan bulanan" → “Laporan bulanan tersusun dan diterima pimpinan”."""
    thing = shortened(thing)
    if not thing:
        return "Sebut bendanya dan keadaannya setelah selesai."
    if verb in OUTCOMES:
        return f"Misalnya: “{thing[0].upper()}{thing[1:]} {OUTCOMES[verb]}”."
    return f"Sebut keadaan setelah selesai, dengan “{thing}” sebagai pokok kalimat."


def after_the_noun(noun, thing):
    thing = shortened(thing)
    if noun == "penyusunan" and thing:
        return reworded("menyusun", thing)
    if noun == "pembuatan" and thing:
        return reworded("membuat", thing)
    return "Sebut apa yang berubah atau tersedia setelah kegiatan itu."


def shortened(thing, longest=90):
    """The thing a sentence begins with, up to where it goes on about how and what for."""
    thing = re.split(
        r"\s(?:dengan|untuk|agar|guna|serta|sehingga|secara|melalui)\s|[,;.]", f" {thing} ", maxsplit=1
    )[0].strip()
    return thing if len(thing) <= longest else thing[:longest].rsplit(" ", 1)[0]


def absolute_word_in(text):
    """The word that leaves no room for a mistake (page 51), or ""."""
    for match in ABSOLUTE.finditer(plain(text)):
        if match[1] in ("setiap", "tiap") and match[2] in RHYTHM:
            continue
        return match[1]
    return ""


def vague_word_in(text):
    """The word that nobody can measure, when no number and no state stands beside it; else ""."""
    found = VAGUE.search(plain(text))
    return found[1] if found and not is_measurable(text) else ""


def is_measurable(text):
    return bool(NUMBER.search(plain(text)) or STATE.search(plain(text)))


def is_a_score(statement):
    """Does it begin with a measure whose number has no unit: "Indeks …", "Nilai …"?"""
    return plain(statement).partition(" ")[0] in SCORES


def names_a_time(*texts):
    return any(TIME.search(plain(text)) for text in texts)


def is_a_product(*texts):
    """Something handed over once, which has a day, unlike a service that goes on all year."""
    return any(PRODUCT.search(plain(text)) for text in texts)


def pairs_alike(texts):
    """Indices (i, j) of texts that say the same."""
    order = sorted(range(len(texts)), key=lambda index: (" ".join(plain(texts[index]).split()), index))
    return [
        (one, other)
        for one, other in pairwise(order)
        if texts[one].strip() and is_same(texts[one], texts[other])
    ]
