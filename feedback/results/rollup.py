"""Keeping the tallies: adding what waits, reading them with what still waits, and rebuilding them from the answers."""

import hashlib
from collections import defaultdict

from django.db import connection, transaction

from feedback.services.periods import quarter_of

from .index import ELEMENTS, Spread
from .models import RespondentTally, Tally, TallyChange

COMPACTOR = 6_2024  # the advisory lock: one compactor at a time
A_BATCH = 20_000

# Which responses count, on which day. After the lock of a quarter its own stay, and late ones count where they came.
COUNTING = """
    SELECT response.id AS response_id, response.service_id, COALESCE(after.day, response.answered_on) AS day,
           response.with_code OR response.mode <> 'web' AS controlled, 1 AS sign
    FROM feedback_surveyresponse response
    LEFT JOIN feedback_changeafterlock after ON after.response_id = response.id
    WHERE response.state = 'counted' OR after.withdrawn
"""
# A respondent's own total is of the nine places alone: a further local element is in no index and in no interval of it.
IN_THE_INDEX = f"""
    (answer.element IN ({", ".join(f"'{key}'" for key in ELEMENTS)})
     OR answer.element IN (SELECT element FROM feedback_question WHERE replaces <> ''))
"""  # noqa: S608
BY_GRAIN = """
    grained AS (
        SELECT response_id, service_id, controlled, sign, 'd' AS grain, day AS first_day FROM changed
        UNION ALL
        SELECT response_id, service_id, controlled, sign, 'q', date_trunc('quarter', day)::date FROM changed
    )
"""
ELEMENT_SUMS = """
    SELECT service_id, grain, first_day, controlled, element,
           sum(sign * (value = 1)::int), sum(sign * (value = 2)::int),
           sum(sign * (value = 3)::int), sum(sign * (value = 4)::int)
    FROM grained JOIN feedback_surveyanswer answer USING (response_id)
    GROUP BY service_id, grain, first_day, controlled, element
"""
RESPONDENT_SUMS = f"""
    SELECT service_id, grain, first_day, controlled, elements, sum(sign), sum(sign * total),
           sum(sign * total * total)
    FROM grained JOIN LATERAL (
        SELECT count(*) AS elements, sum(value) AS total FROM feedback_surveyanswer answer
        WHERE answer.response_id = grained.response_id AND {IN_THE_INDEX}
    ) own ON own.elements > 0
    GROUP BY service_id, grain, first_day, controlled, elements
"""  # noqa: S608
COMPACT = f"""
    WITH changed AS (
        DELETE FROM feedback_tallychange
        WHERE id IN (SELECT id FROM feedback_tallychange ORDER BY id LIMIT %s)
        RETURNING response_id, service_id, day, controlled, sign
    ), {BY_GRAIN}, respondents AS (
        INSERT INTO feedback_respondenttally AS kept
            (service_id, grain, first_day, controlled, elements, respondents, total, squares)
        {RESPONDENT_SUMS}
        ON CONFLICT (service_id, grain, first_day, controlled, elements) DO UPDATE SET
            respondents = kept.respondents + excluded.respondents, total = kept.total + excluded.total,
            squares = kept.squares + excluded.squares
    ), elements AS (
        INSERT INTO feedback_tally AS kept
            (service_id, grain, first_day, controlled, element, ones, twos, threes, fours)
        {ELEMENT_SUMS}
        ON CONFLICT (service_id, grain, first_day, controlled, element) DO UPDATE SET
            ones = kept.ones + excluded.ones, twos = kept.twos + excluded.twos,
            threes = kept.threes + excluded.threes, fours = kept.fours + excluded.fours
    )
    SELECT count(*) FROM changed
"""  # noqa: S608
READ_ELEMENTS = """
    SELECT service_id, controlled, element, sum(ones)::bigint, sum(twos)::bigint, sum(threes)::bigint,
           sum(fours)::bigint
    FROM (
        SELECT service_id, controlled, element, ones, twos, threes, fours FROM feedback_tally
        WHERE service_id = ANY(%(services)s) AND grain = 'q' AND first_day = ANY(%(quarters)s::date[])
        UNION ALL
        SELECT service_id, controlled, element, ones, twos, threes, fours FROM feedback_tally
        WHERE service_id = ANY(%(services)s) AND grain = 'd' AND first_day BETWEEN %(s1)s AND %(e1)s
        UNION ALL
        SELECT service_id, controlled, element, ones, twos, threes, fours FROM feedback_tally
        WHERE service_id = ANY(%(services)s) AND grain = 'd' AND first_day BETWEEN %(s2)s AND %(e2)s
        UNION ALL
        SELECT waiting.service_id, waiting.controlled, answer.element, sign * (value = 1)::int,
               sign * (value = 2)::int, sign * (value = 3)::int, sign * (value = 4)::int
        FROM feedback_tallychange waiting JOIN feedback_surveyanswer answer USING (response_id)
        WHERE waiting.service_id = ANY(%(services)s) AND waiting.day BETWEEN %(start)s AND %(end)s
    ) both_of_them
    GROUP BY service_id, controlled, element
"""
READ_RESPONDENTS = f"""
    SELECT service_id, controlled, elements, sum(respondents)::bigint, sum(total)::bigint, sum(squares)::bigint
    FROM (
        SELECT service_id, controlled, elements, respondents, total, squares FROM feedback_respondenttally
        WHERE service_id = ANY(%(services)s) AND grain = 'q' AND first_day = ANY(%(quarters)s::date[])
        UNION ALL
        SELECT service_id, controlled, elements, respondents, total, squares FROM feedback_respondenttally
        WHERE service_id = ANY(%(services)s) AND grain = 'd' AND first_day BETWEEN %(s1)s AND %(e1)s
        UNION ALL
        SELECT service_id, controlled, elements, respondents, total, squares FROM feedback_respondenttally
        WHERE service_id = ANY(%(services)s) AND grain = 'd' AND first_day BETWEEN %(s2)s AND %(e2)s
        UNION ALL
        SELECT waiting.service_id, waiting.controlled, own.elements, sign, sign * own.total,
               sign * own.total * own.total
        FROM feedback_tallychange waiting JOIN LATERAL (
            SELECT count(*) AS elements, sum(value) AS total FROM feedback_surveyanswer answer
            WHERE answer.response_id = waiting.response_id AND {IN_THE_INDEX}
        ) own ON own.elements > 0
        WHERE waiting.service_id = ANY(%(services)s) AND waiting.day BETWEEN %(start)s AND %(end)s
    ) both_of_them
    GROUP BY service_id, controlled, elements
"""  # noqa: S608


