"""The second wall knows adjustments: nobody agrees his own, and who counts plans counts no adjustment."""

from importlib import import_module

from django.db import migrations

wall = import_module("appraisal.migrations.0004_row_security")

OWNER_NEVER_AGREES = (
    f"employee_id {wall.among('team')} OR (employee_id {wall.among('me')} AND state NOT IN ('agreed', 'merged'))"
)
CHANGES = "a_person_changes_his_part"


def change_policy(check):
    using = wall.WRITE["skp"]["UPDATE"][0]
    person = wall.is_reader("person")
    return (
        f"DROP POLICY {CHANGES} ON appraisal_skp; "
        + wall.policy("skp", CHANGES, "UPDATE", f"{person} AND ({using})", f"{person} AND ({check})")
    )


def plan_states(condition):
    """The function of 0004 made again, with one condition more or less."""
    signature = "appraisal_plan_states(of_year integer)"
    return f"""
        CREATE OR REPLACE FUNCTION {signature}
        RETURNS TABLE (skp_id bigint, employee_id bigint, state varchar) LANGUAGE plpgsql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp AS $body$
        #variable_conflict use_column
        DECLARE before text := coalesce(current_setting('app.reader', true), '');
        BEGIN
            PERFORM set_config('app.reader', 'service', true);
            RETURN QUERY SELECT s.id, s.employee_id, s.state FROM public.appraisal_skp s
                WHERE s.year = of_year {condition};
            PERFORM set_config('app.reader', before, true);
        END $body$;
    """  # noqa: S608


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0005_planning_in_full")]

    operations = [
        migrations.RunSQL(
            change_policy(OWNER_NEVER_AGREES) + plan_states("AND s.adjusts_id IS NULL"),
            change_policy(wall.WRITE["skp"]["UPDATE"][1]) + plan_states(""),
        )
    ]
