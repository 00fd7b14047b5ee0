"""The second wall: what PostgreSQL shows of the sealed tables, whatever the query says."""

from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import ProgrammingError, connection, transaction
from django.test import RequestFactory, TestCase

from agencies.access.tests.cast import add_subordinate, build_cast
from ambon_kinerja.row_security import NOBODY, RowSecurityMiddleware
from feedback.complaints.restricted.models import (
    RestrictedAttachment,
    RestrictedCase,
    RestrictedLetter,
    RestrictedMessage,
    SealOpening,
)
from feedback.complaints.restricted.sealing import mark_of

from .scene import (
    ANSWER,
    CONTACT,
    FINDING,
    LANE,
    NAMED,
    SUBSTANCE,
    TEXT,
    carry,
    open_part,
    substantiated_about,
)

SEALED = (RestrictedCase, RestrictedMessage, RestrictedAttachment, RestrictedLetter, SealOpening)


FUNCTION = "feedback_substantiated(text[],timestamptz,timestamptz)"


def execute(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def ask(user, question):
    """The answer to `question` in the middle of a request of `user`."""
    request = RequestFactory().get("/")
    request.user = user
    execute(f"SET app.reader = '{NOBODY}'")
    try:
        with transaction.atomic():
            return RowSecurityMiddleware(lambda _: question())(request)
    finally:
        execute("SET app.reader = 'service'")


def counts():
    return [model.objects.count() for model in SEALED] + [
        execute(f"SELECT count(*) FROM {model._meta.db_table}")[0][0] for model in SEALED
    ]


class Wall(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = build_cast()
        add_subordinate(cls.cast)
        file = SimpleNamespace(name="a.png", content_type="image/png", content=b"x")
        case = carry(cls.cast, "decided", attachments=[file])
        open_part(cls.cast, case, "named")
        cls.case = case

    def test_only_the_lane_reads_a_row_by_query_or_by_raw_sql(self):
        assert all(counts())
        shown = {name for name, user in self.cast.items() if any(ask(user, counts))}

        assert shown == set(LANE)

    def test_every_sealed_table_is_among_the_guarded(self):
        assert {model._meta.db_table for model in SEALED} <= set(settings.ROW_SECURITY_TABLES)

    def test_nobody_outside_the_lane_writes_a_row(self):
        def note():
            RestrictedMessage.objects.create(
                case=self.case, side="note", text="x", at=self.case.received_at, by=None
            )

        for name in ("self", "unit_admin", "superior", "system_admin"):
            with pytest.raises(ProgrammingError, match="row-level security"):
                ask(self.cast[name], note)
            assert ask(self.cast[name], lambda: RestrictedCase.objects.update(outcome="undecidable")) == 0

    def test_the_lane_changes_no_message_and_no_letter_and_deletes_nothing(self):
        def change():
            return (
                RestrictedMessage.objects.update(text="x"),
                RestrictedLetter.objects.update(answer="x"),
                execute("DELETE FROM feedback_sealopening RETURNING 1"),
                execute("DELETE FROM feedback_restrictedcase RETURNING 1"),
            )

        for name in LANE:
            assert ask(self.cast[name], change) == (0, 0, [], [])

    def test_without_the_wall_everybody_reads_it(self):
        execute("SET CONSTRAINTS ALL IMMEDIATE")
        execute("RESET ROLE")
        for model in SEALED:
            execute(f"ALTER TABLE {model._meta.db_table} DISABLE ROW LEVEL SECURITY")
        execute(f"SET ROLE {settings.APPLICATION_ROLE}")

        assert all(ask(self.cast["self"], counts))


class OutcomesPastTheWall(TestCase):
    """One function of the database tells what was found true, sealed, to whoever names the officer's mark."""

    @classmethod
    def setUpTestData(cls):
        cls.cast = build_cast()
        cls.officer = cls.cast["self"].employee
        cls.case = carry(cls.cast, "decided")
        carry(cls.cast, "replied", key="terbuka")
        carry(cls.cast, "closed", key="lain", outcome="undecidable")

    def told(self, *marks, since="-infinity", before="infinity"):
        marks = list(marks or [mark_of(self.officer.pk)])
        return execute("SELECT * FROM feedback_substantiated(%s, %s, %s)", marks, since, before)

    def as_reader(self, reader):
        execute("SELECT set_config('app.reader', %s, false)", reader)
        try:
            return self.told(), execute("SELECT current_setting('app.reader')")[0][0]
        finally:
            execute("SET app.reader = 'service'")

    def test_it_tells_sealed_words_of_the_lane_and_of_the_officer_and_nothing_of_the_citizen(self):
        (row,) = self.told()
        case = RestrictedCase.objects.filter(pk=self.case.pk).values_list("finding", flat=True)

        assert len(row) == 3
        assert row[1] == self.case.decided_at
        for words in (FINDING, ANSWER, TEXT, NAMED, CONTACT, SUBSTANCE, self.officer.name, str(self.case.pk)):
            assert words not in f"{row[0]} {row[2]}"
        assert [case.get(), ANSWER] == [FINDING, substantiated_about(self.officer, *self.days())[0].reply]

    def days(self):
        return self.case.decided_at.date() - timedelta(days=2), self.case.decided_at.date() + timedelta(
            days=2
        )

    def test_as_long_as_nobody_reads_it_tells_nothing_and_never_changes_who_reads(self):
        assert self.as_reader(NOBODY) == ([], NOBODY)
        for reader in ("person", "service"):
            rows, after = self.as_reader(reader)
            assert (len(rows), after) == (1, reader)

    def test_without_its_question_who_reads_it_would_tell_nobody_too(self):
        text = import_module("feedback.migrations.0014_outcomes_in_one_question").FUNCTION
        asks = "IF before = '' THEN RETURN; END IF;"
        assert text.count(asks) == 1
        execute("SET CONSTRAINTS ALL IMMEDIATE")
        execute("RESET ROLE")
        create = text.partition("REVOKE")[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
        execute(create.replace(asks, ""))
        execute(f"SET ROLE {settings.APPLICATION_ROLE}")

        assert len(self.as_reader(NOBODY)[0]) == 1

    def test_nobody_finds_an_officer_without_the_key_of_the_installation(self):
        guesses = (str(self.officer.pk), "", "%", self.officer.name, mark_of(self.cast["peer"].employee.pk))

        assert self.told(*guesses) == []
        assert self.told() != []

    def test_what_is_open_was_not_found_true_or_is_erased_is_not_told(self):
        def changed(**facts):
            RestrictedCase.objects.filter(pk=self.case.pk).update(**facts)
            return self.told()

        assert len(self.told()) == 1  # of three complaints about him
        moment = self.case.decided_at
        assert self.told(before=moment) == []
        assert self.told(since=moment + timedelta(microseconds=1)) == []
        assert len(self.told(since=moment)) == 1
        assert changed(erased_at=moment) == []
        assert len(changed(erased_at=None)) == 1
        assert changed(outcome="not_substantiated") == []

    def test_the_application_may_call_it_and_no_other_role(self):
        execute("RESET ROLE")
        execute("CREATE ROLE somebody")
        may = "SELECT has_function_privilege(%s, %s::regprocedure, 'EXECUTE')"

        assert execute(may, settings.APPLICATION_ROLE, FUNCTION) == [(True,)]
        assert execute(may, "somebody", FUNCTION) == [(False,)]
        execute("SET ROLE somebody")
        with pytest.raises(ProgrammingError, match="permission denied for function"), transaction.atomic():
            self.told()
        execute("RESET ROLE")

    def test_under_an_ordinary_owner_it_answers_and_the_tables_stay_shut(self):
        """Production: the owner is no superuser, so the policies bind him too."""
        execute("SET CONSTRAINTS ALL IMMEDIATE")
        execute("RESET ROLE")
        execute("CREATE ROLE plain_owner")
        execute("GRANT CREATE, USAGE ON SCHEMA public TO plain_owner")
        for model in (RestrictedCase, RestrictedLetter):
            execute(f"ALTER TABLE {model._meta.db_table} OWNER TO plain_owner")
        execute(f"ALTER FUNCTION {FUNCTION} OWNER TO plain_owner")
        execute("SET ROLE plain_owner")
        execute("SET app.reader = 'person'")

        assert len(self.told()) == 1
        assert execute("SELECT 1 FROM feedback_restrictedcase") == []
        assert execute("SELECT current_setting('app.reader')") == [("person",)]

    def test_in_a_request_the_wall_says_who_reads_before_it_is_asked(self):
        """So the first page that asks nothing else of the sealed tables is told as well; a visitor is told nothing."""

        def question():
            return substantiated_about(self.officer, date(2020, 1, 1), date(2099, 1, 1))

        assert [row.text for row in ask(self.cast["appraiser"], question)] == [FINDING]
        assert ask(AnonymousUser(), question) == []
        assert not any(ask(self.cast["appraiser"], counts))
