"""The nine statements of form B.1.8 (PermenPANRB 6/2022 page 83). Pure."""

from itertools import groupby

ABOUT_EMPLOYEE = "Tentang pegawai"
ABOUT_LEADER = "Tentang pimpinan atau pihak lain yang diberikan penugasan khusus"
ABOUT_BOTH = "Tentang pegawai dan pimpinan atau pihak lain yang diberikan penugasan khusus"

STATEMENTS = (
    (ABOUT_EMPLOYEE, "Saya merasa diperhatikan dan dipahami"),
    (ABOUT_EMPLOYEE, "Saya merasa tindakan/langkah yang telah saya lakukan dihargai"),
    (ABOUT_EMPLOYEE, "Saya merasa dapat dengan bebas mengemukakan pendapat/pemikiran saya"),
    (ABOUT_LEADER, "Saya merasa bahwa pandangan yang diberikan berdasarkan data/fakta yang akurat"),
    (ABOUT_LEADER, "Saya merasa bahwa pandangan/pendapat yang diberikan kepada saya bersifat positif"),
    (ABOUT_LEADER, "Lebih banyak menggunakan metode bertanya dibandingkan menggurui"),
    (ABOUT_BOTH, "Saya merasa dibantu dalam mencari solusi dan aksi tindak lanjut"),
    (ABOUT_BOTH, "Saya tahu apa yang harus saya lakukan setelah mengikuti kegiatan bimbingan kinerja ini"),
    (ABOUT_BOTH, "Saya memahami maksud dan tujuan kegiatan bimbingan kinerja ini"),
)
# The form leaves its column open; three answers and a note say more than a cross and can be compared.
ANSWERS = (("ya", "Ya"), ("sebagian", "Sebagian"), ("tidak", "Tidak"))


def by_subject():
    """[(subject, [(number, statement)])] in the order of the form."""
    numbered = [(subject, number, words) for number, (subject, words) in enumerate(STATEMENTS, start=1)]
    return [
        (subject, [(number, words) for _, number, words in group])
        for subject, group in groupby(numbered, key=lambda row: row[0])
    ]


def as_kept(given):
    """`given` is {number: (answer, note)}; each answer is kept with its statement, as it was read that day."""
    return [
        {"kriteria": words, "tanggapan": dict(ANSWERS)[given[number][0]], "catatan": given[number][1].strip()}
        for number, (_, words) in enumerate(STATEMENTS, start=1)
    ]
