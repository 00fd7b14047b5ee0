"""What is final is final for SQL as well; the tests run with the rights of the application's role."""

import pytest
from django.db import DatabaseError, connection, transaction

from appraisal.scoring.actions import acknowledge, start_evaluation

from .test_actions import complete


def refused(sql, *params):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.mark.parametrize(
    "change",
    [
        "predikat = 'sangat_baik', work_rating = 'above', behaviour_rating = 'above'",
        "state = 'draft'",
        "work_reason = 'lain'",
        "behaviour_reason = 'lain'",
        "note = 'lain'",
        "receipt = '{}'",
        "receipt_sha256 = repeat('0', 64)",
        "finalised_at = now()",
        "suggested_rating = 'above', work_reason = 'x'",
        "suggestion_reasons = '[]'",
        "appraiser_id = skp_id + 1",
    ],
)
def test_sql_cannot_rewrite_a_final_evaluation(final, change):
    refused(f"UPDATE appraisal_evaluation SET {change} WHERE id = %s", final.pk)


def test_sql_cannot_delete_a_final_evaluation_or_touch_its_ratings(final):
    refused("DELETE FROM appraisal_resultrating WHERE evaluation_id = %s", final.pk)
    refused("UPDATE appraisal_resultrating SET rating = 'above' WHERE evaluation_id = %s", final.pk)
    refused(
        "INSERT INTO appraisal_resultrating (evaluation_id, result_id, rating, reason)"
        " SELECT evaluation_id, result_id, rating, reason FROM appraisal_resultrating WHERE evaluation_id = %s",
        final.pk,
    )
    refused("DELETE FROM appraisal_evaluation WHERE id = %s", final.pk)


def test_ratings_cannot_be_moved_into_a_final_evaluation(final, plan):
    from appraisal.monitoring.tests.agreed_plan import agreed_plan

    cast, _, period = plan
    other = agreed_plan(cast["peer"], by=cast["appraiser"])
    draft = complete(start_evaluation(other, period=period, by=cast["appraiser"]), cast["appraiser"])

    refused(
        "UPDATE appraisal_resultrating SET evaluation_id = %s WHERE evaluation_id = %s", final.pk, draft.pk
    )


def test_sql_cannot_take_back_that_it_was_read(final, plan):
    read = acknowledge(final, by=plan[0]["self"])

    refused("UPDATE appraisal_evaluation SET state = 'final' WHERE id = %s", read.pk)
    refused(
        "UPDATE appraisal_evaluation SET acknowledged_at = now() + interval '1 day' WHERE id = %s", read.pk
    )


def test_every_change_of_a_rating_stays_in_the_history(final):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM appraisal_resultratingevent WHERE evaluation_id = %s", [final.pk]
        )
        rows = cursor.fetchone()[0]

    assert rows == final.result_ratings.count()
    refused("DELETE FROM appraisal_evaluationevent WHERE id = %s", final.pk)
