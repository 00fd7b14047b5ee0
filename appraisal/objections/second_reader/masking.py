"""Taking out of a text whatever says whose it is, for the second reader (docs/adr/0021). Pure.

What is masked: names and their parts, NIP and other long numbers, telephones, e-mail and web addresses, posts, units,
and the words of a first rating or predikat. What describes the work itself stays, because it is what the reader rates.
"""

import re
from functools import reduce

from appraisal.scoring.matrix import Predikat, Rating

HIDDEN = "[disamarkan]"
SHORTEST_PART = 3
# Words of unit names that many units share: alone they say nothing of a person.
COMMON = frozenset(
    [
        "dinas",
        "badan",
        "kantor",
        "bagian",
        "bidang",
        "seksi",
        "sub",
        "subbagian",
        "sekretariat",
        "sekolah",
        "dasar",
        "menengah",
        "pertama",
        "negeri",
        "puskesmas",
        "kecamatan",
        "kelurahan",
        "kota",
        "ambon",
        "unit",
        "kerja",
        "instalasi",
        "pelayanan",
        "daerah",
        "dan",
        "atau",
        "pada",
        "untuk",
        "dalam",
        "luar",
        "atas",
        "bawah",
        "kepala",
        "staf",
        "ahli",
    ]
)
TITLES = frozenset(
    ["drg", "apt", "ners", "amd", "str", "ssi", "skm", "skep", "mkes", "spd", "mpd", "prof", "drs", "dra"]
)
# NIP and NIK, also written in groups, and telephones; an amount of money is no secret.
NUMBERS = re.compile(r"\d(?:[ .\-]?\d){14,}|(?<!\w)(?:\+62|0)[ \-]?8(?:[ \-]?\d){7,}")
ADDRESSES = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+", re.IGNORECASE)
FIRST_RATING = re.compile(
    "|".join(
        [
            r"predikat\s+(?:kinerja\s+)?[\w/]+(?:\s+baik|\s+kurang|\s+perbaikan)?",
            *(
                re.escape(label)
                for label in (*Rating.labels, *Predikat.labels)
                if " " in label or "/" in label
            ),
            "di ?(?:atas|bawah) ekspektasi",
            "misconduct",
        ]
    ),
    re.IGNORECASE,
)


def parts_of_name(name):
    """The words of a person's name that could tell who he is, without titles."""
    words = re.findall(r"[^\W\d_]+", name)
    return {word for word in words if len(word) >= SHORTEST_PART and word.lower() not in TITLES}


def parts_of_unit(name):
    """The words of a unit's name that only this unit has."""
    return {
        word
        for word in re.findall(r"[^\W\d_]+", name)
        if len(word) > SHORTEST_PART and word.lower() not in COMMON
    }


def terms_of(*, people=(), nips=(), posts=(), units=()):
    """Everything to look for in the texts of one case, longest first."""
    found = {*people, *nips, *posts, *units}
    for name in people:
        found |= parts_of_name(name)
    for name in units:
        found |= parts_of_unit(name)
    return sorted((term.strip() for term in found if term and term.strip()), key=len, reverse=True)


def pattern_of(terms):
    """One pattern for all terms, as whole words in any case; None when there is nothing to look for."""
    if not terms:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, terms))})(?!\w)", re.IGNORECASE)


def masked(text, pattern):
    """`text` without anything that says whose it is."""
    looked_for = [ADDRESSES, NUMBERS, FIRST_RATING, *([pattern] if pattern else [])]
    return reduce(lambda so_far, each: each.sub(HIDDEN, so_far), looked_for, text or "")


def says_whose(text, pattern):
    """Would `masked` take a name or a number out of this text? Spaces between letters do not hide a word."""
    squeezed = re.sub(r"\s+", " ", text)
    return bool(NUMBERS.search(squeezed) or (pattern and pattern.search(squeezed)))
