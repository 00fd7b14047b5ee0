"""Answer counts published by others, used as the demo's survey answers (facts, with their source).

Each line gives an element's answers of value 4, 3, 2, 1. The published indices differ from the exact ones where the
report rounded on the way; `feedback/results/tests/test_index.py` tells by which convention.
"""

from .organisation import CLINIC_SERVICE

# Balkesmas Wilayah Semarang, official report, first half of 2024, 200 respondents.
TWO_HUNDRED = {
    "persyaratan": (141, 59, 0, 0),
    "prosedur": (112, 88, 0, 0),
    "waktu": (141, 59, 0, 0),
    "biaya": (38, 162, 0, 0),
    "produk": (150, 50, 0, 0),
    "kompetensi": (153, 47, 0, 0),
    "perilaku": (167, 33, 0, 0),
    "pengaduan": (165, 35, 0, 0),
    "sarana": (165, 35, 0, 0),
}
# A public service mall's worked sheet, third quarter of 2025, 29 respondents: too few for a grade.
TWENTY_NINE = {
    "persyaratan": (18, 11, 0, 0),
    "prosedur": (14, 15, 0, 0),
    "waktu": (15, 12, 2, 0),
    "biaya": (29, 0, 0, 0),
    "produk": (15, 14, 0, 0),
    "kompetensi": (18, 11, 0, 0),
    "perilaku": (19, 10, 0, 0),
    "sarana": (18, 11, 0, 0),
    "pengaduan": (28, 1, 0, 0),
}
# One respondent made an index of 100.00 public once: here it stays unpublished.
ONE = dict.fromkeys(TWENTY_NINE, (1, 0, 0, 0))

BY_SERVICE = {
    CLINIC_SERVICE: TWO_HUNDRED,
    "ktp-dan-kartu-keluarga": TWENTY_NINE,
    "surat-keterangan-kelurahan": ONE,
}


def responses(counts):
    """The counts as single responses, {element: value} each, spread so that no respondent is all of one kind."""
    size = max(sum(row) for row in counts.values())
    columns = {}
    for shift, (element, row) in enumerate(counts.items()):
        values = [value for value, count in zip((4, 3, 2, 1), row, strict=True) for _ in range(count)]
        columns[element] = values[shift * 7 % size :] + values[: shift * 7 % size]
    return [{element: values[number] for element, values in columns.items()} for number in range(size)]
