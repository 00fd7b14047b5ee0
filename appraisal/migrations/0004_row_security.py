"""Row-level security on the five most sensitive tables (docs/adr/0016): policies and what may be asked past them.

The settings app.* are made by ambon_kinerja/row_security.py and agencies/access/reader.py. They are read in
sub-selects, which PostgreSQL works out once a statement, and compared with `= ANY (array)`, which uses the indexes.
"""

from django.db import migrations

TABLES = ("skp", "evaluation", "resultrating", "feedback", "evidence")
HISTORIES = ("evaluationevent", "resultratingevent")  # everybody's changes are added, no person reads them


def is_reader(who):
    return f"(SELECT current_setting('app.reader', true)) = '{who}'"


def among(name):
    """Of the keys in a setting; nothing is among a setting that was never made."""
    return f"= ANY ((SELECT nullif(current_setting('app.{name}', true), '')::bigint[])::bigint[])"


def everywhere(role):
    return f"(SELECT '{role}' = ANY (nullif(current_setting('app.everything', true), '')::text[]))"


def plans_of(name, function="appraisal_plans_of"):
    """Of a plan of the employees in a setting. The function keeps its plan: a sub-select would be planned each time."""
    return f"skp_id = ANY ((SELECT {function}(nullif(current_setting('app.{name}', true), '')::bigint[]))::bigint[])"


TEAM_PLAN, OWN_PLAN = plans_of("team"), plans_of("me")
# The personnel office and the inspector read what is agreed or final; over the whole city no unit is compared.
OFFICE = f"""
    {everywhere("personnel_office")} OR {everywhere("inspector")}
    OR {plans_of("units_office", "appraisal_plans_in")} OR {plans_of("units_inspected", "appraisal_plans_in")}
"""

# Who reads a row.
READ = {
    "skp": f"""
        employee_id {among("direct")}
        OR {everywhere("personnel_office")} OR {everywhere("unit_admin")} OR unit_id {among("units_managed")}
        OR (state = 'agreed' AND (
            employee_id {among("indirect")} OR {everywhere("inspector")} OR unit_id {among("units_inspected")}
        ))
        OR (state IN ('submitted', 'agreed') AND employee_id {among("upward")})
        OR id = ANY ((SELECT appraisal_plans_above_mine())::bigint[])
    """,
    "evaluation": f"""
        {TEAM_PLAN}
        OR (state <> 'draft' AND (
            {OWN_PLAN} OR {plans_of("indirect")} OR {OFFICE}
        ))
    """,
    "resultrating": "EXISTS (SELECT FROM appraisal_evaluation e WHERE e.id = evaluation_id)",
    "feedback": f"""
        {plans_of("direct")} OR {plans_of("indirect")} OR {OFFICE}
    """,
    "evidence": f"""
        EXISTS (SELECT FROM appraisal_workresult r WHERE r.id = result_id AND (
            r.{plans_of("direct")} OR r.{plans_of("indirect")} OR {OFFICE}
        ))
    """,
}
# Who writes: command → (rows as they were or None, rows as they become). What is not here, no person does.
WRITE = {
    "skp": {
        "INSERT": (None, f"employee_id {among('me')} AND state = 'draft'"),
        "UPDATE": (
            f"employee_id {among('direct')}",
            f"employee_id {among('team')} OR (employee_id {among('me')} AND state <> 'agreed')",
        ),
    },
    "evaluation": {
        "INSERT": (None, f"state = 'draft' AND {TEAM_PLAN}"),
        "UPDATE": (
            f"{TEAM_PLAN} OR (state <> 'draft' AND {OWN_PLAN})",
            f"{TEAM_PLAN} OR (state = 'acknowledged' AND {OWN_PLAN})",
        ),
    },
    "resultrating": {
        "INSERT": (
            None,
            f"EXISTS (SELECT FROM appraisal_evaluation e WHERE e.id = evaluation_id AND e.{TEAM_PLAN})",
        ),
        "UPDATE": (
            f"EXISTS (SELECT FROM appraisal_evaluation e WHERE e.id = evaluation_id AND e.{TEAM_PLAN})",
            f"EXISTS (SELECT FROM appraisal_evaluation e WHERE e.id = evaluation_id AND e.{TEAM_PLAN})",
        ),
    },
    "feedback": {"INSERT": (None, TEAM_PLAN)},
    "evidence": {
        "INSERT": (
            None,
            f"EXISTS (SELECT FROM appraisal_workresult r WHERE r.id = result_id AND r.{plans_of('direct')})",
        ),
    },
}

