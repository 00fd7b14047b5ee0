"""Every address × method × person, as agencies/access/access.yml says: with both walls, and with each of them alone."""

from contextlib import ExitStack, contextmanager
from unittest import mock

import pytest
from django.db import connection
from django.test import RequestFactory
from django.urls import resolve

from agencies.access.actions import grant_role
from agencies.access.models import Delegation
from agencies.access.roles import Role
from agencies.access.scope import has_role
from agencies.access.tests.cast import LONG_AGO
from agencies.people.models import Employee
from ambon_kinerja.row_security import SERVICE, Wall
from appraisal.monitoring.models import Evidence
from appraisal.planning.models import Skp
from appraisal.scoring.models import Evaluation

from .matrix import (
    TABLE,
    Matrix,
    WithActingAppraisers,
    addresses,
    examples_of_addresses,
    one_test_per_address,
    row_to_add,
    without_row_security,
)
from .shortened import taken_back

pytestmark = pytest.mark.django_db

# With the scopes off, these functions let everything through where they are used.
PLANS = Skp.objects.select_related("employee__user", "unit", "appraiser")
SCOPES_OFF = {
    "appraisal.planning.views.reading.visible_skps": lambda user: PLANS.all(),
    "appraisal.monitoring.views.finding.visible_skps": lambda user: PLANS.all(),
    "appraisal.monitoring.views.finding.readable_evidence": lambda user: Evidence.objects.all(),
    "appraisal.scoring.views.reading.visible_evaluations": lambda user: Evaluation.objects.all(),
    "appraisal.scoring.views.scoring.to_score": lambda user: Evaluation.objects.all(),
    "appraisal.scoring.views.scoring.team_of": lambda user: Employee.objects.values("pk"),
}
# The row-level security alone has to answer as the table says for every address about one of these records …
GUARDED_RECORDS = ("skp_", "evaluation_", "evidence", "result_of_")
# … but here, where the wall rightly lets somebody read the plan itself, and a rule refuses what he wants to do with it.
RULE_REFUSES = {
    "appraisal:evaluation-start",
    "appraisal:action-plan",
    "appraisal:action-plan-print",
    "appraisal:carry-out",
    "appraisal:documentation",
    "appraisal:documentation-print",
    "appraisal:feedback-record",
    "appraisal:feedback-record-print",
}
# A plan hangs under the results of one's superiors, so their submitted plans are open to the wall, not to the page.
READS_ABOVE = {
    (f"appraisal:{page}", "subordinate")
    for page in ("skp-detail", "skp-print", "version-detail", "version-list", "annex", "annex-print", "study")
}


def about_a_guarded_record(row):
    return any(str(value).startswith(GUARDED_RECORDS) for value in row.get("args", {}).values())


GUARDED_ROWS = {
    name: row for name, row in TABLE.items() if about_a_guarded_record(row) and name not in RULE_REFUSES
}


def test_every_address_stands_in_the_access_table():
    known = addresses()
    missing = [row_to_add(name, known[name]) for name in sorted(set(known) - set(TABLE))]
    gone = sorted(set(TABLE) - set(known))

    assert not missing, "Add to agencies/access/access.yml:\n\n" + "\n".join(missing)
    assert not gone, f"Take out of agencies/access/access.yml, no such address exists: {gone}"


def test_no_address_hides_another():
    hidden = {name: path for name, path in examples_of_addresses() if resolve(path).view_name != name}
    assert not hidden, f"Another page answers at these addresses: {hidden}"


def test_every_row_says_what_may_be_asked_and_with_which_arguments():
    known = addresses()

    assert [
        name for name, row in TABLE.items() if not row.get("public") and not {"GET", "POST"} & set(row)
    ] == []
    assert {name: sorted(row.get("args", {})) for name, row in TABLE.items()} == known


