"""Two windows save at the same moment: one wins, the other is told, no text is lost."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from agencies.access.tests.cast import build_cast
from appraisal.planning import actions
from appraisal.planning.models import Skp
from appraisal.planning.tests.plans import a_plan, an_indicator
from appraisal.rulebook.reference_data import fill

THREADS = 8


@pytest.mark.django_db(transaction=True)
def test_of_many_windows_that_save_at_once_exactly_one_wins_and_each_text_survives():
    fill()
    user = build_cast()["self"]
    skp = a_plan(user)
    result, version, together, outcomes = skp.results.get(), skp.version, Barrier(THREADS), []

    def save(text):
        try:
            together.wait()
            actions.save_result(
                skp,
                by=user,
                version=version,
                kind="main",
                statement=text,
                indicators=[an_indicator()],
                result=result,
            )
            outcomes.append(("stored", text))
        except actions.Conflict as conflict:
            outcomes.append(("told", conflict.sent["statement"]))
        finally:
            connection.close()

    windows = [Thread(target=save, args=(f"Jendela {number}",)) for number in range(THREADS)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()

    stored = [text for outcome, text in outcomes if outcome == "stored"]
    assert sorted(text for _, text in outcomes) == [f"Jendela {number}" for number in range(THREADS)]
    assert [one.statement for one in Skp.objects.get().results.all()] == stored
    assert Skp.objects.get().version == version + 1
