"""An answer as rows: the response, what it says of each element, and its trace, in one statement."""

from functools import cache

from django.db import connection, transaction

from ambon_kinerja.statements import rows_of

from ..models import NetworkTrace, SetAside, SurveyResponse


class SentTwice(Exception):
    """A response with this sending key is in already."""


def write(response, answers, *, trace=None, reasons=()):
    """Insert an unsaved SurveyResponse with {element: value} and, if there is one, an unsaved NetworkTrace.

    For `reasons` it joins the answers of its service and day that wait for the same. Raises SentTwice; then nothing
    is written. The statement stands for itself and needs no transaction around it.
    """
    values = stored(response) | {"elements": list(answers), "values": list(answers.values())}
    if reasons:
        values |= {"reasons": reasons, "waiting": SetAside.State.WAITING}
    if trace:
        values |= {f"trace_{name}": value for name, value in stored(trace).items()}
    statement = insertion(with_trace=trace is not None, waits=bool(reasons))
    found = rows_of(statement, **values) or (
        reasons and into_a_new_group(response, reasons, statement, values)
    )
    if not found:
        raise SentTwice
    ((response.pk, response.set_aside_id),) = found
    response._state.adding, response._state.db = False, connection.alias
    return response


@transaction.atomic
def into_a_new_group(response, reasons, statement, values):
    """The first that waits for these reasons. One that was sent twice leaves no empty group behind."""
    waiting_group(response.service, response.answered_on, reasons)
    if found := rows_of(statement, **values):
        return found
    raise SentTwice


def waiting_group(service, day, reasons):
    """The key of the group in which answers of a day wait for these reasons; nobody decides on it meanwhile."""
    given = {
        "service_id": service.pk,
        "answered_on": day,
        "reasons": reasons,
        "waiting": SetAside.State.WAITING,
    }
    while not (found := rows_of(WAITING_GROUP, **given)):
        SetAside.objects.get_or_create(
            service=service, day=day, reasons=reasons, state=SetAside.State.WAITING
        )
    return found[0][0]


def stored(row):
    """{column: what is stored of it}"""
    return {
        field.column: field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in written(type(row))
    }


@cache
def written(model):
    """The fields that are given to an insertion: not the key, nor what follows from the other rows."""
    follows = ("id", "response_id", "set_aside_id")
    return [field for field in model._meta.concrete_fields if field.column not in follows]


# FOR SHARE waits for a decision under way: what it does not see must not join what it decides.
WAITING_GROUP = """
    SELECT id FROM feedback_setaside
    WHERE service_id = %(service_id)s AND day = %(answered_on)s AND reasons = %(reasons)s::varchar[]
        AND state = %(waiting)s
    FOR SHARE
"""
RESPONSE = """
    given AS (
        INSERT INTO feedback_surveyresponse ({columns}, set_aside_id) SELECT {values}, {group}
        ON CONFLICT (sending_key) DO NOTHING
        RETURNING id, set_aside_id
    ), said AS (
        INSERT INTO feedback_surveyanswer (response_id, element, value)
        SELECT given.id, said.element, said.value
        FROM given, unnest(%(elements)s::varchar[], %(values)s::smallint[]) said (element, value)
    )
"""
TRACE = """
    , trace AS (
        INSERT INTO feedback_networktrace (response_id, {columns}) SELECT given.id, {values} FROM given
    )
"""


@cache
def insertion(*, with_trace, waits):
    parts = [
        f"waiting AS ({WAITING_GROUP})," if waits else "",
        with_columns(RESPONSE, SurveyResponse, group="waiting.id FROM waiting" if waits else "NULL"),
        with_columns(TRACE, NetworkTrace, "trace_") if with_trace else "",
    ]
    return f"WITH {''.join(parts)} SELECT id, set_aside_id FROM given"  # noqa: S608


def with_columns(statement, model, prefix="", **more):
    columns = [field.column for field in written(model)]
    values = [f"%({prefix}{column})s" for column in columns]
    return statement.format(columns=", ".join(columns), values=", ".join(values), **more)