# Asked past the policies, each by one narrow question. They run as the owner of the tables with a path of their own.
FUNCTIONS = {
    "appraisal_plans_above_mine()": (
        "bigint[]",
        """
        SELECT coalesce(array_agg(DISTINCT above.skp_id), '{}')
        FROM public.appraisal_workresult mine
            JOIN public.appraisal_skp plan ON plan.id = mine.skp_id
            JOIN public.appraisal_workresult above ON above.id = mine.parent_id
        WHERE plan.employee_id = ANY (nullif(current_setting('app.me', true), '')::bigint[])
        """,
    ),
    "appraisal_plans_of(employees bigint[])": (
        "bigint[]",
        "SELECT coalesce(array_agg(s.id), '{}') FROM public.appraisal_skp s WHERE s.employee_id = ANY (employees)",
    ),
    "appraisal_plans_in(units bigint[])": (
        "bigint[]",
        "SELECT coalesce(array_agg(s.id), '{}') FROM public.appraisal_skp s WHERE s.unit_id = ANY (units)",
    ),
    "appraisal_plan_states(of_year integer)": (
        "TABLE (skp_id bigint, employee_id bigint, state varchar)",
        "SELECT s.id, s.employee_id, s.state FROM public.appraisal_skp s WHERE s.year = of_year",
    ),
    "appraisal_evaluation_states(of_plans bigint[])": (
        "TABLE (id bigint, skp_id bigint, period_id bigint, state varchar)",
        """
        SELECT e.id, e.skp_id, e.period_id, e.state FROM public.appraisal_evaluation e
        WHERE e.skp_id = ANY (of_plans)
        """,
    ),
    "appraisal_decided_skps(of_period bigint)": (
        "TABLE (skp_id bigint)",
        """
        SELECT e.skp_id FROM public.appraisal_evaluation e
        WHERE e.period_id = of_period AND e.state IN ('final', 'acknowledged')
        """,
    ),
}


def policy(table, name, command, using=None, check=None):
    parts = [f"CREATE POLICY {name} ON appraisal_{table} FOR {command}"]
    if using:
        parts.append(f"USING ({using})")
    if check:
        parts.append(f"WITH CHECK ({check})")
    return " ".join(parts) + ";"


def answer(returns, body):
    """What a function of PL/pgSQL returns, which keeps the plan of its statement for the life of a connection."""
    return body if "TABLE" in returns else f"({body})"


def statements():
    for signature, (returns, body) in FUNCTIONS.items():
        yield f"""
            CREATE FUNCTION {signature} RETURNS {returns} LANGUAGE plpgsql STABLE SECURITY DEFINER
            SET search_path = pg_catalog, pg_temp SET app.reader = 'service'
            AS $body$ #variable_conflict use_column
            BEGIN RETURN {"QUERY" if "TABLE" in returns else ""} {answer(returns, body)}; END $body$;
        """
        yield f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC;"
    for table in (*TABLES, *HISTORIES):
        yield f"ALTER TABLE appraisal_{table} ENABLE ROW LEVEL SECURITY;"
        yield f"ALTER TABLE appraisal_{table} FORCE ROW LEVEL SECURITY;"
        yield policy(table, "service_does_everything", "ALL", is_reader("service"), is_reader("service"))
    for table in HISTORIES:
        yield policy(table, "every_change_is_added", "INSERT", check="true")
    for table in TABLES:
        person = is_reader("person")
        yield policy(table, "a_person_reads_his_part", "SELECT", f"{person} AND ({READ[table]})")
        for command, (using, check) in WRITE[table].items():
            before = f"{person} AND ({using})" if using else None
            name = f"a_person_{'adds' if command == 'INSERT' else 'changes'}_his_part"
            yield policy(table, name, command, before, f"{person} AND ({check})")


def reverse_statements():
    for table in HISTORIES:
        yield f"DROP POLICY every_change_is_added ON appraisal_{table};"
    for table in TABLES:
        yield f"DROP POLICY a_person_reads_his_part ON appraisal_{table};"
        for command in WRITE[table]:
            name = f"a_person_{'adds' if command == 'INSERT' else 'changes'}_his_part"
            yield f"DROP POLICY {name} ON appraisal_{table};"
    for table in (*TABLES, *HISTORIES):
        yield f"DROP POLICY service_does_everything ON appraisal_{table};"
        yield f"ALTER TABLE appraisal_{table} NO FORCE ROW LEVEL SECURITY;"
        yield f"ALTER TABLE appraisal_{table} DISABLE ROW LEVEL SECURITY;"
    for signature in FUNCTIONS:
        yield f"DROP FUNCTION {signature};"


class Migration(migrations.Migration):
    dependencies = [("agencies", "0010_search_of_names"), ("appraisal", "0003_correction_cases")]

    operations = [migrations.RunSQL("\n".join(statements()), "\n".join(reverse_statements()))]
