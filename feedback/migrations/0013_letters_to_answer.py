"""Which letters ask an officer for his reply: their keys and last days, to who knows his mark, past the second wall."""

from django.db import migrations

LETTERS_TO_ANSWER = """
    CREATE FUNCTION feedback_letters_to_answer(of_marks varchar[])
    RETURNS TABLE (letter_id uuid, due_on date) LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $body$
    #variable_conflict use_column
    DECLARE before text := coalesce(current_setting('app.reader', true), '');
    BEGIN
        PERFORM set_config('app.reader', 'service', true);
        RETURN QUERY
            SELECT letter.id, letter.due_on FROM public.feedback_restrictedletter letter
                JOIN public.feedback_restrictedcase about ON about.id = letter.case_id
            WHERE letter.recipient_mark = ANY (of_marks) AND letter.kind = 'reply'
                AND letter.answered_at IS NULL AND about.state = 'reply_asked';
        PERFORM set_config('app.reader', before, true);
    END $body$;
    REVOKE ALL ON FUNCTION feedback_letters_to_answer(varchar[]) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("feedback", "0012_what_is_published_stays")]

    operations = [
        migrations.RunSQL(LETTERS_TO_ANSWER, "DROP FUNCTION feedback_letters_to_answer(varchar[])"),
    ]
