"""Who appraised whom on a day: derived from posts and who held them, never typed in twice.

The line of an employee starts at the post superior to his own and goes up, past vacant posts and past posts he
answers for himself, to the first post somebody else answers for (PermenPANRB 6/2022, page 89 no. 2).
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models.expressions import RawSQL

from agencies.structure.models import Post

from .models import Assignment, Employee

# Who answers for a post: whoever acts for it, because the holder is absent; then its holder; then who leads the
# unit as an additional task, such as a teacher who is head of the school (page 89 no. 7).
ANSWERS = (Assignment.Kind.PLT, Assignment.Kind.PLH, Assignment.Kind.DEFINITIVE, Assignment.Kind.ADDITIONAL)
ANSWERS_FIRST = f"array_position(string_to_array('{','.join(ANSWERS)}', ','), held.kind::text)"

# Where a line starts: a Plt. is appraised where he acts (page 89 no. 5), all others at their definitive post.
STARTS = (Assignment.Kind.PLT, Assignment.Kind.DEFINITIVE)
STARTS_FIRST = f"array_position(string_to_array('{','.join(STARTS)}', ','), held.kind::text)"

DAY = "(SELECT day FROM given)"
PERSON = "(SELECT person FROM given)"

ANSWERS_FOR = f"""
    SELECT held.employee_id FROM agencies_assignment held
    WHERE held.post_id = {{post}} AND held.term @> {DAY}
    ORDER BY {ANSWERS_FIRST}, held.id LIMIT 1
"""  # noqa: S608 (here and below: put together from constants, the values are parameters)

HOLDER = f"WITH given (day) AS (SELECT %s::date) {ANSWERS_FOR.format(post='%s')}"

UPWARDS = f"""
    WITH RECURSIVE given (day) AS (SELECT %s::date), line (employee_id, post_id) AS (
        SELECT start.employee_id, post.superior_id
        FROM (
            SELECT DISTINCT ON (held.employee_id) held.employee_id, held.post_id FROM agencies_assignment held
            WHERE held.employee_id = ANY(%s) AND held.term @> {DAY} AND held.kind IN ('plt', 'definitive')
            ORDER BY held.employee_id, {STARTS_FIRST}, held.id
        ) start JOIN agencies_post post ON post.id = start.post_id
        UNION
        SELECT line.employee_id, post.superior_id
        FROM line JOIN agencies_post post ON post.id = line.post_id
        WHERE coalesce(({ANSWERS_FOR.format(post="line.post_id")}), line.employee_id) = line.employee_id
    )
    SELECT line.employee_id, found.employee_id
    FROM line CROSS JOIN LATERAL ({ANSWERS_FOR.format(post="line.post_id")}) found
    WHERE found.employee_id <> line.employee_id
"""  # noqa: S608

# The same way downwards. `only_for` is the employee for whom alone the way is open: it passes a post of his own.
DOWNWARDS = f"""
    WITH RECURSIVE given (person, day) AS (SELECT %s::bigint, %s::date), way (post_id, only_for) AS (
        SELECT mine.post_id, NULL::bigint FROM agencies_assignment mine
        WHERE mine.employee_id = {PERSON} AND mine.term @> {DAY}
            AND ({ANSWERS_FOR.format(post="mine.post_id")}) = {PERSON}
        UNION
        SELECT post.id, coalesce(way.only_for, found.employee_id)
        FROM way JOIN agencies_post post ON post.superior_id = way.post_id
            LEFT JOIN LATERAL ({ANSWERS_FOR.format(post="post.id")}) found ON true
        WHERE found.employee_id IS NULL
            OR found.employee_id = coalesce(way.only_for, found.employee_id)
    )
    SELECT work.employee_id
    FROM way JOIN agencies_post post ON post.superior_id = way.post_id
        JOIN agencies_assignment work ON work.post_id = post.id AND work.term @> {DAY}
    WHERE work.employee_id <> {PERSON} AND work.employee_id = coalesce(way.only_for, work.employee_id)
        AND work.id = (
            SELECT held.id FROM agencies_assignment held
            WHERE held.employee_id = work.employee_id AND held.term @> {DAY} AND held.kind IN ('plt', 'definitive')
            ORDER BY {STARTS_FIRST}, held.id LIMIT 1
        )
