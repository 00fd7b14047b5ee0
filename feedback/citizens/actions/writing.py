"""An answer as rows: the response, what it says of each element, and its trace, in one statement."""

from functools import cache

from django.db import connection

from ambon_kinerja.statements import rows_of

from ..models import NetworkTrace, SetAside, SurveyResponse

WAITING_GROUP = """
    SELECT id FROM feedback_setaside
    WHERE service_id = %(service)s AND day = %(day)s AND reasons = %(reasons)s::varchar[]
        AND state = %(waiting)s
"""


def write(response, answers, trace=None):
    """Insert an unsaved SurveyResponse with {element: value} and, if there is one, an unsaved NetworkTrace.

    Raises IntegrityError where one with this sending key is in already.
    """
    values = stored(response) | {"elements": list(answers), "values": list(answers.values())}
    if trace:
        values |= {f"trace_{name}": value for name, value in stored(trace).items()}
    ((response.pk,),) = rows_of(insertion(with_trace=trace is not None), **values)
    response._state.adding, response._state.db = False, connection.alias
    return response


def stored(row):
    """{column: what is stored of it}"""
    return {
        field.column: field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in written(type(row))
    }


@cache
def written(model):
    """The fields an insertion names: not the key, which the database gives, nor what follows from the insertion."""
    return [field for field in model._meta.concrete_fields if field.column not in ("id", "response_id")]


RESPONSE = """
    WITH given AS (
        INSERT INTO feedback_surveyresponse ({columns}) VALUES ({values}) RETURNING id
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
def insertion(*, with_trace):
    statement = with_columns(RESPONSE, SurveyResponse)
    if with_trace:
        statement += with_columns(TRACE, NetworkTrace, "trace_")
    return f"{statement} SELECT id FROM given"  # noqa: S608


def with_columns(statement, model, prefix=""):
    columns = [field.column for field in written(model)]
    values = [f"%({prefix}{column})s" for column in columns]
    return statement.format(columns=", ".join(columns), values=", ".join(values))


def waiting_group(service, day, reasons):
    """The key of the group in which answers set aside on a day for these reasons wait."""
    found = rows_of(
        WAITING_GROUP, service=service.pk, day=day, reasons=reasons, waiting=SetAside.State.WAITING
    )
    if found:
        return found[0][0]
    group, _ = SetAside.objects.get_or_create(
        service=service, day=day, reasons=reasons, state=SetAside.State.WAITING
    )
    return group.pk
