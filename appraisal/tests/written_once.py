"""How Django writes the columns of a statement: the same words each time, a fifth of the work of a request.

Nothing of what is asked changes. Each function here answers what Django's own would (`test_written_once`); what it
has worked out for one column it does not work out again.
"""

from contextlib import ExitStack, contextmanager
from unittest import mock

from django.db.models import BigAutoField
from django.db.models.expressions import Col
from django.db.models.fields.composite import ColPairs
from django.db.models.sql.compiler import SQLCompiler

COMPILE, CONVERTERS = SQLCompiler.compile, SQLCompiler.get_converters
DEFAULT_COLUMNS = SQLCompiler.get_default_columns
RESOLVE, KIND = Col.resolve_expression, BigAutoField.rel_db_type
WORDS, CONVERTED, COLUMNS, KINDS = {}, {}, {}, {}


def compile_once(compiler, node):
    """An alias is either a table's name, which is quoted, or a short one such as T4, which is not, wherever it is."""
    if type(node) is not Col:
        return COMPILE(compiler, node)
    asked = (node.alias, node.target.column)
    if asked not in WORDS:
        WORDS[asked] = COMPILE(compiler, node)[0]
    return WORDS[asked], []


def get_converters_once(compiler, expressions):
    found = {}
    for place, expression in enumerate(expressions := list(expressions)):
        if isinstance(expression, ColPairs):
            return CONVERTERS(compiler, expressions)
        if type(expression) is Col and expression.output_field is expression.target:
            field = expression.target
            known, converters = CONVERTED.get(id(field), (None, None))
            if known is not field:
                converters = converters_of(compiler, expression)
                CONVERTED[id(field)] = (field, converters)  # kept, so that no other field gets its number
        else:
            converters = converters_of(compiler, expression) if expression else []
        if converters:
            found[place] = (converters, expression)
    return found


def converters_of(compiler, expression):
    return compiler.connection.ops.get_db_converters(expression) + expression.get_db_converters(
        compiler.connection
    )


def get_default_columns_once(compiler, select_mask, start_alias=None, opts=None, from_parent=None):
    opts = opts or compiler.query.get_meta()
    if select_mask or from_parent or opts is None or opts.parents or opts.proxy:
        return DEFAULT_COLUMNS(compiler, select_mask, start_alias, opts, from_parent)
    asked = (opts.model, start_alias or compiler.query.get_initial_alias())
    if asked not in COLUMNS:
        COLUMNS[asked] = DEFAULT_COLUMNS(compiler, select_mask, start_alias, opts, from_parent)
    return list(COLUMNS[asked])


def hash_of_column(column):
    """Equal columns have it in common; Django's own writes down all that makes them equal first."""
    return hash((column.alias, column.target.column))


def resolve_column(column, query=None, allow_joins=True, reuse=None, summarize=False, for_save=False):
    """A column that stands in its query is as it will be; Django copies it for each condition."""
    if summarize:
        return RESOLVE(column, query, allow_joins, reuse, summarize, for_save)
    return column


def kind_of_key(field, connection):
    """What a column holds that points at one of our keys; Django makes a new field to ask it."""
    if connection.vendor not in KINDS:
        KINDS[connection.vendor] = KIND(field, connection)
    return KINDS[connection.vendor]


@contextmanager
def written_once():
    with ExitStack() as stack:
        for place, name, instead in (
            (SQLCompiler, "compile", compile_once),
            (SQLCompiler, "get_converters", get_converters_once),
            (SQLCompiler, "get_default_columns", get_default_columns_once),
            (Col, "__hash__", hash_of_column),
            (Col, "resolve_expression", resolve_column),
            (BigAutoField, "rel_db_type", kind_of_key),
        ):
            stack.enter_context(mock.patch.object(place, name, instead))
        yield