"""  # noqa: S608

# Downwards from each of those again: the lateral part reads whom the first one found.
TWICE_DOWNWARDS = f"""
    SELECT second.employee_id FROM ({DOWNWARDS}) first (employee_id)
        CROSS JOIN LATERAL ({DOWNWARDS.replace("%s::bigint", "first.employee_id", 1)}) second (employee_id)
"""  # noqa: S608


def definitive_assignment_on(employee, day):
    """The post `employee` holds definitively on `day`, with its unit, or None."""
    return (
        Assignment.objects.on(day)
        .filter(employee=employee, kind=Assignment.Kind.DEFINITIVE)
        .select_related("post__unit", "post__superior")
        .first()
    )


def holder_on(post, day):
    """The employee who answers for `post` on `day`, or None when it is vacant."""
    return Employee.objects.select_related("user").filter(pk=RawSQL(HOLDER, [day, post.pk])).first()  # noqa: S611


def appraiser_on(employee, day):
    """The Pejabat Penilai Kinerja of `employee` on `day`: an Employee, or None (PermenPANRB 6/2022 art. 1 no. 9)."""
    return appraisers_on([employee.pk], day).get(employee.pk)


def appraisers_on(employee_keys, day):
    """The appraisers of many on `day`: {employee pk: Employee}; who has none is missing. Two queries for any number."""
    with connection.cursor() as cursor:
        cursor.execute(UPWARDS, [day, list(employee_keys)])
        found = dict(cursor.fetchall())
    appraisers = Employee.objects.select_related("user").in_bulk(set(found.values()))
    return {employee: appraisers[appraiser] for employee, appraiser in found.items()}


def superior_of_appraiser_on(employee, day):
    """The appraiser's own appraiser (atasan Pejabat Penilai Kinerja) on `day`, or None."""
    appraiser = appraiser_on(employee, day)
    return appraiser_on(appraiser, day) if appraiser else None


def is_appraiser_on(person, employee, day):
    return person is not None and appraiser_on(employee, day) == person


def subordinates_on(person, day):
    """The employees whose appraiser `person` is on `day`, by name: the exact inverse of `appraiser_on`."""
    return Employee.objects.filter(pk__in=RawSQL(DOWNWARDS, [person.pk, day]))  # noqa: S611


def indirect_subordinates_on(person, day):
    """Those whose appraiser's own appraiser is `person` on `day`: the exact inverse of `superior_of_appraiser_on`."""
    return Employee.objects.filter(pk__in=RawSQL(TWICE_DOWNWARDS, [person.pk, day, day]))  # noqa: S611


def leads_somebody_on(person, day):
    return subordinates_on(person, day).exists()


@dataclass(frozen=True)
class LineStep:
    """One post on the way up; `answered_by` is the Assignment that counts, or None when it is vacant."""

    post: Post
    answered_by: Assignment | None
    is_own: bool


def line_on(employee, day):
    """How `appraiser_on` came about: (the Assignment where the line starts or None, the LineSteps up to the appraiser).

    For showing one person's line; it asks once for each post on the way.
    """
    own = (
        Assignment.objects.on(day).filter(employee=employee, kind__in=STARTS).select_related("post__superior")
    )
    start = min(own, key=lambda held: (STARTS.index(held.kind), held.pk), default=None)
    steps, post, passed = [], start and start.post.superior, set()
    while post is not None and post.pk not in passed:
        passed.add(post.pk)
        held = (
            Assignment.objects.on(day)
            .filter(post=post)
            .select_related("employee", "post__superior", "post__unit")
        )
        answers = min(held, key=lambda held: (ANSWERS.index(held.kind), held.pk), default=None)
        is_own = answers is not None and answers.employee_id == employee.pk
        steps.append(LineStep(answers.post if answers else post, answers, is_own))
        if answers is not None and not is_own:
            break
        post = post.superior
    return start, steps
