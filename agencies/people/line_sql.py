"""The reporting line as SQL, upwards for many or few and downwards for one. `reporting_line` says what it means.

Put together from constants; days, moments and keys are always parameters of the statement.
"""

from .models import Assignment, ServiceState

# Who answers for a post: whoever acts for it, because the holder is absent; then its holder; then who leads the
# unit as an additional task, such as a teacher who is head of the school (PermenPANRB 6/2022 page 89 no. 7).
ANSWERS = (Assignment.Kind.PLT, Assignment.Kind.PLH, Assignment.Kind.DEFINITIVE, Assignment.Kind.ADDITIONAL)

# Where a line starts: a Plt. is appraised where he acts (page 89 no. 5), all others at their definitive post.
STARTS = (Assignment.Kind.PLT, Assignment.Kind.DEFINITIVE)

AMBIGUOUS = -1  # in place of an employee: two people answer for the post in the same capacity

GIVEN = "given (day, known) AS (SELECT %s::date, %s::timestamptz)"
DAY = "(SELECT day FROM given)"
KNOWN = "(SELECT known FROM given)"


def with_values(statement):
    """`statement` for many employees with the day, the moment and `keys` as named values in every place.

    From a value the planner knows how many rows count on that day; from `given` it guesses one, and then compares
    everybody with everybody. Parameters: {"day", "known", "keys"}.
    """
    return (
        statement.replace(DAY, "%(day)s::date")
        .replace(KNOWN, "%(known)s::timestamptz")
        .replace(GIVEN, "given AS (SELECT 1)")
        .replace("%s", "%(keys)s")
    )


def in_order(kinds, row):
    return f"array_position(string_to_array('{','.join(kinds)}', ','), {row}.kind::text)"


def counts(row):
    """The fact `row` is so on the day, as known at the moment."""
    return f"{row}.term @> {DAY} AND {row}.recorded @> {KNOWN}"


def away(employee):
    """A ServiceState keeps `employee` from answering for a post."""
    kinds = ", ".join(f"'{kind}'" for kind in ServiceState.AWAY)
    return f"""EXISTS (
        SELECT 1 FROM agencies_servicestate state
        WHERE state.employee_id = {employee} AND state.kind IN ({kinds}) AND {counts("state")}
    )"""  # noqa: S608


def answers(which=""):
    """(post_id, employee_id) of posts somebody answers for, or that are AMBIGUOUS; NULL: to be passed over by decision.

    `which` limits both tables by a condition on "{row}.post_id". A dated exception outranks all who hold the post.
    """
    exceptions = f"AND {which.format(row='rule')}" if which else ""
    # OFFSET 0: by the plain index of the post; the one of the terms costs a hundred times as much for one post.
    assignments = "agencies_assignment"
    if which:
        assignments = f"(SELECT * FROM agencies_assignment taken WHERE {which.format(row='taken')} OFFSET 0)"  # noqa: S608
    return f"""
        SELECT candidate.post_id,
            CASE WHEN (array_agg(candidate.rank ORDER BY candidate.rank))[2] = min(candidate.rank) THEN {AMBIGUOUS}
                ELSE (array_agg(candidate.employee_id ORDER BY candidate.rank))[1] END AS employee_id
        FROM (
            SELECT rule.post_id, 0 AS rank, rule.appraiser_id AS employee_id FROM agencies_appraiserexception rule
            WHERE rule.post_id IS NOT NULL AND {counts("rule")} {exceptions} AND NOT {away("rule.appraiser_id")}
            UNION ALL
            SELECT held.post_id, {in_order(ANSWERS, "held")}, held.employee_id FROM {assignments} held
            WHERE {counts("held")} AND NOT {away("held.employee_id")}
        ) candidate
        GROUP BY candidate.post_id
    """  # noqa: S608


def starts(which):
    """(employee_id, post_id): the post at which the line of each employee begins."""
    return f"""
        SELECT DISTINCT ON (held.employee_id) held.employee_id, held.post_id FROM agencies_assignment held
        WHERE {which} AND {counts("held")} AND held.kind IN ('plt', 'definitive')
        ORDER BY held.employee_id, {in_order(STARTS, "held")}, held.id
    """  # noqa: S608


def lines(*, many):
    """A CTE `line`: every post on everybody's way up, to the first one that somebody else answers for.

    Columns employee_id, step, post_id, superior_id, answer (NULL: vacant), way (the posts so far). For `many` the
    answers of all posts are found once; for few they are asked for post by post.
    """
    answered = (
        "LEFT JOIN answers found ON found.post_id = above.post_id"
        if many
        else f"LEFT JOIN LATERAL ({answers('{row}.post_id = above.post_id')}) found ON true"
    )
    once = f"answers AS MATERIALIZED ({answers()})," if many else ""
    return f"""
        WITH RECURSIVE {GIVEN}, {once} start AS MATERIALIZED ({starts("held.employee_id = ANY(%s)")}),
        line (employee_id, step, post_id, superior_id, answer, way) AS (
            SELECT start.employee_id, 1, above.post_id, above.superior_id, found.employee_id, ARRAY[above.post_id]
            FROM start
                JOIN agencies_postversion own ON own.post_id = start.post_id AND {counts("own")}
                JOIN agencies_postversion above ON above.post_id = own.superior_id AND {counts("above")}
                {answered}
            UNION ALL
            SELECT line.employee_id, line.step + 1, above.post_id, above.superior_id, found.employee_id,
                line.way || above.post_id
            FROM line
                JOIN agencies_postversion above ON above.post_id = line.superior_id AND {counts("above")}
                {answered}
            WHERE coalesce(line.answer, line.employee_id) = line.employee_id AND above.post_id <> ALL(line.way)
        )
    """  # noqa: S608


