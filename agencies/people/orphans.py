"""Whose appraiser is missing or wrong on a day, and why: found before the deadline instead of after it."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import TextChoices

from agencies.structure.models import Post
from agencies.structure.two_clocks import PRESENT

from .line_sql import AMBIGUOUS, counts, lines, with_values
from .models import Assignment, Employee, ServiceState
from .reporting_line import appraiser_keys_on


class Fault(TextChoices):
    NONE = "none", "Tanpa pejabat penilai"
    TWO = "two", "Lebih dari satu pejabat penilai"
    RETIRED = "retired", "Penilai menurut jabatan tidak lagi bertugas"
    CIRCULAR = "circular", "Penilaian berputar"


@dataclass(frozen=True)
class Orphan:
    """An employee whose reporting line has a fault on a day.

    `appraiser` is who appraises all the same (None for NONE and TWO), `post` the post where the fault lies (None when
    the employee holds none), `holders` who hold that post, `words` the reason and `advice` what mends it.
    """

    employee: Employee
    fault: Fault
    words: str
    advice: str
    appraiser: Employee | None = None
    post: Post | None = None
    holders: tuple = ()

    @property
    def fault_words(self):
        return self.fault.label


# The posts on everybody's way up, with those who hold them but have left for good: found once, not for every step.
WAYS = with_values(f"""
    {lines(many=True)},
    gone AS MATERIALIZED (
        SELECT DISTINCT ON (held.post_id) held.post_id, held.employee_id
        FROM agencies_servicestate state
            JOIN agencies_assignment held ON held.employee_id = state.employee_id
        WHERE state.kind IN ({", ".join(f"'{kind}'" for kind in ServiceState.GONE)}) AND {counts("state")}
            AND held.kind = 'definitive' AND {counts("held")}
        ORDER BY held.post_id, held.id
    )
    SELECT line.employee_id, line.post_id, line.answer, line.superior_id, gone.employee_id
    FROM line LEFT JOIN gone ON gone.post_id = line.post_id AND line.answer IS NULL
    ORDER BY line.employee_id, line.step
