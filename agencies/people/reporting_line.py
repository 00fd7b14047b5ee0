"""Who appraised whom on a day: derived from posts and who held them, never typed in twice.

The line of an employee starts at the post superior to his own and goes up, past posts nobody answers for and past
posts he answers for himself, to the first post somebody else answers for (PermenPANRB 6/2022 page 89 no. 2). Whoever
is on leave, suspended or retired does not answer for his post. A dated exception (delegation, a functional head) comes
before the posts. Where two people answer for a post in the same capacity nobody is picked: that is a fault to mend
(`orphans`).

`known_at` asks how it was known at a moment (None: as it is known now); what was answered then is answered for ever.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models.expressions import RawSQL

from agencies.structure.models import Post, PostVersion
from agencies.structure.two_clocks import PRESENT

from .line_sql import (
    AMBIGUOUS,
    ANSWERS,
    DOWNWARDS,
    HOLDER,
    STARTS,
    appraisers,
    lines,
    with_values,
)
from .models import AppraiserException, Assignment, Employee

DATED = ("assignment", "postversion", "servicestate", "appraiserexception")
TERMS = " UNION ALL ".join(
    f"SELECT term FROM agencies_{table}, given WHERE recorded @> given.known"  # noqa: S608
    for table in DATED
)
CHANGE_DAYS = f"""
    WITH given (known, after, until) AS (SELECT %s::timestamptz, %s::date, %s::date), fact (term) AS ({TERMS})
    SELECT DISTINCT day FROM fact, given, LATERAL (VALUES (lower(fact.term)), (upper(fact.term))) bound (day)
    WHERE bound.day > given.after AND bound.day <= given.until ORDER BY day
"""  # noqa: S608
# Only what can touch one employee's line: the posts above any he holds in the span, who holds them, and exceptions.
CHANGE_DAYS_OF_ONE = """
    WITH RECURSIVE given (known, after, until, span, employee) AS (
        SELECT known, after, until, daterange(after, until, '[]'), employee
        FROM (SELECT %s::timestamptz, %s::date, %s::date, %s::bigint) asked (known, after, until, employee)
    ),
    reach (post_id) AS (
        SELECT held.post_id FROM agencies_assignment held, given
        WHERE held.employee_id = given.employee AND held.recorded @> given.known AND held.term && given.span
        UNION
        SELECT version.superior_id FROM agencies_postversion version
            JOIN reach ON reach.post_id = version.post_id CROSS JOIN given
        WHERE version.superior_id IS NOT NULL AND version.recorded @> given.known AND version.term && given.span
    ),
    held AS MATERIALIZED (
        SELECT held.employee_id, held.term FROM agencies_assignment held, given
        WHERE held.recorded @> given.known AND held.term && given.span
            AND (held.employee_id = given.employee OR held.post_id IN (SELECT post_id FROM reach))
    ),
    rule AS MATERIALIZED (
        SELECT rule.appraiser_id, rule.term FROM agencies_appraiserexception rule, given
        WHERE rule.recorded @> given.known AND rule.term && given.span
            AND (rule.employee_id = given.employee OR rule.post_id IN (SELECT post_id FROM reach))
    ),
    fact (term) AS (
        SELECT term FROM held UNION ALL SELECT term FROM rule
        UNION ALL
        SELECT version.term FROM agencies_postversion version, given
        WHERE version.recorded @> given.known AND version.post_id IN (SELECT post_id FROM reach)
        UNION ALL
        SELECT state.term FROM agencies_servicestate state, given
        WHERE state.recorded @> given.known AND state.term && given.span AND state.employee_id IN (
            SELECT employee_id FROM held UNION SELECT appraiser_id FROM rule
        )
    )
    SELECT DISTINCT day FROM fact, given, LATERAL (VALUES (lower(fact.term)), (upper(fact.term))) bound (day)
    WHERE bound.day > given.after AND bound.day <= given.until ORDER BY day
