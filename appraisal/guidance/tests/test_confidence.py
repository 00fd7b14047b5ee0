"""What two people say in a counselling is theirs alone: every role tries, by page, by query and by raw SQL."""

import pytest
from django.conf import settings
from django.db import ProgrammingError, transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from agencies.access.tests.cast import add_subordinate, build_cast
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.models import StateChange
from ambon_kinerja.notices.models import Notice
from ambon_kinerja.personal_data.gathering import gather
from ambon_kinerja.row_security import as_service
from appraisal.guidance import actions
from appraisal.guidance.models import Counselling, CounsellingNote, GuidanceOpinion
from appraisal.guidance.queries import notes_for_copy
from appraisal.rulebook.reference_data import fill
from appraisal.tests.test_row_security import ask, become_owner, execute

from .records import a_counselling, a_report, build_guidance_records

SECRET, SIGNED, SUMMARY = "Ibunya sakit keras", "Sepakat berdamai", "Dianjurkan cuti."
THE_TWO = ("self", "stranger")  # "stranger" of the cast counsels "self"
TABLE = CounsellingNote._meta.db_table


def texts():
    return list(CounsellingNote.objects.order_by("pk").values_list("text", flat=True))


def raw_texts():
    return [text for (text,) in execute(f"SELECT text FROM {TABLE} ORDER BY id")]


def everybody(cast):
    return [(name, user) for name, user in cast.items() if name not in THE_TWO]


class Confidence(TestCase):
    @classmethod
    def setUpTestData(cls):
        fill()
        cls.cast = build_cast()
        add_subordinate(cls.cast)
        unit = cls.cast["self"].cast_units["clinic"]
        cls.records = build_guidance_records(cls.cast, unit)
        cls.counselling = a_counselling(cls.cast, a_report(cls.cast, unit, state="decided"))
        today = timezone.localdate()

        def talk():
            counsellor = cls.cast["stranger"]
            actions.add_note(cls.counselling, noted_on=today, text=SECRET, by=counsellor)
            actions.save_record(cls.counselling, text=SIGNED, version=0, by=counsellor, is_signed=True)

        ask(cls.cast["stranger"], talk)