""")  # noqa: S608


def owe_appraisal_on(day, known_at=None, employees=None):
    """Who has to be appraised on `day`: all but elected officials and those whose state frees them (pages 65-66)."""
    free = ServiceState.objects.on(day, known_at).filter(kind__in=ServiceState.WITHOUT_DUTY)
    people = Employee.objects.counting() if employees is None else employees.counting()
    return people.exclude(kind=Employee.Kind.OFFICIAL).exclude(pk__in=free.values("employee"))


def why_free(employee, state):
    """The same for one person in his ServiceState of the day (or None), in words; "" when he is to be appraised."""
    if employee.kind == Employee.Kind.OFFICIAL:
        return "Tidak perlu: pejabat negara tidak dinilai"
    if state is None or state.kind not in ServiceState.WITHOUT_DUTY:
        return ""
    return (
        "Tidak perlu: tidak lagi bertugas"
        if state.kind in ServiceState.GONE
        else "Tidak perlu dalam keadaan ini"
    )


def orphans_on(day, known_at=None, *, employees=None):
    """[Orphan] of all who owe an appraisal on `day` (or of these `employees`), by name; at most ten queries."""
    people = {person.pk: person for person in owe_appraisal_on(day, known_at, employees)}
    found = appraiser_keys_on(people, day, known_at)
    ways = ways_of(people, day, known_at)
    faults = {
        **circles(found, day, known_at),
        **{key: Fault.RETIRED for key, steps in ways.items() if gone_post(steps)},
        **{key: Fault.TWO for key, appraiser in found.items() if appraiser == AMBIGUOUS},
        **{key: Fault.NONE for key in people if key not in found},
    }
    if not faults:
        return []
    told = Teller(faults, found, ways, day, known_at)
    return [told.orphan(person, faults[key]) for key, person in people.items() if key in faults]


def ways_of(employee_keys, day, known_at=None):
    """{employee pk: [(post pk, answer, superior pk, who holds it but has left)]} from below to above."""
    with connection.cursor() as cursor:
        cursor.execute(WAYS, {"day": day, "known": known_at or PRESENT, "keys": list(employee_keys)})
        ways = {}
        for employee, *step in cursor.fetchall():
            ways.setdefault(employee, []).append(tuple(step))
        return ways


def gone_post(steps):
    """The first post on the way whose holder has left for good, as (post, holder), or None."""
    return next(((post, gone) for post, _, _, gone in steps if gone is not None), None)


def circles(found, day, known_at=None):
    """{employee: CIRCULAR} for whom the way from appraiser to appraiser comes back to himself."""
    above = dict(found)
    while missing := {key for key in above.values() if key != AMBIGUOUS} - set(above):
        above |= dict.fromkeys(missing) | appraiser_keys_on(missing, day, known_at)
    turning = set()
    for key in found:
        way, at = [], key
        while at is not None and at != AMBIGUOUS and at not in way:
            way.append(at)
            at = above.get(at)
        if at == key:
            turning.add(key)
    return dict.fromkeys(turning, Fault.CIRCULAR)


class Teller:
    """Puts the faults into words; asks for the names of people and posts once."""

    def __init__(self, faults, found, ways, day, known_at):
        self.found, self.ways = found, ways
        posts = {post for key in faults for post, *_ in ways.get(key, [])}
        held = Assignment.objects.on(day, known_at).filter(post__in=posts).select_related("employee")
        self.holders = {}
        for assignment in held.order_by("pk"):
            self.holders.setdefault(assignment.post_id, []).append(assignment.employee)
        self.posts = Post.objects.select_related("unit").in_bulk(posts)
        self.people = Employee.objects.in_bulk(
            {found[key] for key in faults if found.get(key, AMBIGUOUS) != AMBIGUOUS}
        )
        own = Assignment.objects.on(day, known_at).filter(employee__in=faults, kind__in=("definitive", "plt"))
        self.own = {assignment.employee_id: assignment for assignment in own.select_related("post__unit")}

    def orphan(self, person, fault):
        post, words, advice = getattr(self, f"tell_{fault}")(person, self.ways.get(person.pk, []))
        return Orphan(
            employee=person,
            fault=fault,
            words=words,
            advice=advice,
            appraiser=self.people.get(self.found.get(person.pk)),
            post=post,
            holders=tuple(self.holders.get(post.pk, ())) if post else (),
        )

    def tell_none(self, person, steps):
        if person.pk not in self.own:
            return (
                None,
                "Tidak memegang jabatan pada tanggal ini.",
                "Catat jabatannya, atau catat bahwa ia pensiun atau berhenti.",
            )
        if not steps:
            own = self.own[person.pk].post
            return (
                own,
                f"Jabatan {own.name} tidak punya jabatan atasan yang berlaku.",
                "Pilih jabatan atasan.",
            )
        post = self.posts[steps[0][0]]
        return post, f"{post.name} dan semua jabatan di atasnya kosong.", "Isi jabatan itu, atau tunjuk Plt."

    def tell_two(self, person, steps):
        post = self.posts[steps[-1][0]]
        names = " dan ".join(holder.name for holder in self.holders.get(post.pk, ())[:3])
        return (
            post,
            f"{post.name} dijalankan {names} sekaligus.",
            "Akhiri salah satu, atau delegasikan penilaian kepada satu orang.",
        )

    def tell_retired(self, person, steps):
        key, gone = gone_post(steps)
        post = self.posts[key]
        name = next((holder.name for holder in self.holders[key] if holder.pk == gone), "Pemegangnya")
        return (
            post,
            f"{name}, pemegang {post.name}, sudah pensiun atau berhenti. Garis naik ke atasannya.",
            "Akhiri jabatannya, lalu isi jabatan itu atau tunjuk Plt.",
        )

    def tell_circular(self, person, steps):
        post = self.posts[steps[-1][0]] if steps else None
        appraiser = self.people[self.found[person.pk]]
        return (
            post,
            f"{appraiser.name} menilai {person.name}, dan garis di atas {appraiser.name} kembali ke {person.name}.",
            "Delegasikan penilaian salah satunya kepada orang lain.",
        )
