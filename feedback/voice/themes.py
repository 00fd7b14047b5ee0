"""What released comments speak about, by plain words. Pure, and nothing is guessed: a word stands there or not."""

import re

FEWEST = 5  # comments behind a theme that is told (the rule of the house for small counts)
MOST_PRAISE = 3
THEMES = {
    "Persyaratan": ("syarat", "persyaratan", "berkas", "dokumen", "fotokopi"),
    "Prosedur": ("prosedur", "alur", "berbelit", "bolak-balik", "bingung", "informasi"),
    "Waktu": ("lama", "cepat", "antre", "antri", "antrean", "antrian", "menunggu", "tunggu", "lambat"),
    "Biaya": ("biaya", "tarif", "bayar", "mahal", "gratis", "pungutan", "pungli"),
    "Petugas": ("ramah", "sopan", "petugas", "pegawai", "melayani", "senyum", "kasar", "jutek", "sabar"),
    "Pengaduan": ("pengaduan", "keluhan", "komplain", "saran"),
    "Tempat dan alat": (
        "ruang",
        "toilet",
        "kursi",
        "parkir",
        "panas",
        "bersih",
        "kotor",
        "komputer",
        "jaringan",
    ),
}
PRAISE = (
    "bagus",
    "baik",
    "puas",
    "terima kasih",
    "ramah",
    "sopan",
    "cepat",
    "hebat",
    "mantap",
    "bersih",
    "sabar",
)
BLAME = ("tidak", "kurang", "belum", "jangan", "buruk", "lama", "lambat", "kasar", "kotor", "mahal", "tolong")


def speaks_of(text, words):
    return any(re.search(rf"\b{re.escape(word)}", text) for word in words)


def themes_of(texts):
    """[(theme, how many comments)] of those that enough speak about, most first."""
    lowered = [text.lower() for text in texts]
    counts = {theme: sum(speaks_of(text, words) for text in lowered) for theme, words in THEMES.items()}
    told = [(theme, count) for theme, count in counts.items() if count >= FEWEST]
    return sorted(told, key=lambda row: (-row[1], row[0]))


def praise_in(texts):
    """Up to three comments that praise and blame nothing, the shortest first."""
    praising = [
        text for text in texts if speaks_of(text.lower(), PRAISE) and not speaks_of(text.lower(), BLAME)
    ]
    return sorted(praising, key=lambda text: (len(text), text))[:MOST_PRAISE]