def appraisers(*, many):
    """(employee_id, appraiser_id) for the employees given (day, moment, keys, keys); AMBIGUOUS where two could be.

    Who has no appraiser is missing. An exception for the employee comes before all posts.
    """
    return f"""
        {lines(many=many)}
        SELECT line.employee_id, line.answer AS appraiser_id FROM line
        WHERE line.answer <> line.employee_id AND NOT EXISTS (
            SELECT 1 FROM agencies_appraiserexception rule
            WHERE rule.employee_id = line.employee_id AND {counts("rule")} AND NOT {away("rule.appraiser_id")}
        )
        UNION ALL
        SELECT rule.employee_id, rule.appraiser_id FROM agencies_appraiserexception rule
        WHERE rule.employee_id = ANY(%s) AND {counts("rule")} AND NOT {away("rule.appraiser_id")}
    """  # noqa: S608


# The same way downwards, for the leaders given: (leader_id, employee_id). `only_for` is the employee for whom alone
# the way is open: it passes a post of his own.
DOWNWARDS = f"""
    WITH RECURSIVE {GIVEN}, leader (id) AS (SELECT unnest(%s::bigint[])),
    way (leader_id, post_id, only_for) AS (
        SELECT leader.id, mine.post_id, NULL::bigint
        FROM leader
            JOIN LATERAL (
                SELECT held.post_id
                FROM (SELECT * FROM agencies_assignment all_held WHERE all_held.employee_id = leader.id OFFSET 0) held
                WHERE {counts("held")}
                UNION
                SELECT rule.post_id FROM agencies_appraiserexception rule
                WHERE rule.appraiser_id = leader.id AND rule.post_id IS NOT NULL AND {counts("rule")}
            ) mine ON true
            JOIN LATERAL (
                SELECT 1 FROM agencies_postversion here
                WHERE here.post_id = mine.post_id AND {counts("here")} OFFSET 0
            ) here ON true
            JOIN LATERAL ({answers("{row}.post_id = mine.post_id")}) found ON found.employee_id = leader.id
        UNION
        SELECT way.leader_id, below.post_id, coalesce(way.only_for, found.employee_id)
        FROM way
            JOIN agencies_postversion below ON below.superior_id = way.post_id AND {counts("below")}
            LEFT JOIN LATERAL ({answers("{row}.post_id = below.post_id")}) found ON true
        WHERE found.employee_id IS NULL OR found.employee_id = coalesce(way.only_for, found.employee_id)
    )
    SELECT way.leader_id, work.employee_id
    FROM way
        -- OFFSET 0: downwards from the few posts found; the planner would begin with everybody who works today
        JOIN LATERAL (
            SELECT own.post_id FROM agencies_postversion own
            WHERE own.superior_id = way.post_id AND {counts("own")} OFFSET 0
        ) own ON true
        JOIN LATERAL (
            SELECT work.id, work.employee_id FROM agencies_assignment work
            WHERE work.post_id = own.post_id AND {counts("work")} OFFSET 0
        ) work ON true
    WHERE work.employee_id <> way.leader_id AND work.employee_id = coalesce(way.only_for, work.employee_id)
        AND work.id = (
            SELECT held.id FROM agencies_assignment held
            WHERE held.employee_id = work.employee_id AND {counts("held")} AND held.kind IN ('plt', 'definitive')
            ORDER BY {in_order(STARTS, "held")}, held.id LIMIT 1
        )
        AND NOT EXISTS (
            SELECT 1 FROM agencies_appraiserexception rule
            WHERE rule.employee_id = work.employee_id AND {counts("rule")} AND NOT {away("rule.appraiser_id")}
        )
    UNION
    SELECT rule.appraiser_id, rule.employee_id FROM agencies_appraiserexception rule
    WHERE rule.appraiser_id IN (SELECT id FROM leader) AND rule.employee_id IS NOT NULL
        AND {counts("rule")} AND NOT {away("rule.appraiser_id")}
"""  # noqa: S608


def as_function(statement):
    """`statement` with the values of a function in the places of its parameters: the day, the moment, the keys."""
    body = statement.replace(GIVEN, "given (day, known) AS (SELECT of_day, known_at)")
    return body.replace("%s::bigint[]", "keys").replace("%s", "keys")


# The two questions that nearly every request asks, once or more often. Working out how to answer them costs several
# times the answer, so they are functions, whose plans a connection keeps. A change of one needs a migration.
FUNCTIONS = {
    "agencies_subordinates(date, timestamptz, bigint[])": f"""
        CREATE OR REPLACE FUNCTION agencies_subordinates(of_day date, known_at timestamptz, keys bigint[])
        RETURNS SETOF bigint LANGUAGE plpgsql STABLE ROWS 20 SET plan_cache_mode = force_generic_plan AS $body$
        BEGIN
            RETURN QUERY SELECT found.employee_id FROM ({as_function(DOWNWARDS)}) found;
        END $body$;
    """,  # noqa: S608
    "agencies_appraisers(date, timestamptz, bigint[])": f"""
        CREATE OR REPLACE FUNCTION agencies_appraisers(of_day date, known_at timestamptz, keys bigint[])
        RETURNS TABLE (employee bigint, appraiser bigint) LANGUAGE plpgsql STABLE ROWS 20
        SET plan_cache_mode = force_generic_plan AS $body$
        BEGIN
            RETURN QUERY {as_function(appraisers(many=False))};
        END $body$;
    """,
}
HOLDER = f"WITH {GIVEN} SELECT found.employee_id FROM ({answers('{row}.post_id = %s')}) found"  # noqa: S608
