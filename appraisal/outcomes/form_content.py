"""What stands around the figures of the three credit forms, as it was on the day: kept with the form (`content`)."""

from django.utils import timezone
from django.utils.formats import date_format

from agencies.people.models import Assignment
from agencies.people.nip import InvalidNip, read_nip
from appraisal.rulebook.queries import value_on

from .credit import LEVEL_WORDS
from .models import CreditParticulars
from .served import functional_posts, holds_on

PLACE, INSTANCE = "Ambon", "Pemerintah Kota Ambon"
SEXES = {"male": "Laki-laki", "female": "Perempuan"}
NOT_GIVEN = "–"


def content_of(employee, *, level, signer, day=None):
    """{instance, place, particulars: [[label, text]], missing: [label], signer, copies}: JSON. About ten queries."""
    day = day or timezone.localdate()
    rows = particulars_of(employee, level=level, day=day)
    return {
        "instance": INSTANCE,
        "place": PLACE,
        "particulars": [[label, text or NOT_GIVEN] for label, text in rows],
        "signer": signer_facts(signer, day),
        "copies": value_on("credit_copies", day).splitlines(),
    }


def particulars_of(employee, *, level, day):
    """[(label, text)] in the order of the form; "" where nothing is recorded."""
    kept = CreditParticulars.objects.filter(employee=employee).first()
    post = holds_on(employee, day)
    born, sex = birth_of(employee)
    return [
        ("Nama", employee.name),
        ("NIP", employee.nip or ""),
        ("Nomor seri Karpeg", kept.card_number if kept else ""),
        ("Pangkat/golongan ruang/TMT", with_day(employee.rank, kept.rank_since if kept else None)),
        ("Tempat dan tanggal lahir", ", ".join(filter(None, [kept.birth_place if kept else "", born]))),
        ("Jenis kelamin", sex),
        ("Pendidikan tertinggi", kept.education if kept else ""),
        ("Jabatan fungsional/TMT", with_day(post_words(post, level), level_since(employee, level, day))),
        ("Masa kerja golongan", service_words(kept)),
        ("Unit kerja", post.post.unit.name if post else ""),
    ]


def missing_particulars(employee, *, level, day=None):
    """The labels of what the personnel office has still to record."""
    rows = particulars_of(employee, level=level, day=day or timezone.localdate())
    return [label for label, text in rows if not text]


def birth_of(employee):
    """(day of birth, sex) in words, as the NIP says."""
    try:
        nip = read_nip(employee.nip or "")
    except InvalidNip:
        return "", ""
    return date_format(nip.born, "j F Y"), SEXES[nip.sex]


def with_day(text, day):
    return f"{text}/{date_format(day, 'j F Y')}" if text and day else text


def post_words(held, level):
    name = held.post.name if held else ""
    return (
        name if LEVEL_WORDS[level].casefold() in name.casefold() else f"{name} {LEVEL_WORDS[level]}".strip()
    )


def level_since(employee, level, day):
    """The first day of the unbroken time at this level, as the posts say."""
    since = None
    for held in functional_posts(employee).order_by("-term"):
        if held.term.lower > day:
            continue
        if held.post.level != level:
            break
        since = held.term.lower
    return since


def service_words(kept):
    if kept is None or kept.service_years is None:
        return ""
    return f"{kept.service_years} tahun {kept.service_months or 0} bulan"


def signer_facts(signer, day):
    held = (
        Assignment.objects.on(day)
        .filter(employee=signer, kind=Assignment.Kind.DEFINITIVE)
        .select_related("post__unit")
        .first()
    )
    return {
        "name": signer.name,
        "nip": signer.nip or "",
        "rank": signer.rank,
        "post": held.post.name if held else "",
        "unit": held.post.unit.name if held else "",
    }