@transaction.atomic
def compact(limit=A_BATCH):
    """Add at most `limit` waiting changes to the tallies, and say how many; 0 when another does it or none waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [COMPACTOR])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(COMPACT, [limit])
        return cursor.fetchone()[0]


def compact_all():
    while compact():
        pass


def split(start, end):
    """The whole quarters within the days, and the two stretches of days beside them (end before start: empty)."""
    none = (end, start) if end < start else (end, end.fromordinal(end.toordinal() - 1))
    first = quarter_of(start) if start == quarter_of(start).start else quarter_of(start).following()
    quarters, each = [], first
    while each.end <= end:
        quarters.append(each.start)
        each = each.following()
    if not quarters:
        return [], (start, end), none
    before = (start, first.start.fromordinal(first.start.toordinal() - 1))
    return quarters, before, (each.start, end)


def days_of(services, start, end):
    quarters, (s1, e1), (s2, e2) = split(start, end)
    days = {"quarters": quarters, "s1": s1, "e1": e1, "s2": s2, "e2": e2, "start": start, "end": end}
    return {"services": list(services), **days}


def read_elements(services, start, end):
    """{service: {controlled: {element: {1: n, …, 4: n}}}} of the services' keys; one statement."""
    counts = defaultdict(lambda: {True: {}, False: {}})
    with connection.cursor() as cursor:
        cursor.execute(READ_ELEMENTS, days_of(services, start, end))
        for service, controlled, element, *values in cursor.fetchall():
            counts[service][controlled][element] = dict(zip((1, 2, 3, 4), values, strict=True))
    return counts


