"""What must never be true of plans: acting work that is additional, and a tree of results with a circle or a stray branch.

And the second wall lets the superior of an appraiser who stays silent step in (PermenPANRB 6/2022 page 65 no. 5).
"""

from importlib import import_module

from django.db import migrations, models
from ambon_kinerja.migrations import at_once

wall = import_module("appraisal.migrations.0004_row_security")
before = import_module("appraisal.migrations.0006_adjustments_behind_the_wall")

READS, CHANGES = "a_person_reads_his_part", before.CHANGES
STEPS_IN = f"adjusts_id IS NULL AND submitted_at IS NOT NULL AND employee_id {wall.among('indirect')}"
READ = f"{wall.READ['skp']} OR (state IN ('submitted', 'returned') AND {STEPS_IN})"
UPDATE = (
    f"{wall.WRITE['skp']['UPDATE'][0]} OR (state = 'submitted' AND {STEPS_IN})",
    f"{before.OWNER_NEVER_AGREES} OR (state IN ('returned', 'agreed') AND {STEPS_IN})",
)


def policies(read, update):
    person, (using, check) = wall.is_reader("person"), update
    return (
        f"DROP POLICY {READS} ON appraisal_skp; DROP POLICY {CHANGES} ON appraisal_skp; "
        + wall.policy("skp", READS, "SELECT", f"{person} AND ({read})")
        + wall.policy("skp", CHANGES, "UPDATE", f"{person} AND ({using})", f"{person} AND ({check})")
    )


# Every result above is locked against changes, so that two transactions cannot close a circle from both ends: one of
# them waits, sees the other's branch and is refused. Plans are read past the wall: the tree is the same for everybody.
TREE = """
    CREATE FUNCTION appraisal_tree_of_results() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $body$
    DECLARE
        reader text := coalesce(current_setting('app.reader', true), '');
        above bigint := NEW.parent_id;
        fits boolean;
    BEGIN
        PERFORM set_config('app.reader', 'service', true);
        SELECT mine.year = theirs.year AND mine.employee_id <> theirs.employee_id AND theirs.adjusts_id IS NULL
            INTO fits
            FROM public.appraisal_skp mine, public.appraisal_skp theirs
                JOIN public.appraisal_workresult parent ON parent.skp_id = theirs.id
            WHERE mine.id = NEW.skp_id AND parent.id = NEW.parent_id;
        PERFORM set_config('app.reader', reader, true);
        IF fits IS NOT TRUE THEN
            RAISE EXCEPTION 'a result hangs under a result of somebody else in a plan of the same year'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'result_hangs_under_a_plan_of_the_year';
        END IF;
        WHILE above IS NOT NULL LOOP
            IF above = NEW.id OR above = NEW.continues_id THEN
                RAISE EXCEPTION 'the tree of results would have a circle'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'tree_of_results_has_no_circle';
            END IF;
            SELECT parent_id INTO above FROM public.appraisal_workresult WHERE id = above FOR SHARE;
        END LOOP;
        RETURN NEW;
    END $body$;
    REVOKE ALL ON FUNCTION appraisal_tree_of_results() FROM PUBLIC;
    CREATE TRIGGER the_tree_of_results_has_no_circle
        BEFORE INSERT OR UPDATE OF parent_id, skp_id ON appraisal_workresult
        FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION appraisal_tree_of_results();
"""
NO_TREE = """
    DROP TRIGGER the_tree_of_results_has_no_circle ON appraisal_workresult;
    DROP FUNCTION appraisal_tree_of_results();
"""


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0006_adjustments_behind_the_wall")]

    operations = at_once([
        migrations.AddConstraint(
            model_name="workresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin", "acting"), _negated=True) | models.Q(("kind", "main")),
                name="an_acting_assignment_is_main",
            ),
        ),
        migrations.RunSQL(TREE, NO_TREE),
        migrations.RunSQL(
            policies(READ, UPDATE),
            policies(wall.READ["skp"], (wall.WRITE["skp"]["UPDATE"][0], before.OWNER_NEVER_AGREES)),
        ),
    ])
