"""Pangkat and golongan of civil servants (PNS: I/a to IV/e) and the golongan of PPPK (I to XVII)."""

import re

PANGKAT = {
    "I/a": "Juru Muda", "I/b": "Juru Muda Tk. I", "I/c": "Juru", "I/d": "Juru Tk. I",
    "II/a": "Pengatur Muda", "II/b": "Pengatur Muda Tk. I", "II/c": "Pengatur", "II/d": "Pengatur Tk. I",
    "III/a": "Penata Muda", "III/b": "Penata Muda Tk. I", "III/c": "Penata", "III/d": "Penata Tk. I",
    "IV/a": "Pembina", "IV/b": "Pembina Tk. I", "IV/c": "Pembina Utama Muda", "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}  # fmt: skip
GOLONGAN_PPPK = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
)  # fmt: skip
OF_PNS = re.compile(
    r"(?P<pangkat>.*?)[\s,;–-]*\(?\b(?P<room>I{1,3}|IV)\s*/\s*(?P<letter>[A-E])\)?", re.IGNORECASE
)


class InvalidRank(ValueError):
    """The text is no rank; `reason` says why, in Indonesian."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def read_rank(text, *, is_pppk):
    """ "Penata Muda, III/a" from "III/a", "penata muda (III/a)" …; "IX" for PPPK. Raises InvalidRank."""
    typed = " ".join(text.split())
    if is_pppk:
        golongan = re.sub(r"^gol(ongan|\.)?\s*", "", typed, flags=re.IGNORECASE).upper()
        if golongan not in GOLONGAN_PPPK:
            raise InvalidRank("Golongan PPPK ditulis I sampai XVII, misalnya IX.")
        return golongan
    found = OF_PNS.fullmatch(typed)
    golongan = f"{found['room'].upper()}/{found['letter'].lower()}" if found else ""
    if golongan not in PANGKAT:
        raise InvalidRank("Golongan PNS ditulis I/a sampai IV/e, misalnya III/a.")
    if found["pangkat"] and plain(found["pangkat"]) != plain(PANGKAT[golongan]):
        raise InvalidRank(f"Golongan {golongan} adalah {PANGKAT[golongan]}, bukan {found['pangkat']}.")
    return f"{PANGKAT[golongan]}, {golongan}"


def plain(pangkat):
    return re.sub(r"[\s.]+", "", pangkat.lower()).replace("tingkat", "tk")
