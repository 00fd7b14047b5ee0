"""A city of thousands, for measuring. Rows are written in bulk, with the same shape the acts would give them.

Forty agencies with two units each beside the demo's own, plus forty teachers for the demo's school, so that one
supervisor leads fifty people. Every employee has an agreed plan, realisations, and a final evaluation of the last
finished quarter.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from agencies.people.models import Assignment, Employee
from agencies.structure.actions import add_post, add_unit
from agencies.structure.models import Post, Unit
from appraisal.cycle.models import Period
from appraisal.monitoring.models import Realisation
from appraisal.planning.models import Indicator, Skp, WorkResult
from appraisal.planning.terms import whole_year
from appraisal.scoring.achievement import achievement
from appraisal.scoring.matrix import predikat_for
from appraisal.scoring.models import Evaluation, ResultRating
from appraisal.scoring.receipt import canonical_text, evaluation_receipt, sha256_of
from appraisal.scoring.receipt_contents import rulebook_on
from appraisal.scoring.suggestion import suggested_rating

from .organisation import FIRST_NAMES, LAST_NAMES
from .quarter import BEHAVIOUR_WORDS, PATTERNS

AGENCIES = 40
UNITS_EACH = 2
TEACHERS = 40
SINCE = date(2022, 1, 3)
BATCH = 500

STATEMENTS = (
    "Layanan kepada warga selesai sesuai standar waktu",
    "Laporan bulanan tersusun lengkap dan tepat waktu",
    "Data unit kerja mutakhir dan benar",
)
INDICATORS = (
    ("quantity", "Permohonan yang diselesaikan", Decimal(200), "permohonan"),
    ("quality", "Pekerjaan tanpa koreksi", Decimal(95), "persen"),
)


@dataclass(frozen=True)
class Person:
    """One employee to be made, with the post he holds and the key of who appraises him (None for heads of agencies)."""

    employee: Employee
    post: Post
    appraiser: Employee | None


def build_large_city(size, *, say=lambda text: None):
    """Adds employees until there are `size` of them; returns how many were added."""
    missing = size - Employee.objects.count()
    if missing <= 0:
        return 0
    posts = build_posts()
    people = build_people(posts, missing)
    say(f"{len(people)} pegawai")
    period = Period.objects.periodic().filter(closes_at__lte=timezone.now()).last()
    rulebook = rulebook_on(period.ends_on)
    recorder = Employee.objects.filter(user__isnull=False).first().user
    for start in range(0, len(people), BATCH):
        build_year(people[start : start + BATCH], period, rulebook, recorder, first=start)
    say(f"rencana, realisasi, dan penilaian {period}")
    return len(people)


def build_posts():
    """(head of agency, [(head of unit, staff post), …]) for every agency."""
    mayor = Post.objects.get(code="wali-kota")
    city = Unit.objects.get(code="KOTA")
    agencies = []
    for number in range(1, AGENCIES + 1):
        code = f"PD-{number:02}"
        agency = add_unit(
            parent=city,
            kind="agency",
            code=code,
            name=f"Perangkat Daerah Contoh {number}",
            valid_from=SINCE,
            by="seed",
        )
        head = add_post(
            unit=agency,
            code=f"{code}-kepala",
            name="Kepala",
            kind="jpt",
            by="seed",
            leads_unit=True,
            superior=mayor,
        )
        agencies.append((head, [build_unit(agency, head, place) for place in range(1, UNITS_EACH + 1)]))
    return agencies


def build_unit(agency, head, place):
    code = f"{agency.code}-{place}"
    name = f"Unit {place} {agency.name}"
    unit = add_unit(parent=agency, kind="unit", code=code, name=name, valid_from=SINCE, by="seed")
    leader = add_post(
        unit=unit,
        code=f"{code}-kepala",
        name="Kepala Unit",
        kind="pengawas",
        by="seed",
        leads_unit=True,
        superior=head,
    )
    staff = add_post(
        unit=unit, code=f"{code}-staf", name="Pelaksana", kind="pelaksana", by="seed", superior=leader
    )
    return leader, staff


def build_people(agencies, missing):
    """The new employees with their posts, heads first in each unit, all assignments stored."""
    mayor = Assignment.objects.known().get(post__code="wali-kota").employee
    teacher, principal = (
        Post.objects.get(code="guru-muda"),
        Assignment.objects.known().get(post__code="kepsek").employee,
    )
    slots = [(teacher, principal)] * min(TEACHERS, missing)
    people = [Person(new_employee(number), *slot) for number, slot in enumerate(slots)]
    units = [pair for _, pairs in agencies for pair in pairs]
    per_unit = max(0, missing - len(people) - len(agencies) - len(units)) // len(units) + 1
    for head, pairs in agencies:
        chief = new_employee(len(people))
        people.append(Person(chief, head, mayor))
        for leader_post, staff_post in pairs:
            leader = new_employee(len(people))
            people.append(Person(leader, leader_post, chief))
            people += [
                Person(new_employee(len(people) + more), staff_post, leader) for more in range(per_unit)
            ]
    people = people[:missing]
    Employee.objects.bulk_create([person.employee for person in people], BATCH)
    term = DateRange(SINCE, None)
    Assignment.objects.bulk_create(
        [Assignment(employee=person.employee, post=person.post, term=term) for person in people], BATCH
    )
    return people


def new_employee(number):
    first, last = FIRST_NAMES[number % len(FIRST_NAMES)], LAST_NAMES[number // 7 % len(LAST_NAMES)]
    born = f"{1968 + number % 28}{1 + number // 28 % 12:02}{1 + number // 336 % 28:02}"
    nip = f"{born}{int(born[:4]) + 24}01{1 + number % 2}{900 + number % 100}"
    return Employee(name=f"{first} {last} {number + 1}", nip=nip, kind="pns", rank="Penata Muda, III/a")


def build_year(people, period, rulebook, recorder, *, first):
    """Plans, realisations and final evaluations of these people, in a dozen statements."""
    now = timezone.now()
    plans = Skp.objects.bulk_create(
        Skp(
            employee=person.employee,
            **whole_year(period.year),
            unit=person.post.unit,
            post_name=person.post.name,
            rank=person.employee.rank,
            appraiser=person.appraiser,
            state=Skp.State.AGREED,
            submitted_at=now,
            agreed_at=now,
        )
        for person in people
    )
    results = WorkResult.objects.bulk_create(
        WorkResult(skp=plan, kind="main", position=position, statement=statement)
        for plan in plans
        for position, statement in enumerate(STATEMENTS, 1)
    )
    indicators = Indicator.objects.bulk_create(
        Indicator(
            result=result,
            position=position,
            aspect=aspect,
            statement=statement,
            target_low=target,
            target_high=target,
            unit=unit,
        )
        for result in results
        for position, (aspect, statement, target, unit) in enumerate(INDICATORS, 1)
    )
    turns = [PATTERNS[(first + number) % len(PATTERNS)] for number in range(len(plans))]
    Realisation.objects.bulk_create(
        Realisation(
            indicator=indicator,
            period=period,
            value=realised(indicator, turns[number // (len(STATEMENTS) * len(INDICATORS))]),
            recorded_by=recorder,
        )
        for number, indicator in enumerate(indicators)
    )
    evaluations = Evaluation.objects.bulk_create(
        complete_evaluation(plan, person, turn, period, rulebook)
        for plan, person, turn in zip(plans, people, turns, strict=True)
    )
    ResultRating.objects.bulk_create(
        ResultRating(
            evaluation=evaluations[number // len(STATEMENTS)], result=result, rating=turns[number // 3][1]
        )
        for number, result in enumerate(results)
    )
    # Last, since the ratings of a final evaluation can no longer be written.
    Evaluation.objects.filter(pk__in=[evaluation.pk for evaluation in evaluations]).update(
        state=Evaluation.State.FINAL, finalised_at=now
    )


def realised(indicator, turn):
    return (indicator.target_low * Decimal(turn[0])).quantize(Decimal("0.01"))


def complete_evaluation(plan, person, turn, period, rulebook):
    share, rating, behaviour = turn
    suggestion = suggested_rating(main=[rating] * len(STATEMENTS))
    predikat = predikat_for(work=suggestion.rating, behaviour=behaviour)
    text = canonical_text(
        evaluation_receipt(
            employee_label=f"pegawai:{person.employee.pk}",
            period_label=str(period),
            results=[facts(statement, Decimal(share), rating) for statement in STATEMENTS],
            suggestion=suggestion,
            work_rating=suggestion.rating,
            work_reason="",
            behaviour_rating=behaviour,
            behaviour_reason=BEHAVIOUR_WORDS[behaviour],
            predikat=predikat,
            rulebook=rulebook,
        )
    )
    return Evaluation(
        skp=plan,
        period=period,
        appraiser=person.appraiser,
        suggested_rating=suggestion.rating,
        suggestion_reasons=list(suggestion.reasons),
        work_rating=suggestion.rating,
        behaviour_rating=behaviour,
        behaviour_reason=BEHAVIOUR_WORDS[behaviour],
        predikat=predikat,
        receipt=text,
        receipt_sha256=sha256_of(text),
    )


def facts(statement, share, rating):
    return {
        "statement": statement,
        "kind": "main",
        "indicators": [
            {
                "statement": name,
                "target": target,
                "realised": (target * share).quantize(Decimal("0.01")),
                "direction": "higher",
                "unit": unit,
                "percent": achievement(target=target, realised=(target * share).quantize(Decimal("0.01"))),
            }
            for _, name, target, unit in INDICATORS
        ],
        "rating": rating,
        "reason": "",
        "evidence": [],
        "feedback": "Tidak ada umpan balik.",
    }
