"""What was found true about an officer, asked inside another question without opening the sealed tables to it."""

from django.db import migrations

SIGNATURE = "feedback_substantiated(of_marks text[], since timestamptz, before_moment timestamptz)"
# Whoever asks names the marks, which nobody makes without the key of the installation, and gets texts that stay sealed.
FUNCTION = f"""
    CREATE FUNCTION {SIGNATURE} RETURNS TABLE (finding text, decided_at timestamptz, reply text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
    #variable_conflict use_column
    DECLARE
        before text := coalesce(current_setting('app.reader', true), '');
    BEGIN
        PERFORM set_config('app.reader', 'service', true);
        RETURN QUERY
            SELECT found.finding, found.decided_at, (
                SELECT letter.answer FROM public.feedback_restrictedletter letter
                WHERE letter.case_id = found.id AND letter.kind = 'reply'
            )
            FROM public.feedback_restrictedcase found
            WHERE found.officer_mark = ANY (of_marks) AND found.outcome = 'substantiated'
                AND found.decided_at >= since AND found.decided_at < before_moment AND found.erased_at IS NULL
            ORDER BY found.decided_at, found.id;
        PERFORM set_config('app.reader', before, true);
    END $body$;
    REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC;
"""  # noqa: S608


class Migration(migrations.Migration):
    dependencies = [("feedback", "0011_nothing_empty_passes_a_check")]

    operations = [migrations.RunSQL(FUNCTION, f"DROP FUNCTION {SIGNATURE};")]
