"""The seven core values and their guides (PermenPANRB 6/2022, annex, pages 29 and 30)."""

from datetime import date

from .models import CoreValue

VALID_FROM = date(2022, 2, 1)
SOURCE = "PermenPANRB 6/2022, Lampiran, halaman 29–30"

# (key, name, meaning, guides), in the order of the regulation
VALUES = (
    (
        "berorientasi-pelayanan",
        "Berorientasi pelayanan",
        "Komitmen memberikan pelayanan prima demi kepuasan masyarakat.",
        (
            "Memahami dan memenuhi kebutuhan masyarakat",
            "Ramah, cekatan, solutif, dan dapat diandalkan",
            "Melakukan perbaikan tiada henti",
        ),
    ),
    (
        "akuntabel",
        "Akuntabel",
        "Bertanggung jawab atas kepercayaan yang diberikan.",
        (
            "Melaksanakan tugas dengan jujur, bertanggung jawab, cermat, disiplin, dan berintegritas tinggi",
            "Menggunakan kekayaan dan barang milik negara secara bertanggung jawab, efektif, dan efisien",
            "Tidak menyalahgunakan kewenangan jabatan",
        ),
    ),
    (
        "kompeten",
        "Kompeten",
        "Terus belajar dan mengembangkan kapabilitas.",
        (
            "Meningkatkan kompetensi diri untuk menjawab tantangan yang selalu berubah",
            "Membantu orang lain belajar",
            "Melaksanakan tugas dengan kualitas terbaik",
        ),
    ),
    (
        "harmonis",
        "Harmonis",
        "Saling peduli dan menghargai perbedaan.",
        (
            "Menghargai setiap orang apa pun latar belakangnya",
            "Suka menolong orang lain",
            "Membangun lingkungan kerja yang kondusif",
        ),
    ),
    (
        "loyal",
        "Loyal",
        "Berdedikasi dan mengutamakan kepentingan bangsa dan negara.",
        (
            "Memegang teguh Pancasila, UUD 1945, setia kepada NKRI serta pemerintahan yang sah",
            "Menjaga nama baik sesama ASN, pimpinan, instansi, dan negara",
            "Menjaga rahasia jabatan dan negara",
        ),
    ),
    (
        "adaptif",
        "Adaptif",
        "Terus berinovasi dan antusias dalam menggerakkan serta menghadapi perubahan.",
        (
            "Cepat menyesuaikan diri menghadapi perubahan",
            "Terus berinovasi dan mengembangkan kreativitas",
            "Bertindak proaktif",
        ),
    ),
    (
        "kolaboratif",
        "Kolaboratif",
        "Membangun kerja sama yang sinergis.",
        (
            "Memberi kesempatan kepada berbagai pihak untuk berkontribusi",
            "Terbuka dalam bekerja sama untuk menghasilkan nilai tambah",
            "Menggerakkan pemanfaatan berbagai sumber daya untuk tujuan bersama",
        ),
    ),
)


def fill():
    """Safe to repeat; another wording from a later day on stays."""
    for position, (key, name, meaning, guides) in enumerate(VALUES, start=1):
        CoreValue.objects.get_or_create(
            key=key,
            valid_from=VALID_FROM,
            defaults={
                "position": position,
                "name": name,
                "meaning": meaning,
                "guides": list(guides),
                "source": SOURCE,
            },
        )