@pytest.mark.access
class AccessTable(Matrix):
    """Both walls stand, and the first alone: the second is open to whoever reads as the service.

    One page of each address is really drawn here: what its template asks must not fail.
    """

    draws_pages = True

    def test_what_a_request_writes_is_undone_and_who_reads_is_as_before(self):
        name = "agencies:delegation-accept"
        answer = self.answer("self", "POST", self.address_of(name, TABLE[name]), {})

        assert answer.status_code == 302
        assert Delegation.objects.get(pk=self.records["delegation"]).state == Delegation.State.OFFERED
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('app.reader')")
            assert cursor.fetchone() == (SERVICE,)
        assert connection.run_on_commit == []

    def test_a_right_that_a_request_gives_counts_in_the_same_request(self):
        with taken_back():
            assert not has_role(self.cast["outsider"], Role.INSPECTOR)
            city = self.cast["self"].cast_units["city"]
            grant_role(
                self.cast["outsider"], role=Role.INSPECTOR, unit=city, start=LONG_AGO, by="test", reason="uji"
            )
            assert has_role(self.cast["outsider"], Role.INSPECTOR)

        assert not has_role(self.cast["outsider"], Role.INSPECTOR)

    def test_what_was_answered_before_counts_until_the_request_writes(self):
        state = Delegation.objects.filter(pk=self.records["delegation"]).values_list("state", flat=True)
        for _ in range(2):
            with taken_back(), self.reading("self"):
                assert state.get() == Delegation.State.OFFERED
                state.update(state=Delegation.State.DECLINED)
                assert state.get() == Delegation.State.DECLINED
        assert state.get() == Delegation.State.OFFERED

    def test_nobody_is_answered_what_another_reads(self):
        plans = Skp.objects.filter(pk=self.records["skp_draft"])
        with taken_back(), self.reading("self"):
            assert plans.exists()
        for person in ("outsider", "stranger"):
            with taken_back(), self.reading(person):
                assert not plans.exists()
        with taken_back(), self.reading("self"):
            assert plans.exists()

    @contextmanager
    def reading(self, person):
        """As in a request of this person, who may ask whatever he likes: the second wall alone stands."""
        request = RequestFactory().get("/")
        request.user = self.cast[person]
        wall = Wall(request)
        with connection.execute_wrapper(wall):
            yield
            wall.forget(connection)


@pytest.mark.access
class AccessTableWhileSomebodyActs(WithActingAppraisers):
    """Plt. before, in and after his term, and the appraiser for whom he acts."""


@pytest.mark.access
class AccessTableByRowSecurityAlone(Matrix):
    """The scopes let everything through."""

    def wall_alone(self, name, row):
        with ExitStack() as stack:
            for place, everything in SCOPES_OFF.items():
                stack.enter_context(mock.patch(place, everything))
            found = self.wrong_listed_cells(name, row)
        return [cell for cell in found if (name, cell[1]) not in READS_ABOVE]


@pytest.mark.access
class WithoutAnyWall(Matrix):
    """The control: with both walls off the addresses of guarded records are open to whom they should not be."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        without_row_security()

    def test_strangers_read_what_both_walls_had_closed(self):
        open_to_strangers = []
        with ExitStack() as stack:
            for place, everything in SCOPES_OFF.items():
                stack.enter_context(mock.patch(place, everything))
            for name in ("appraisal:skp-detail", "appraisal:evaluation-detail", "appraisal:evidence-open"):
                cells = self.wrong_cells(
                    name, TABLE[name], methods=("GET",), persons=["outsider", "stranger"]
                )
                open_to_strangers += [(name, person, status) for _, person, status, _ in cells]

        assert open_to_strangers == [
            (name, person, 200)
            for name in ("appraisal:skp-detail", "appraisal:evaluation-detail", "appraisal:evidence-open")
            for person in ("outsider", "stranger")
        ]


one_test_per_address(AccessTable, Matrix.wrong_cells_with_either_wall)
one_test_per_address(AccessTableWhileSomebodyActs, Matrix.wrong_listed_cells)
one_test_per_address(AccessTableByRowSecurityAlone, AccessTableByRowSecurityAlone.wall_alone, GUARDED_ROWS)