def read_respondents(services, start, end):
    """{service: {controlled: [Spread]}} of the services' keys; one statement."""
    spread = defaultdict(lambda: {True: [], False: []})
    with connection.cursor() as cursor:
        cursor.execute(READ_RESPONDENTS, days_of(services, start, end))
        for service, controlled, *numbers in cursor.fetchall():
            spread[service][controlled].append(Spread(*numbers))
    return spread


CANONICAL = f"""
    SELECT line FROM (
        SELECT service.slug || ';' || response.mode || ';' || counting.controlled::int || ';' || (
            SELECT string_agg(element || '=' || value, ',' ORDER BY element COLLATE "C")
            FROM feedback_surveyanswer answer WHERE answer.response_id = counting.response_id
        ) AS line
        FROM ({COUNTING}) counting
        JOIN feedback_surveyresponse response ON response.id = counting.response_id
        JOIN feedback_service service ON service.id = counting.service_id
        WHERE counting.day BETWEEN %s AND %s
    ) lines ORDER BY line COLLATE "C"
"""  # noqa: S608


def hash_of(quarter):
    """(SHA-256, lines) of the answers that count in a quarter: service, way of answering, answers; in their own order.

    Neither day nor reference nor profile is in it, so the lines could be handed to anybody who checks.
    """
    digest, lines = hashlib.sha256(), 0
    with connection.chunked_cursor() as cursor:
        cursor.execute(CANONICAL, [quarter.start, quarter.end])
        while rows := cursor.fetchmany(5000):
            lines += len(rows)
            digest.update("".join(f"{line}\n" for (line,) in rows).encode())
    return digest.hexdigest(), lines


def hold_still():
    """Until the end of the transaction nobody begins to answer, and everything that was answered is in the tallies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COMPACTOR])
        cursor.execute("LOCK TABLE feedback_surveyresponse IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(COMPACT, [2**62])


@transaction.atomic
def rebuild():
    """Count everything anew from the answers. Says in how many rows the tallies differed; those are mended.

    Nobody may answer meanwhile: the statement waits for those under way and keeps others waiting, a minute or so.
    """
    hold_still()
    differing = 0
    with connection.cursor() as cursor:
        for table, sums, own in (
            (Tally, ELEMENT_SUMS, ("element", "ones", "twos", "threes", "fours")),
            (RespondentTally, RESPONDENT_SUMS, ("elements", "respondents", "total", "squares")),
        ):
            name = table._meta.db_table
            columns = ", ".join(("service_id", "grain", "first_day", "controlled", *own))
            is_nothing = " AND ".join(f"{column} = 0" for column in own[1:])
            raw = f"WITH changed AS ({COUNTING}), {BY_GRAIN} {sums}"
            cursor.execute(
                f"CREATE TEMPORARY TABLE counted_anew ON COMMIT DROP AS SELECT {columns} FROM {name} LIMIT 0"  # noqa: S608
            )
            cursor.execute(f"INSERT INTO counted_anew ({columns}) {raw}")
            kept = f"SELECT {columns} FROM {name} WHERE NOT ({is_nothing})"  # noqa: S608
            anew = f"SELECT {columns} FROM counted_anew"  # noqa: S608
            cursor.execute(
                f"SELECT count(*) FROM (({kept} EXCEPT {anew}) UNION ALL ({anew} EXCEPT {kept})) differing"  # noqa: S608
            )
            differing += cursor.fetchone()[0]
            table.objects.all().delete()
            cursor.execute(f"INSERT INTO {name} ({columns}) {anew}")
            cursor.execute("DROP TABLE counted_anew")
    return differing, TallyChange.objects.count()
