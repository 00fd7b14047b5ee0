"""What the application's database role may do. It owns nothing, so it can drop no trigger."""

from django.db import transaction
from psycopg2 import sql

APPEND_ONLY = ("ambon_kinerja_auditevent", "ambon_kinerja_statechange", "ambon_kinerja_viewing")
HISTORY_SUFFIX = "event"  # pghistory's tables: filled by triggers, never changed


def grant_rights(connection, *, role):
    """Let `role` read and write every table, but only add to the trail and the row histories.

    Does nothing when `role` does not exist (a single-role set-up). Run as the owner of the tables.
    """
    # One transaction: at no moment may the role change what it may only add to.
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            return False
        name = sql.Identifier(role)
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        ):
            cursor.execute(sql.SQL(statement).format(name).as_string(cursor.connection))
        for table in append_only_tables(cursor):
            statement = sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(
                sql.Identifier(table), name
            )
            cursor.execute(statement.as_string(cursor.connection))
        for function in functions_past_row_security(cursor):
            statement = sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(sql.SQL(function), name)
            cursor.execute(statement.as_string(cursor.connection))
    return True


def append_only_tables(cursor):
    cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND (tablename = ANY(%s)"
        " OR tablename IN (SELECT event_object_table || %s FROM information_schema.triggers))",
        [list(APPEND_ONLY), HISTORY_SUFFIX],
    )
    return [row[0] for row in cursor.fetchall()]


def functions_past_row_security(cursor):
    """Our own functions that answer with their owner's rights, as name(types); nobody else may call them."""
    cursor.execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND proowner = current_user::regrole"
    )
    return [row[0] for row in cursor.fetchall()]
