"""What was found true about an officer, asked inside another question without opening the sealed tables to it."""

from django.db import migrations

SIGNATURE = "feedback_substantiated(of_marks text[], since timestamptz, before_moment timestamptz)"
# Whoever asks names the marks, which nobody makes without the key of the installation, and gets texts that stay sealed.
# As long as nobody has said who reads, nothing is told (docs/adr/0016, 0025).
FUNCTION = f"""
    CREATE FUNCTION {SIGNATURE} RETURNS TABLE (finding text, decided_at timestamptz, reply text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
    #variable_conflict use_column
    DECLARE
        before text := coalesce(current_setting('app.reader', true), '');
    BEGIN
        IF before = '' THEN RETURN; END IF;
        PERFORM set_config('app.reader', 'service', true);
        RETURN QUERY
            SELECT told.finding, told.decided_at, (
                SELECT letter.answer FROM public.feedback_restrictedletter letter
                WHERE letter.case_id = told.id AND letter.kind = 'reply'
            )
            FROM public.feedback_restrictedcase told
            WHERE told.officer_mark = ANY (of_marks) AND told.outcome = 'substantiated'
                AND told.decided_at >= since AND told.decided_at < before_moment AND told.erased_at IS NULL
            ORDER BY told.decided_at, told.id;
        PERFORM set_config('app.reader', before, true);
    END $body$;
    REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC;
"""  # noqa: S608


class Migration(migrations.Migration):
    dependencies = [("feedback", "0013_letters_to_answer")]

    operations = [migrations.RunSQL(FUNCTION, f"DROP FUNCTION {SIGNATURE};")]
