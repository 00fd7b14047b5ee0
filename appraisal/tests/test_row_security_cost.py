"""What the second wall costs: each kind of statement with and without the policies, in a city of thousands.

bin/test appraisal/tests/test_row_security_cost.py -q -n 0 -s      prints the figures
"""

import statistics
import time

import pytest
from django.conf import settings
from django.db import connection
from django.test import RequestFactory

from agencies.access.reader import settings_of
from agencies.access.roles import Role
from agencies.people.models import User
from ambon_kinerja.row_security import Wall, settings_statement
from appraisal.demo.city import build_city
from appraisal.demo.large_city import build_large_city
from appraisal.rulebook.reference_data import fill as fill_rulebook
from appraisal.scoring.models import Evaluation
from feedback.citizens.reference_data import fill as fill_questionnaire

EMPLOYEES = 1000  # docs/adr/0016 has the figures for 5,000
ROUNDS = 15
MOST_MS = 1.0

# What a page asks, by who asks it; {skp}, {evaluation}, {period}, {team} are of a person of the city.
STATEMENTS = {
    "one plan": ("person", "SELECT * FROM appraisal_skp WHERE id = {skp}"),
    "one evaluation": ("person", "SELECT * FROM appraisal_evaluation WHERE id = {evaluation}"),
    "its ratings": ("person", "SELECT * FROM appraisal_resultrating WHERE evaluation_id = {evaluation}"),
    "evidence of a plan": (
        "person",
        "SELECT e.* FROM appraisal_evidence e JOIN appraisal_workresult r ON r.id = e.result_id"
        " WHERE r.skp_id = {skp}",
    ),
    "feedback of a plan": ("person", "SELECT * FROM appraisal_feedback WHERE skp_id = {skp}"),
    "plans of a team": (
        "leader",
        "SELECT s.*, (SELECT e.state FROM appraisal_evaluation e WHERE e.skp_id = s.id AND e.period_id = {period})"
        " FROM appraisal_skp s WHERE s.employee_id = ANY ('{team}') AND s.year = {year}",
    ),
    "one evaluation, by the office": (
        "office",
        "SELECT * FROM appraisal_evaluation WHERE id = {evaluation}",
    ),
    "one evaluation, by the service": (
        "service",
        "SELECT * FROM appraisal_evaluation WHERE id = {evaluation}",
    ),
}


def execute(statement, values=None):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def become(user):
    names, found, values = settings_of(user)
    chosen = settings_statement(["'person'", *(f"found.{name}" for name in names)], ["reader", *names])
    return execute(f"{chosen} FROM ({found}) found", values)[0][2:]


def milliseconds(statement):
    """Planning and execution, in the server."""
    plan = execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}")[0][0][0]
    return plan["Planning Time"] + plan["Execution Time"]


def median_of(statement):
    milliseconds(statement)
    return statistics.median(milliseconds(statement) for _ in range(ROUNDS))


def said_in(user):
    """Milliseconds, with the way to the server."""
    request = RequestFactory().get("/")
    request.user = user
    times = []
    for _ in range(ROUNDS):
        wall = Wall(request)
        began = time.perf_counter()
        wall.say(connection)
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


@pytest.fixture
def city(db):
    fill_rulebook()
    fill_questionnaire()
    build_city()
    build_large_city(EMPLOYEES)
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    execute("RESET ROLE")
    execute("ANALYZE")
    execute(f"SET ROLE {settings.APPLICATION_ROLE}")


@pytest.mark.measure
def test_the_second_wall_costs_less_than_a_millisecond_a_statement(city):
    evaluation = Evaluation.objects.exclude(state="draft").filter(skp__employee__user__isnull=False).last()
    owner = evaluation.skp.employee.user
    leader = evaluation.appraiser.user
    office = User.objects.filter(role_grants__role=Role.PERSONNEL_OFFICE).first()
    team = become(leader)[1]
    about = {
        "skp": evaluation.skp_id,
        "evaluation": evaluation.pk,
        "period": evaluation.period_id,
        "year": evaluation.period.year,
        "team": team,
    }
    print(f"\n{EMPLOYEES} employees; ms without, with, more")
    more = {}
    for name, (who, statement) in STATEMENTS.items():
        statement = statement.format(**about)
        execute("RESET ROLE")
        without = median_of(statement)
        execute(f"SET ROLE {settings.APPLICATION_ROLE}")
        execute("SET app.reader = 'service'")
        if who != "service":
            become({"person": owner, "leader": leader, "office": office}[who])
        with_policies = median_of(statement)
        more[name] = with_policies - without
        print(f"{name:<34}{without:>8.3f}{with_policies:>8.3f}{more[name]:>8.3f}")
    for name, user in (("a person", owner), ("a leader", leader), ("the office", office)):
        print(f"saying who reads, {name:<16}{said_in(user):>8.3f}")

    assert {name: cost for name, cost in more.items() if cost > MOST_MS} == {}
