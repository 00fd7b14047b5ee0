"""What a password may not consist of: words a stranger would try first for a civil servant of Ambon."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError

EXPECTED_WORDS = (
    "ambon", "maluku", "manise", "kinerja", "ekinerja", "pegawai", "pemkot", "kota", "dinas", "bkpsdm", "nip",
    "asn", "pns", "pppk", "password", "katasandi", "sandi", "rahasia", "admin", "qwerty", "bismillah", "indonesia",
)  # fmt: skip
LEFT_TO_GUESS = 8
DIFFERENT_SIGNS = 5
OTHER_SPELLINGS = str.maketrans("013457@$!", "oieastasi")


class OwnWordsValidator:
    """Refuses a password of which fewer than eight signs remain without expected words, years and one's own data."""

    def validate(self, password, user=None):
        words = sorted({*EXPECTED_WORDS, *own_words(user)}, key=len, reverse=True)
        rest = re.sub("|".join(map(re.escape, words)), "", password.lower())
        plain = re.sub("|".join(map(re.escape, words)), "", password.lower().translate(OTHER_SPELLINGS))
        if min(len(without_years(rest)), len(plain)) < LEFT_TO_GUESS or len(set(rest)) < DIFFERENT_SIGNS:
            raise ValidationError(self.get_help_text(), code="password_of_expected_words")

    def get_help_text(self):
        return "Jangan memakai nama, NIP, surel, tahun, atau kata yang mudah ditebak seperti “ambon”."


class CompositionValidator:
    """Small and capital letters, digits and other signs, when PASSWORD_COMPOSITION is on (docs/adr/0010)."""

    KINDS = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9\s]")

    def validate(self, password, user=None):
        if settings.PASSWORD_COMPOSITION and not all(re.search(kind, password) for kind in self.KINDS):
            raise ValidationError(self.get_help_text(), code="password_of_few_kinds")

    def get_help_text(self):
        return "Pakai huruf kecil, huruf besar, angka, dan tanda lain seperti “!”."


def without_years(text):
    return re.sub(r"(19|20)\d\d|0?123\d*", "", text)


def own_words(user):
    """The parts of the name, the address and the NIP, from three letters on."""
    if user is None or not hasattr(user, "email"):
        return set()
    employee = getattr(user, "employee", None)
    nip = employee.nip if employee and employee.nip else ""
    pieces = {
        nip,
        nip[:8],
        nip[8:14],
        f"{nip[6:8]}{nip[4:6]}{nip[:4]}",
        *re.split(r"\W+", f"{user.name} {user.email}"),
    }
    return {piece.lower() for piece in pieces if len(piece) >= 3}
