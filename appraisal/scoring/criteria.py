"""One line for each answer of the rating page, so that nobody chooses a bare word.

For the two ratings of the law they are its guide (PermenPANRB 6/2022 pages 97-98); a single result has none there,
so its lines speak of the agreed target only.
"""

from .matrix import Rating

FOR_A_RESULT = {
    Rating.ABOVE: "Melampaui target yang disepakati, didukung bukti dan umpan balik.",
    Rating.MEETS: "Memenuhi target yang disepakati.",
    Rating.BELOW: "Belum memenuhi target yang disepakati.",
}
FOR_WORK = {
    Rating.ABOVE: "Sebagian besar atau seluruh hasil di atas ekspektasi, dan tidak ada hasil utama di bawahnya.",
    Rating.MEETS: "Sebagian besar atau seluruh hasil sesuai, dan hanya sebagian kecil hasil utama di bawahnya.",
    Rating.BELOW: "Sebagian besar atau seluruh hasil di bawah ekspektasi.",
}
FOR_BEHAVIOUR = {
    Rating.ABOVE: "Konsisten menjalankan nilai dasar ASN dan menjaga penerapannya di dalam atau di luar unit.",
    Rating.MEETS: "Konsisten menjalankan nilai dasar ASN untuk diri sendiri.",
    Rating.BELOW: "Belum konsisten menjalankan nilai dasar ASN.",
}
