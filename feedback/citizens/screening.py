"""Citizens' words without what points at a person: numbers, e-mail addresses, names. Pure.

Better one word too many than one name too few: what is masked here is masked for good on every page.
"""

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256

NUMBER, MAIL, NAME = "[nomor disamarkan]", "[surel disamarkan]", "[nama disamarkan]"
FEWEST_DIGITS = 8  # the shortest number that reaches a person is a local telephone; NIK and NIP are longer
WORTH_COMPARING = 20  # letters and digits

# Digits of any script, with what people put between them; a letter ends the number.
DIGITS = re.compile(r"(?:\+\s?)?\(?\d(?:[\s.,\-–—/_()*]{0,8}\d){7,}")
DATE_OR_TIME = re.compile(
    r"(?<!\d)(?:\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|[012]?\d[.:][0-5]\d)(?!\d)"
)
MONEY = re.compile(
    r"(?<![\w.])((?i:rp)\.?\s?[1-9](?:\d{0,2}(?:\.\d{3}){1,3}|\d{0,8})(?:,\d\d|,-)?)(?![.,]?\d)"
)
SPOKEN = re.compile(
    rf"\b(?:(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)\b[\s,.\-]{{0,3}}){{{FEWEST_DIGITS},}}",
    re.IGNORECASE,
)
MAIL_ADDRESS = re.compile(
    r"[\w.+\-]{1,64}\s?(?:@|[(\[{]\s?(?:at|et)\s?[)\]}])\s?[\w\-]{1,63}"
    r"(?:\s?(?:\.|[(\[{]\s?(?:dot|titik)\s?[)\]}])\s?[\w\-]{1,63}){1,6}",
    re.IGNORECASE,
)
WORD = r"[^\W\d_][\w'’\-]*"
CAPITALS = rf"(?:(?=[A-ZÀ-Þ]){WORD}\.?)"
# After these any word is taken for a name, after the others only one that begins with a capital letter.
# A title without a space before its name is one only where a capital letter shows it: PakBudi, but bulan and pakai.
AFTER_TITLE = re.compile(
    r"\b((?i:(?:bapak|ibu|pak|bu|saudari|bpk|sdri?)\s+|(?:bpk|sdri?|drg?)\.\s*)|(?:[Bb]apak|[Ii]bu|[Pp]ak|[Bb]u)(?=[A-Z]))"
    rf"({WORD}\.?(?:\s+{CAPITALS}){{0,4}})"
)
AFTER_CALLING = re.compile(
    r"\b((?i:drg?|dokter|bidan|perawat|suster|mantri|saudara|mas|mbak|kak|kaka|om|tante|nona|nyong|usi|bung|caca|bang"
    rf"|abang|ns|hj?|an|bernama|nama)\.?\s+)({CAPITALS}(?:\s+{CAPITALS}){{0,4}})"
)
# What often follows a title and is no name.
NO_NAMES = {
    "hamil",
    "menyusui",
    "melahirkan",
    "bersalin",
    "muda",
    "anak",
    "bayi",
    "balita",
    "rumah",
    "saya",
    "kami",
    "kita",
    "beta",
    "dan",
    "atau",
    "yang",
    "di",
    "ke",
    "dari",
    "itu",
    "ini",
    "sudah",
    "belum",
    "tidak",
    "tida",
    "seng",
    "akan",
    "sedang",
    "juga",
    "sangat",
    "kurang",
    "baik",
    "ramah",
    "sopan",
    "petugas",
    "dokter",
    "bidan",
    "perawat",
    "guru",
    "kepala",
    "lurah",
    "camat",
    "rt",
    "rw",
    "kader",
    "dengan",
    "untuk",
    "pada",
    "ada",
    "bilang",
    "kasih",
    "suruh",
    "kota",
    "tua",
    "sekalian",
    "semua",
    "mereka",
}
INVISIBLE = dict.fromkeys(
    [0xAD, 0x34F, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)


def screened(text, *, names=()):
    """`text` with numbers of eight and more digits, e-mails and names masked; `names` are known full names.

    Digits of every script count, and signs that nobody sees do not hide them. Dates, times and amounts in Rp stay.
    """
    text = unicodedata.normalize("NFKC", text).translate(INVISIBLE)
    text = MAIL_ADDRESS.sub(MAIL, text)
    # Every second part is an amount of money.
    parts = MONEY.split(text)
    parts[::2] = [DIGITS.sub(masked_number, part) for part in parts[::2]]
    text = SPOKEN.sub(f"{NUMBER} ", "".join(parts))
    text = AFTER_TITLE.sub(masked_name, text)
    text = AFTER_CALLING.sub(masked_name, text)
    return without(text, tuple(names)).strip()


def masked_number(found):
    rest = DATE_OR_TIME.sub(" ", found[0])
    return NUMBER if sum(sign.isdigit() for sign in rest) >= FEWEST_DIGITS else found[0]


def masked_name(found):
    """The title stays, also a word after it that is no name; the rest is masked."""
    words = re.split(r"(\s+)", found[2])
    kept = []
    while words and words[0].strip(".").lower() in NO_NAMES:
        kept += words[:2]
        words = words[2:]
    if not words or (kept and not words[0][:1].isupper()):
        return found[0]
    end = "." if words[-1].endswith(".") else ""
    return f"{found[1]}{''.join(kept)}{NAME}{end}"


def without(text, names):
    pattern = pattern_of(names)
    return pattern.sub(NAME, text) if pattern else text


@lru_cache(maxsize=64)
def pattern_of(names):
    """Whole names and each of their parts; parts of three letters only where a capital letter says it is a name."""
    parts = {part for name in names for part in re.findall(WORD, name.split(",")[0])}
    anywhere = sorted({part for part in parts if len(part) > 3}, key=len, reverse=True)
    capital = sorted({part.capitalize() for part in parts if len(part) == 3})
    choices = [rf"(?i:{re.escape(part)})" for part in anywhere]
    choices += [re.escape(part) for part in capital]
    if not choices:
        return None
    one = rf"(?:{'|'.join(choices)})"
    return re.compile(rf"\b{one}(?:\s+{one})*\b")


def fingerprint(text):
    """The same for texts that differ in spaces, capitals and signs only; "" for what many say in the same words."""
    letters = "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())
    if len(letters) < WORTH_COMPARING:
        return ""
    return sha256(letters.encode("utf-8", "replace")).hexdigest()[:32]
