"""The second wall: what PostgreSQL shows of the sealed tables, whatever the query says."""

from types import SimpleNamespace

import pytest
from django.conf import settings
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

from .scene import LANE, carry, open_part

SEALED = (RestrictedCase, RestrictedMessage, RestrictedAttachment, RestrictedLetter, SealOpening)


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
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
