"""A problem of citizens: recorded, analysed, a solution tried and judged; closed, or tried anew."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, WrongState, take

from ..models import Problem, Solution
from ..queries import element_labels, next_number, posts_for
from ..refusals import Conflict, Refused, why_not_text
from ..rules import may_write_for, may_write_problem
from ..states.problems import ANALYSE, CLOSE, JUDGE, TRY

NOT_YOURS = "Hanya pengelola layanan unit ini yang dapat mengisi masalahnya."
LONGEST_TITLE = 160
FIELDS = ("source", "element", "title", "text", "is_public")


@transaction.atomic
def record_problem(*, unit, source, element, title, text, by, service=None, is_public=False):
    """Keep what citizens raised; sent twice it is kept once. Raises NotAllowed, or Refused by field."""
    unit = service.unit if service is not None else unit
    if not may_write_for(by, unit):
        raise NotAllowed(NOT_YOURS)
    typed = checked(source=source, element=element, title=title, text=text, is_public=is_public)
    twin = Problem.objects.filter(
        unit=unit, service=service, title=typed["title"], text=typed["text"], recorded_on=timezone.localdate()
    ).first()
    if twin is not None:
        return twin
    problem = Problem.objects.create(
        unit=unit, service=service, recorded_by=by, recorded_on=timezone.localdate(), **typed
    )
    record_event("problem.record", problem, by=by, details={"source": source})
    return problem


def checked(*, source, element, title, text, is_public):
    labels, errors, title = element_labels(), {}, " ".join(title.split())
    if source not in Problem.Source.values:
        errors["source"] = "Pilih dari mana masalah ini diketahui."
    if element not in labels:
        errors["element"] = "Pilih unsur layanan yang terkena."
    if not title:
        errors["title"] = "Tulis masalahnya dalam satu kalimat."
    elif len(title) > LONGEST_TITLE:
        errors["title"] = f"Tulis paling banyak {LONGEST_TITLE} huruf."
    if wrong := why_not_text(text, empty="Uraikan masalahnya."):
        errors["text"] = wrong
    if errors:
        raise Refused(errors)
    return {
        "source": source,
        "element": element,
        "label": labels[element],
        "title": title,
        "text": text.strip(),
        "is_public": bool(is_public),
    }


def locked(problem, by):
    stored = Problem.objects.select_for_update(of=("self",)).select_related("unit", "service")
    stored = stored.get(pk=problem.pk)
    if not may_write_problem(by, stored):
        raise NotAllowed(NOT_YOURS)
    return stored


def refuse_old(stored, version, typed):
    if stored.version != version:
        raise Conflict(stored=stored, typed=typed)


@transaction.atomic
def save_problem(problem, *, version, by, **facts):
    """Put the words right while the problem is open. Raises NotAllowed, WrongState, Conflict, or Refused."""
    stored = locked(problem, by)
    if stored.state == Problem.State.CLOSED:
        raise WrongState("Masalah ini sudah ditutup.")
    typed = checked(**facts)
    if all(getattr(stored, name) == value for name, value in typed.items()):
        return stored
    refuse_old(stored, version, {name: typed[name] for name in FIELDS})
    for name, value in typed.items():
        setattr(stored, name, value)
    stored.version += 1
    stored.save(update_fields=[*typed, "version"])
    record_event("problem.save", stored, by=by)
    return stored


@transaction.atomic
def analyse(problem, *, version, cause, by):
    """Say what causes it. Raises NotAllowed, WrongState, Conflict, or Refused (cause)."""
    stored = locked(problem, by)
    typed = {"cause": cause.strip()}
    if stored.state == Problem.State.ANALYSED and stored.cause == typed["cause"]:
        return stored
    if wrong := why_not_text(cause, empty="Tulis penyebabnya."):
        raise Refused({"cause": wrong})
    refuse_old(stored, version, typed)
    return take(ANALYSE, stored, by=by, changes=typed | {"version": stored.version + 1})


@transaction.atomic
def try_solution(problem, *, version, text, starts_on, ends_on, post, by):
    """Begin an attempt. Raises NotAllowed, WrongState, Conflict, or Refused (text, starts_on, ends_on, post)."""
    stored = locked(problem, by)
    running = Solution.objects.filter(problem=stored, concluded_on=None).first()
    typed = {"text": text.strip(), "starts_on": starts_on, "ends_on": ends_on, "post": post}
    if running is not None and all(getattr(running, name) == value for name, value in typed.items()):
        return stored
    errors = {}
    if wrong := why_not_text(text, empty="Tulis solusi yang dicoba."):
        errors["text"] = wrong
    if starts_on is None:
        errors["starts_on"] = "Isi tanggal mulainya."
    if ends_on is None:
        errors["ends_on"] = "Isi tanggal akhirnya."
    elif starts_on is not None and not starts_on <= ends_on:
        errors["ends_on"] = "Tanggal akhir tidak boleh sebelum tanggal mulai."
    elif starts_on is not None and (ends_on - starts_on).days > 1096:
        errors["ends_on"] = "Percobaan paling lama tiga tahun. Bagi menjadi beberapa percobaan."
    if not posts_for(stored.unit).filter(pk=getattr(post, "pk", None)).exists():
        errors["post"] = "Pilih penanggung jawab dari daftar."
    if errors:
        raise Refused(errors)
    if running is None:
        refuse_old(stored, version, {})
    stored = take(TRY, stored, by=by, changes={"version": stored.version + 1})
    try:
        with transaction.atomic():
            Solution.objects.create(problem=stored, number=next_number(stored), **typed)
    except IntegrityError:
        raise WrongState("Sebuah solusi sedang dicoba. Catat hasilnya dahulu.") from None
    return stored


@transaction.atomic
def conclude(problem, *, version, conclusion, by):
    """Say what was seen of the running attempt. Raises NotAllowed, WrongState, Conflict, or Refused (conclusion)."""
    stored = locked(problem, by)
    if wrong := why_not_text(conclusion, empty="Tulis apa yang terlihat dari solusi ini."):
        raise Refused({"conclusion": wrong})
    last = Solution.objects.filter(problem=stored).order_by("-number").first()
    if stored.state == Problem.State.JUDGED and last and last.conclusion == conclusion.strip():
        return stored
    if stored.state == Problem.State.TRYING:
        refuse_old(stored, version, {})
        if last.starts_on > timezone.localdate():
            raise Refused({"conclusion": "Solusi ini belum dimulai, maka hasilnya belum dapat dicatat."})
    stored = take(JUDGE, stored, by=by, changes={"version": stored.version + 1})
    Solution.objects.filter(problem=stored, concluded_on=None).update(
        conclusion=conclusion.strip(), concluded_on=timezone.localdate()
    )
    return stored


@transaction.atomic
def close(problem, *, version, closing, by):
    """Nothing more is tried; the conclusion stays. Raises NotAllowed, WrongState, Conflict, or Refused (closing)."""
    stored = locked(problem, by)
    typed = {"closing": closing.strip()}
    if stored.state == Problem.State.CLOSED and stored.closing == typed["closing"]:
        return stored
    if wrong := why_not_text(closing, empty="Tulis kesimpulannya."):
        raise Refused({"closing": wrong})
    if stored.state != Problem.State.CLOSED:
        refuse_old(stored, version, typed)
    changes = typed | {"closed_on": timezone.localdate(), "version": stored.version + 1}
    return take(CLOSE, stored, by=by, reason=typed["closing"], changes=changes)