class WhoReads(Confidence):
    def test_the_two_read_it_by_query_and_by_raw_sql(self):
        for name in THE_TWO:
            assert ask(self.cast[name], texts) == ask(self.cast[name], raw_texts) == [SECRET, SIGNED], name

    def test_nobody_else_reads_a_row_by_query_or_by_raw_sql(self):
        assert {name for name, _ in everybody(self.cast)} >= {
            "superior", "appraiser", "personnel_office", "unit_admin", "inspector", "system_admin", "peer"
        }  # fmt: skip
        for name, user in everybody(self.cast):
            assert ask(user, texts) == ask(user, raw_texts) == [], name

    def test_the_service_reads_no_row_in_a_request_or_in_a_worker(self):
        def serve():
            with as_service():
                return texts(), raw_texts()

        for name in ("system_admin", "personnel_office", "appraiser"):
            assert ask(self.cast[name], serve) == ([], []), name
        execute("SET app.reader = 'service'")
        assert (texts(), raw_texts()) == ([], [])

    def test_without_the_wall_everybody_reads_it(self):
        become_owner()
        execute(f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY")
        execute(f"SET ROLE {settings.APPLICATION_ROLE}")

        for name in ("outsider", "appraiser", "personnel_office"):
            assert ask(self.cast[name], texts) == [SECRET, SIGNED], name

    def test_no_page_shows_it_to_anybody_but_the_two(self):
        address = reverse("appraisal:counselling-detail", args=[self.counselling.pk])
        shown = {}
        for name, user in self.cast.items():
            self.client.force_login(user)
            answer = self.client.get(address)
            shown[name] = (answer.status_code, SECRET in answer.content.decode())

        assert {name for name, (_, is_shown) in shown.items() if is_shown} == set(THE_TWO)
        assert {name for name, (status, _) in shown.items() if status == 200} == {
            *THE_TWO,
            "personnel_office",
        }

    def test_a_counsellor_who_takes_over_reads_nothing_said_to_the_one_before(self):
        Counselling.objects.filter(pk=self.counselling.pk).update(counsellor=self.cast["peer"].employee)

        assert ask(self.cast["peer"], texts) == []
        assert ask(self.cast["stranger"], texts) == [SECRET, SIGNED]


class TheNarrowWay(Confidence):
    def test_only_a_worker_gets_the_notes_of_one_person_by_the_function(self):
        mine = {"agencies.Employee": self.cast["self"].employee.pk}

        def found():
            return [note.text for note in notes_for_copy(mine)]

        execute("SET app.reader = 'service'")
        assert found() == [SECRET, SIGNED]
        for name, user in self.cast.items():
            assert ask(user, found) == [], name

    def test_neither_half_of_the_way_opens_anything_alone(self):
        execute("SET app.reader = 'own_copy'")

        assert raw_texts() == []

    def test_under_an_ordinary_owner_the_function_answers_and_the_owner_himself_reads_nothing(self):
        become_owner()
        execute("CREATE ROLE plain_owner")
        execute("GRANT CREATE, USAGE ON SCHEMA public TO plain_owner")
        execute(f"ALTER TABLE {TABLE} OWNER TO plain_owner")
        execute("ALTER FUNCTION appraisal_counselling_notes_of(bigint) OWNER TO plain_owner")
        execute(
            f"GRANT EXECUTE ON FUNCTION appraisal_counselling_notes_of(bigint) TO {settings.APPLICATION_ROLE}"
        )
        execute("SET ROLE plain_owner")
        execute("SET app.reader = 'service'")
        assert raw_texts() == []
        execute("RESET ROLE")
        execute(f"SET ROLE {settings.APPLICATION_ROLE}")
        key = self.cast["self"].employee.pk

        assert len(execute("SELECT 1 FROM appraisal_counselling_notes_of(%s)", key)) == 2
        assert execute("SELECT current_setting('app.reader')")[0][0] == "service"

    @pytest.mark.slow
    def test_the_copy_of_ones_own_data_holds_it_for_the_two_and_for_nobody_else(self):
        execute("SET app.reader = 'service'")
        for name in ("self", "stranger", "appraiser", "superior", "peer"):
            groups = {group.label: group for group in gather(self.cast[name])}
            notes = groups.get("appraisal.CounsellingNote")
            found = [row["text"] for row in notes.rows] if notes else []

            assert found == ([SECRET, SIGNED] if name in THE_TWO else []), name

    def test_a_record_that_is_not_signed_stays_out_of_the_employees_copy(self):
        ask(
            self.cast["stranger"],
            lambda: CounsellingNote.objects.filter(kind="record").update(signed_at=None),
        )
        execute("SET app.reader = 'service'")

        def found(name):
            return [note.text for note in notes_for_copy({"agencies.Employee": self.cast[name].employee.pk})]

        assert (found("self"), found("stranger")) == ([SECRET], [SECRET, SIGNED])


class WhoWrites(Confidence):
    def refused(self, user, act):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            ask(user, act)

    def note(self, name, **facts):
        common = {
            "counselling": self.counselling,
            "employee": self.cast["self"].employee,
            "counsellor": self.cast["stranger"].employee,
            "kind": "journal",
            "noted_on": timezone.localdate(),
            "text": "x",
            "written_by": self.cast[name].employee,
        }
        return lambda: CounsellingNote.objects.create(**(common | facts))

    def test_only_the_two_add_and_only_in_their_own_name(self):
        for name, user in everybody(self.cast):
            if getattr(user, "employee", None):
                self.refused(user, self.note(name, counsellor=user.employee))
        self.refused(self.cast["self"], self.note("stranger"))
        self.refused(self.cast["stranger"], self.note("self"))
        ask(self.cast["self"], self.note("self"))

    def test_the_service_adds_nothing_and_changes_nothing(self):
        execute("SET app.reader = 'service'")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            self.note("stranger")()

        assert CounsellingNote.objects.update(text="x") == 0

    def test_an_entry_of_the_journal_is_never_changed_and_the_record_by_the_counsellor_alone(self):
        def change():
            return CounsellingNote.objects.update(text="x")

        assert (ask(self.cast["self"], change), ask(self.cast["stranger"], change)) == (0, 1)
        assert ask(self.cast["self"], texts) == [SECRET, "x"]

    def test_nobody_deletes_a_note(self):
        with transaction.atomic():
            assert ask(self.cast["stranger"], lambda: execute(f"DELETE FROM {TABLE} RETURNING 1")) == []

        assert ask(self.cast["self"], texts) == [SECRET, SIGNED]


class WhatLeavesTheRoom(Confidence):
    def test_no_word_of_it_stands_in_the_trail_the_steps_or_a_notice(self):
        ask(
            self.cast["stranger"],
            lambda: actions.conclude(self.counselling, conclusion=SUMMARY, by=self.cast["stranger"]),
        )
        ask(
            self.cast["personnel_office"],
            lambda: actions.follow_counselling(
                self.counselling, words="Cuti", by=self.cast["personnel_office"]
            ),
        )
        said = " ".join(
            [
                *AuditEvent.objects.values_list("payload", flat=True),
                *StateChange.objects.values_list("reason", flat=True),
                *(f"{notice.subject} {notice.body}" for notice in Notice.objects.all()),
            ]
        )

        assert "counselling.conclude" in said
        for words in (SECRET, SIGNED, SUMMARY, "Cuti", "Sering terlambat", "Konseling untuk"):
            assert words not in said

    def test_the_conclusion_goes_to_those_whom_page_88_names(self):
        readers = {
            "independent": {"personnel_office"},
            "appraiser": {"superior"},
            "official": {"appraiser", "superior"},
        }
        address = reverse("appraisal:counselling-detail", args=[self.counselling.pk])
        for kind, wanted in readers.items():
            facts = {"counsellor_kind": kind, "conclusion": SUMMARY, "concluded_at": timezone.now()}
            Counselling.objects.filter(pk=self.counselling.pk).update(state="concluded", **facts)
            shown = set()
            for name, user in self.cast.items():
                self.client.force_login(user)
                if SUMMARY in self.client.get(address).content.decode():
                    shown.add(name)

            assert shown == {*THE_TWO, *wanted}, kind


class TheAnswerOfTheEmployee(Confidence):
    """Form B.1.8 is for the superior of the leader, whatever the query says."""

    def test_the_wall_shows_it_to_the_employee_and_the_superior_of_his_leader_alone(self):
        def seen():
            return GuidanceOpinion.objects.count(), execute("SELECT count(*) FROM appraisal_guidanceopinion")[
                0
            ][0]

        shown = {name for name, user in self.cast.items() if ask(user, seen) == (1, 1)}

        assert shown == {"self", "superior"}
        assert all(ask(user, seen) == (0, 0) for name, user in self.cast.items() if name not in shown)

    def test_without_the_wall_a_forgotten_filter_shows_it_to_the_leader(self):
        become_owner()
        execute("ALTER TABLE appraisal_guidanceopinion DISABLE ROW LEVEL SECURITY")
        execute(f"SET ROLE {settings.APPLICATION_ROLE}")

        assert ask(self.cast["appraiser"], GuidanceOpinion.objects.count) == 1

    def test_the_page_does_not_show_it_to_the_superior_when_he_was_the_guide(self):
        opinion = GuidanceOpinion.objects.get()
        type(opinion.guidance).objects.filter(pk=opinion.guidance_id).update(
            guide=self.cast["superior"].employee
        )
        self.client.force_login(self.cast["superior"])

        assert (
            self.client.get(reverse("appraisal:guidance-opinion", args=[opinion.guidance_id])).status_code
            == 404
        )
