"""The second wall alone: what PostgreSQL shows of the five guarded tables, whatever the query says (docs/adr/0016)."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import RequestFactory, TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.access.tests.cast import build_cast
from ambon_kinerja.audit.database_rights import functions_past_row_security
from ambon_kinerja.row_security import RowSecurityMiddleware, as_service
from appraisal.monitoring.models import Evidence, Feedback
from appraisal.monitoring.queries import readable_evidence
from appraisal.planning.models import Skp
from appraisal.planning.queries import superiors_on, visible_skps
from appraisal.rulebook.models import BehaviourValue
from appraisal.scoring.models import Evaluation, ResultRating
from appraisal.scoring.queries import visible_evaluations

from .records import build_records

ROOT = Path(__file__).resolve().parents[2]
GUARDED = (Skp, Evaluation, ResultRating, Feedback, Evidence)
HISTORIES = ("appraisal_evaluationevent", "appraisal_resultratingevent")
# Where a request writes or reads past the wall. Each stands in docs/adr/0016 with its reason.
PAST_THE_WALL = {
    "ambon_kinerja/jobs/running.py",
    "feedback/complaints/restricted/actions/receiving.py",
    "feedback/complaints/restricted/actions/replying.py",
    "feedback/complaints/restricted/queries.py",
    "feedback/complaints/restricted/views/citizen.py",
    "appraisal/calibration/counting.py",
    "appraisal/calibration/queries.py",
    "appraisal/calibration/views/sessions.py",
    "appraisal/monitoring/actions/voices.py",
    "appraisal/monitoring/colleagues.py",
    "appraisal/monitoring/rules.py",
    "appraisal/objections/actions/deciding.py",
    "appraisal/objections/actions/documents.py",
    "appraisal/objections/actions/objecting.py",
    "appraisal/objections/actions/reporting.py",
    "appraisal/objections/views/answering.py",
    "appraisal/objections/views/documents.py",
    "appraisal/objections/views/dossier.py",
    "appraisal/objections/views/examining.py",
    "appraisal/objections/views/reading.py",
    "appraisal/objections/views/reporting.py",
    "appraisal/outcomes/lists/talent.py",
    "appraisal/planning/actions/plan.py",
    "appraisal/scoring/advice/raters.py",
    "appraisal/scoring/carrying.py",
    "appraisal/scoring/reopening.py",
    "appraisal/scoring/turns/shares.py",
    "appraisal/scoring/turns/taking_over.py",
    "appraisal/scoring/views/reading.py",
    "appraisal/scoring/views/scoring.py",
}


def execute(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def become_owner():
    """The superuser who made the tables; what waits in this transaction is checked before a table is altered."""
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    execute("RESET ROLE")


def reader_now():
    return execute("SELECT current_setting('app.reader', true)")[0][0]


def ask(user, question, **request):
    """The answer to `question` in the middle of a request of `user`."""
    asked = RequestFactory().get("/", **request)
    asked.user = user
    return RowSecurityMiddleware(lambda _: question())(asked)


def keys(queryset):
    return set(queryset.values_list("pk", flat=True))


def everything():
    return {model: keys(model.objects.all()) for model in GUARDED}


def nothing():
    return {model: set() for model in GUARDED}


def by_raw_sql():
    return {model: {key for (key,) in execute(f"SELECT id FROM {model._meta.db_table}")} for model in GUARDED}


class WithCity(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = build_cast()
        cls.records = build_records(cls.cast)
        cls.plan = Skp.objects.get(pk=cls.records["skp_agreed"])
        cls.feedback = Feedback.objects.create(
            skp=cls.plan,
            period_id=cls.records["period_open"],
            value=BehaviourValue.objects.first(),
            giver="leader",
            tone="positive",
            text="Baik",
            given_on=timezone.localdate(),
            given_by=cls.cast["appraiser"],
        )

    def allowed(self, user):
        """What the first wall lets `user` read, asked as the service; and of plans those of his superiors."""
        evaluations, evidence = keys(visible_evaluations(user)), keys(readable_evidence(user))
        person = getattr(user, "employee", None)
        above = superiors_on(person, timezone.localdate()) if person else []
        supported = Skp.objects.filter(employee__in=above, state__in=("submitted", "agreed"))
        return {
            Skp: keys(visible_skps(user)) | keys(supported),
            Evaluation: evaluations,
            ResultRating: keys(ResultRating.objects.filter(evaluation__in=evaluations)),
            # Who opens the evidence of a plan reads what was said of it, on the same page; others what they said.
            Feedback: keys(Feedback.objects.all() if evidence else Feedback.objects.filter(given_by=user.pk)),
            Evidence: evidence,
        }


class WhoReads(WithCity):
    def test_without_a_reader_there_is_no_row(self):
        for nobody in ("", "person", "Service", "all"):
            execute("SELECT set_config('app.reader', %s, false)", nobody)

            assert by_raw_sql() == nothing(), nobody

    def test_a_setting_that_was_never_made_shows_nothing_and_does_no_harm(self):
        execute("RESET app.reader")
        execute("RESET app.direct")

        assert everything() == nothing()

    def test_a_forgotten_filter_and_raw_sql_show_each_person_what_the_scopes_allow(self):
        rows = everything()
        assert all(rows.values())
        for name, user in self.cast.items():
            assert ask(user, everything) == self.allowed(user), name
            assert ask(user, by_raw_sql) == self.allowed(user), name

    def test_the_city_has_somebody_who_sees_nothing_some_and_all_of_each_table(self):
        rows = everything()
        for model in GUARDED:
            seen = [len(ask(user, everything)[model]) for user in self.cast.values()]

            assert (min(seen), max(seen)) == (0, len(rows[model])), model

    def test_with_row_security_off_a_forgotten_filter_shows_everything(self):
        rows = everything()
        become_owner()
        for model in GUARDED:
            execute(f"ALTER TABLE {model._meta.db_table} DISABLE ROW LEVEL SECURITY")
        execute(f"SET ROLE {settings.APPLICATION_ROLE}")

        assert ask(self.cast["outsider"], everything) == rows

    def test_nothing_that_a_browser_sends_makes_it_the_service(self):
        sent = {"app.reader": "service", "app.everything": "{personnel_office}", "DATABASE_READER": "service"}
        for name in ("outsider", "self", "system_admin"):
            user = self.cast[name]
            answer = ask(
                user,
                everything,
                data=sent,
                headers=sent | {"App-Reader": "service"},
                DATABASE_READER="service",
            )

            assert answer == self.allowed(user), name

    def test_somebody_who_has_not_signed_in_reads_nothing(self):
        asked = RequestFactory().get("/")

        assert RowSecurityMiddleware(lambda _: everything())(asked) == nothing()


class HowLong(WithCity):
    """Settings end with their request, and stand as long as it lasts."""

    def test_a_request_leaves_the_connection_as_it_was(self):
        for before in ("service", ""):
            execute("SELECT set_config('app.reader', %s, false)", before)
            ask(self.cast["self"], everything)

            assert reader_now() == before

    def test_a_reader_left_behind_is_nobody(self):
        execute("SET app.reader = 'person'")
        ask(self.cast["self"], everything)

        assert reader_now() == ""

    def test_a_request_that_fails_leaves_the_connection_as_it_was(self):
        execute("SET app.reader = ''")

        def fail():
            everything()
            raise LookupError

        with pytest.raises(LookupError):
            ask(self.cast["personnel_office"], fail)

        assert by_raw_sql() == nothing()

    def test_the_next_person_on_the_connection_sees_only_his_own(self):
        seen = [ask(self.cast[name], everything) for name in ("personnel_office", "stranger", "self")]

        assert seen == [self.allowed(self.cast[name]) for name in ("personnel_office", "stranger", "self")]

    def test_who_signs_in_during_a_request_reads_as_himself_from_then_on(self):
        asked = RequestFactory().get("/")

        def sign_in(_):
            before = everything()
            asked.user = self.cast["self"]
            return before, everything()

        assert RowSecurityMiddleware(sign_in)(asked) == (
            nothing(),
            self.allowed(self.cast["self"]),
        )

    def test_what_is_rolled_back_is_said_again(self):
        def roll_back():
            with transaction.atomic():
                first = everything()
                transaction.set_rollback(True)
            return first, everything()

        user = self.cast["self"]

        assert ask(user, roll_back) == (self.allowed(user), self.allowed(user))

    def test_a_request_says_it_once_and_only_when_it_touches_a_guarded_table(self):
        user = self.cast["appraiser"]
        for path, times in (("/", 1), ("/tim/", 1), ("/pemberitahuan/", 0), ("/periode/", 0)):
            self.client.force_login(user)
            with CaptureQueriesContext(connection) as queries:
                assert self.client.get(path).status_code == 200, path
            said = [query for query in queries if query["sql"].startswith("EXECUTE app_reader")]

            assert len(said) == times, path

    def test_the_service_is_a_service_only_inside_its_block(self):
        user = self.cast["self"]

        def borrow():
            with as_service():
                borrowed = everything()
            return borrowed, reader_now(), everything()

        wanted = (everything(), "", self.allowed(user))
        execute("SET app.reader = ''")

        assert ask(user, borrow) == wanted

    def test_only_known_places_go_past_the_wall(self):
        users = {
            str(path.relative_to(ROOT))
            for floor in ("ambon_kinerja", "agencies", "feedback", "appraisal")
            for path in (ROOT / floor).rglob("*.py")
            if "tests" not in path.parts
            and path.name != "row_security.py"
            and re.search(r"\bas_service\b|app\.reader\b", path.read_text(encoding="utf-8"))
            and "migrations" not in path.parts
        }

        assert users - {"ambon_kinerja/settings.py"} == PAST_THE_WALL


class TheWallItself(WithCity):
    def test_the_guarded_tables_are_these_and_bind_their_owner_too(self):
        guarded = execute(
            "SELECT relname, relforcerowsecurity FROM pg_class WHERE relrowsecurity ORDER BY relname"
        )

        assert guarded == [(name, True) for name in sorted((*settings.ROW_SECURITY_TABLES, *HISTORIES))]

    def test_the_application_owns_nothing_and_passes_by_no_policy(self):
        role = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        owned = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user"

        assert (execute(role), execute(owned)) == ([(False, False)], [(0,)])

    def test_no_person_reads_the_row_histories_and_what_he_does_is_added_to_them(self):
        def lengths():
            return [execute(f"SELECT count(*) FROM {table}")[0][0] for table in HISTORIES]

        def change_and_read():
            Evaluation.objects.filter(pk=self.records["evaluation_draft"]).update(note="x")
            ResultRating.objects.filter(evaluation=self.records["evaluation_draft"]).update(reason="x")
            return lengths()

        before = lengths()

        assert ask(self.cast["appraiser"], change_and_read) == [0, 0]
        assert lengths() == [count + 1 for count in before]
        execute("SET app.reader = ''")
        assert lengths() == [0, 0]

    def test_functions_past_the_wall_are_these_closed_to_others_and_find_no_foreign_table(self):
        execute("RESET ROLE")
        with connection.cursor() as cursor:
            found = functions_past_row_security(cursor)
        execute("CREATE ROLE somebody")
        facts = execute(
            "SELECT proconfig, has_function_privilege('somebody', oid, 'EXECUTE'),"
            " has_function_privilege(%s, oid, 'EXECUTE') FROM pg_proc WHERE oid::regprocedure::text = ANY(%s)",
            settings.APPLICATION_ROLE,
            found,
        )

        assert sorted(name.partition("(")[0] for name in found) == [
            "appraisal_counselling_notes_of",
            "appraisal_decided_skps",
            "appraisal_duty_states",
            "appraisal_evaluation_states",
            "appraisal_evidence_twins",
            "appraisal_plan_states",
            "appraisal_plans_above_mine",
            "appraisal_plans_in",
            "appraisal_plans_in_hand",
            "appraisal_plans_of",
            "appraisal_tree_of_results",
            "feedback_letters_to_answer",
            "feedback_substantiated",
        ]
        assert facts == [(["search_path=pg_catalog, pg_temp"], False, True)] * len(found)

    def test_under_an_ordinary_owner_the_wall_stands_and_the_counts_are_the_same(self):
        """Production: the owner is no superuser, so FORCE binds him, and the functions still answer."""
        become_owner()
        with connection.cursor() as cursor:
            functions = functions_past_row_security(cursor)
        execute("CREATE ROLE plain_owner")
        execute("GRANT CREATE, USAGE ON SCHEMA public TO plain_owner")
        execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO plain_owner")
        for model in GUARDED:
            execute(f"ALTER TABLE {model._meta.db_table} OWNER TO plain_owner")
        for function in functions:
            execute(f"ALTER FUNCTION {function} OWNER TO plain_owner")
        execute("SET ROLE plain_owner")
        execute("SET app.reader = ''")

        assert by_raw_sql() == nothing()
        decided = execute("SELECT skp_id FROM appraisal_decided_skps(%s)", self.records["period_done"])
        assert decided == [(self.plan.pk,)]
        assert reader_now() == ""