"""
LINE_STEPS = f"{lines(many=False)} SELECT post_id, answer FROM line ORDER BY step"  # noqa: S608
FEW = 20  # up to so many employees their posts are asked for one by one
MANY = 200  # from so many leaders on, everybody's way up is sooner found than each leader's way down
PAIRS = with_values(DOWNWARDS)
APPRAISERS_OF_MANY = with_values(appraisers(many=True))
APPRAISERS_OF_FEW = "SELECT * FROM agencies_appraisers(%(day)s, %(known)s, %(keys)s::bigint[])"
SUBORDINATES = "SELECT agencies_subordinates(%s, %s, ARRAY[%s]::bigint[])"
# Downwards from each of those again: the leaders are whom the first one found.
INDIRECT = f"SELECT agencies_subordinates(%s, %s, ARRAY({SUBORDINATES}))"
# The whole line of one: upwards one by one, downwards a level at a time, each level in one call; a circle ends it.
WHOLE_LINE = f"""
    WITH RECURSIVE given (day, known, one) AS (SELECT %s::date, %s::timestamptz, %s::bigint),
    up (key) AS (
        SELECT one FROM given
        UNION
        SELECT found.appraiser FROM up CROSS JOIN given,
            LATERAL agencies_appraisers(given.day, given.known, ARRAY[up.key]) found
        WHERE found.appraiser <> {AMBIGUOUS}
    ),
    down (level, seen) AS (
        SELECT ARRAY[one], ARRAY[one] FROM given
        UNION ALL
        SELECT below.level, down.seen || below.level FROM down CROSS JOIN given, LATERAL (
            SELECT array_agg(DISTINCT found.key) AS level
            FROM agencies_subordinates(given.day, given.known, down.level) found (key)
            WHERE found.key <> ALL(down.seen)
        ) below
        WHERE below.level IS NOT NULL
    )
    SELECT key FROM up UNION SELECT unnest(level) FROM down
"""  # noqa: S608


def definitive_assignment_on(employee, day, known_at=None):
    """The post `employee` holds definitively on `day`, with its unit, or None."""
    return (
        Assignment.objects.on(day, known_at)
        .filter(employee=employee, kind=Assignment.Kind.DEFINITIVE)
        .select_related("post__unit", "post__superior")
        .first()
    )


def holder_on(post, day, known_at=None):
    """The employee who answers for `post` on `day`, or None when it is vacant or two do."""
    asked = RawSQL(HOLDER, [day, known_at or PRESENT, post.pk, post.pk])  # noqa: S611
    return Employee.objects.select_related("user").filter(pk=asked).first()


def appraiser_on(employee, day, known_at=None):
    """The Pejabat Penilai Kinerja of `employee` on `day`: an Employee, or None (PermenPANRB 6/2022 art. 1 no. 9)."""
    return appraisers_on([employee.pk], day, known_at).get(employee.pk)


def appraisers_on(employee_keys, day, known_at=None):
    """The appraisers of many on `day`: {employee pk: Employee}; who has none is missing. Two queries for any number."""
    found = {
        employee: appraiser
        for employee, appraiser in appraiser_keys_on(employee_keys, day, known_at).items()
        if appraiser != AMBIGUOUS
    }
    people = Employee.objects.select_related("user").in_bulk(set(found.values()))
    return {employee: people[appraiser] for employee, appraiser in found.items()}


def appraiser_keys_on(employee_keys, day, known_at=None):
    """{employee pk: appraiser pk}, AMBIGUOUS where two answer; who has none is missing. One query."""
    keys = list(employee_keys)
    with connection.cursor() as cursor:
        values = {"day": day, "known": known_at or PRESENT, "keys": keys}
        cursor.execute(APPRAISERS_OF_MANY if len(keys) > FEW else APPRAISERS_OF_FEW, values)
        return dict(cursor.fetchall())


def superior_of_appraiser_on(employee, day, known_at=None):
    """The appraiser's own appraiser (atasan Pejabat Penilai Kinerja) on `day`, or None."""
    appraiser = appraiser_on(employee, day, known_at)
    return appraiser_on(appraiser, day, known_at) if appraiser else None


def is_appraiser_on(person, employee, day):
    return person is not None and appraiser_on(employee, day) == person


def subordinates_on(person, day, known_at=None):
    """The employees whose appraiser `person` is on `day`, by name: the exact inverse of `appraiser_on`."""
    return Employee.objects.filter(pk__in=subordinate_keys_on(person, day, known_at))


def subordinate_keys_on(person, day, known_at=None):
    """Their keys alone, for the conditions of other queries."""
    return RawSQL(SUBORDINATES, [day, known_at or PRESENT, person.pk])  # noqa: S611


def subordinate_pairs_on(leaders, day, known_at=None):
    """[(leader pk, employee pk)] for many leaders' keys at once. One query, or two for a city."""
    keys = list(leaders)
    if len(keys) >= MANY:
        wanted, everybody = set(keys), Employee.objects.order_by().values_list("pk", flat=True)
        found = appraiser_keys_on(everybody, day, known_at).items()
        return [(leader, employee) for employee, leader in found if leader in wanted]
    with connection.cursor() as cursor:
        values = {"day": day, "known": known_at or PRESENT, "keys": keys}
        cursor.execute(PAIRS, values)
        return cursor.fetchall()


def indirect_subordinates_on(person, day):
    """Those whose appraiser's own appraiser is `person` on `day`: the exact inverse of `superior_of_appraiser_on`."""
    return Employee.objects.filter(pk__in=indirect_subordinate_keys_on(person, day))


def indirect_subordinate_keys_on(person, day):
    return RawSQL(INDIRECT, [day, PRESENT, day, PRESENT, person.pk])  # noqa: S611


