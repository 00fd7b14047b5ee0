"""Ranks and levels of posts the system starts with. What an office has changed since is never overwritten."""

from django.db import transaction

from .models import Post, PostLevel, Rank

RANKS_OF_PNS = (
    ("I/a", "Juru Muda"), ("I/b", "Juru Muda Tk. I"), ("I/c", "Juru"), ("I/d", "Juru Tk. I"),
    ("II/a", "Pengatur Muda"), ("II/b", "Pengatur Muda Tk. I"), ("II/c", "Pengatur"), ("II/d", "Pengatur Tk. I"),
    ("III/a", "Penata Muda"), ("III/b", "Penata Muda Tk. I"), ("III/c", "Penata"), ("III/d", "Penata Tk. I"),
    ("IV/a", "Pembina"), ("IV/b", "Pembina Tk. I"), ("IV/c", "Pembina Utama Muda"),
    ("IV/d", "Pembina Utama Madya"), ("IV/e", "Pembina Utama"),
)  # fmt: skip
RANKS_OF_PPPK = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
)  # fmt: skip
OF_PNS, OF_PPPK = "PP 99/2000 jo. PP 12/2002", "Perpres 98/2020"

FUNCTIONAL, GENERAL, STRUCTURAL = "PermenPANRB 1/2023", "PermenPANRB 45/2022", "PP 11/2017"
# (kind, code, name, usual ranks, examples, source, confirmed); the order is from low to high within a kind
LEVELS = (
    (Post.Kind.EXECUTIVE, "klerek", "Klerek", "", "Pengadministrasi", GENERAL, True),
    (Post.Kind.EXECUTIVE, "operator", "Operator", "", "Operator layanan", GENERAL, True),
    (Post.Kind.EXECUTIVE, "teknisi", "Teknisi", "", "Teknisi sarana", GENERAL, True),
    (Post.Kind.SKILLED, "pemula", "Pemula", "II/a", "", FUNCTIONAL, False),
    (Post.Kind.SKILLED, "terampil", "Terampil", "II/b–II/d, PPPK VII", "Bidan Terampil", FUNCTIONAL, False),
    (Post.Kind.SKILLED, "mahir", "Mahir", "III/a–III/b", "Bidan Mahir", FUNCTIONAL, False),
    (Post.Kind.SKILLED, "penyelia", "Penyelia", "III/c–III/d", "Bidan Penyelia", FUNCTIONAL, False),
    (Post.Kind.EXPERT, "ahli_pertama", "Ahli Pertama", "III/a–III/b, PPPK IX", "Guru Ahli Pertama", FUNCTIONAL, True),
    (Post.Kind.EXPERT, "ahli_muda", "Ahli Muda", "III/c–III/d, PPPK XI", "Guru Ahli Muda", FUNCTIONAL, True),
    (Post.Kind.EXPERT, "ahli_madya", "Ahli Madya", "IV/a–IV/c, PPPK XIII", "Guru Ahli Madya", FUNCTIONAL, True),
    (Post.Kind.EXPERT, "ahli_utama", "Ahli Utama", "IV/d–IV/e", "", FUNCTIONAL, True),
    (Post.Kind.SUPERVISOR, "iv_b", "Pengawas (IV.b)", "III/b–III/d", "Kepala seksi kelurahan", STRUCTURAL, False),
    (
        Post.Kind.SUPERVISOR, "iv_a", "Pengawas (IV.a)", "III/c–III/d",
        "Lurah, kepala subbagian, kepala seksi, kepala UPTD", STRUCTURAL, False,
    ),
    (
        Post.Kind.ADMINISTRATOR, "iii_b", "Administrator (III.b)", "III/d–IV/a",
        "Kepala bidang, sekretaris kecamatan", STRUCTURAL, False,
    ),
    (
        Post.Kind.ADMINISTRATOR, "iii_a", "Administrator (III.a)", "IV/a–IV/b",
        "Camat, sekretaris dinas, kepala bagian", STRUCTURAL, False,
    ),
    (
        Post.Kind.HIGH, "ii_b", "JPT Pratama (II.b)", "IV/b–IV/c",
        "Asisten, staf ahli, inspektur, kepala dinas atau badan", STRUCTURAL, False,
    ),
    (Post.Kind.HIGH, "ii_a", "JPT Pratama (II.a)", "IV/c–IV/d", "Sekretaris Daerah", STRUCTURAL, False),
)  # fmt: skip


@transaction.atomic
def fill():
    """Add what is missing of the ranks and levels; what is there stays as it is."""
    ranks = [
        Rank(kind=Rank.Kind.PNS, code=code, name=name, position=position, source=OF_PNS)
        for position, (code, name) in enumerate(RANKS_OF_PNS, 1)
    ] + [
        Rank(kind=Rank.Kind.PPPK, code=code, position=position, source=OF_PPPK)
        for position, code in enumerate(RANKS_OF_PPPK, 1)
    ]
    Rank.objects.bulk_create(ranks, ignore_conflicts=True)
    levels = [
        PostLevel(
            post_kind=kind,
            code=code,
            name=name,
            ranks=ranks,
            examples=examples,
            source=source,
            is_confirmed=confirmed,
            position=position,
        )
        for position, (kind, code, name, ranks, examples, source, confirmed) in enumerate(LEVELS, 1)
    ]
    PostLevel.objects.bulk_create(levels, ignore_conflicts=True)