def whole_line_keys_on(person, day, known_at=None):
    """The keys of `person`, of everybody above him up the line, and of everybody below him; for other queries."""
    return RawSQL(WHOLE_LINE, [day, known_at or PRESENT, person.pk])  # noqa: S611


def leads_somebody_on(person, day):
    return subordinates_on(person, day).exists()


@dataclass(frozen=True)
class LineStep:
    """One post on the way up, called as on that day.

    `answered_by` is the Assignment or AppraiserException that counts, None when nobody answers; `away` are those who
    hold the post but cannot answer for it; with `is_ambiguous` two answer in the same capacity.
    """

    post: Post
    name: str
    answered_by: Assignment | AppraiserException | None
    is_own: bool
    is_ambiguous: bool = False
    away: tuple = ()

    @property
    def answerer(self):
        """The Employee who answers, or None."""
        if self.answered_by is None:
            return None
        if isinstance(self.answered_by, AppraiserException):
            return self.answered_by.appraiser
        return self.answered_by.employee


def exception_of(employee, day, known_at=None):
    """The exception by which `employee` is appraised by somebody outside the posts, or None."""
    found = AppraiserException.objects.on(day, known_at).filter(employee=employee).select_related("appraiser")
    return found.first()


def line_on(employee, day, known_at=None):
    """How `appraiser_on` came about: (the Assignment where the line starts or None, the LineSteps up to the appraiser).

    For showing one person's line, in five queries. An exception for the employee himself is `exception_of`.
    """
    own = Assignment.objects.on(day, known_at).filter(employee=employee, kind__in=STARTS)
    start = min(
        own.select_related("post__unit", "post__superior"),
        key=lambda held: (STARTS.index(held.kind), held.pk),
        default=None,
    )
    with connection.cursor() as cursor:
        cursor.execute(LINE_STEPS, [day, known_at or PRESENT, [employee.pk]])
        way = cursor.fetchall()
    posts = [post for post, _ in way]
    versions = {
        version.post_id: version
        for version in PostVersion.objects.on(day, known_at)
        .filter(post__in=posts)
        .select_related("post__unit", "unit")
    }
    held = list(
        Assignment.objects.on(day, known_at).filter(post__in=posts).select_related("employee", "post__unit")
    )
    rules = AppraiserException.objects.on(day, known_at).filter(post__in=posts).select_related("appraiser")
    rule_of = {rule.post_id: rule for rule in rules}
    return start, [
        step_of(versions[post], answer, employee, [each for each in held if each.post_id == post], rule_of)
        for post, answer in way
    ]


def step_of(version, answer, employee, held, rule_of):
    rule = rule_of.get(version.post_id)
    in_order = sorted(held, key=lambda each: (ANSWERS.index(each.kind), each.pk))
    answered_by = next((each for each in in_order if each.employee_id == answer), None)
    if rule is not None and rule.appraiser_id == answer:
        answered_by = rule
    return LineStep(
        post=version.post,
        name=version.name,
        answered_by=answered_by,
        is_own=answer == employee.pk,
        is_ambiguous=answer == AMBIGUOUS,
        away=tuple(each.employee for each in in_order) if answer is None else (),
    )


@dataclass(frozen=True)
class Stretch:
    """Days on which the same person, or nobody (None), appraised: both days included."""

    appraiser: Employee | None
    first_day: object
    last_day: object

    @property
    def days(self):
        return (self.last_day - self.first_day).days + 1


def stretches(employee, first_day, last_day, known_at=None):
    """Who appraised `employee` on each day from `first_day` to `last_day`: Stretches in order that add up to all days.

    One question for each day on which anything that can touch this line changes, so that it cannot differ from
    `appraiser_on`; meant for one person and a year or two.
    """
    starts_on = [first_day, *change_days(first_day, last_day, known_at, employee=employee)]
    found = [appraiser_keys_on([employee.pk], day, known_at).get(employee.pk) for day in starts_on]
    people = Employee.objects.in_bulk({key for key in found if key is not None})
    ends_on = [day - timedelta(1) for day in starts_on[1:]] + [last_day]
    joined = []
    for key, start, end in zip(found, starts_on, ends_on, strict=True):
        appraiser = people.get(key)
        if joined and joined[-1].appraiser == appraiser:
            start = joined.pop().first_day
        joined.append(Stretch(appraiser, start, end))
    return joined


def change_days(after, until, known_at=None, *, employee=None):
    """The days after `after`, up to `until`, on which a line may be another than the day before.

    Of `employee`, or (None) of anybody.
    """
    known = [known_at or PRESENT, after, until]
    with connection.cursor() as cursor:
        if employee is None:
            cursor.execute(CHANGE_DAYS, known)
        else:
            cursor.execute(CHANGE_DAYS_OF_ONE, [*known, employee.pk])
        return [day for (day,) in cursor.fetchall()]
