"""Nobody outside its lane can see or infer a complaint about an officer: every page is read before and after it.

The named officer, his unit's admin, his line, his colleagues and every other role read all they may; the answers must
be the same, byte for byte, but for tokens that change from request to request anyway. The row-level security holds
what a page forgets; a page that asks past it is caught here, which two deliberate leaks show.
"""

import re
import zipfile
from datetime import timedelta
from io import BytesIO
from unittest import mock

import pytest
from django.db.models import Q
from django.test import override_settings
from django.utils import timezone

from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.lifecycle.models import StateChange
from ambon_kinerja.notices.models import Notice
from ambon_kinerja.personal_data import breach
from ambon_kinerja.personal_data.gathering import gather
from ambon_kinerja.row_security import as_service
from feedback.complaints.restricted.models import RestrictedCase
from feedback.complaints.restricted.tests.scene import CONTACT, LANE, STATES, carry, onward

from .matrix import TABLE, Matrix, build_scene, expected

pytestmark = pytest.mark.django_db
TOKENS = re.compile(
    rb'name="(?:csrfmiddlewaretoken|sending_key|key|kunci|nonce)" value="[^"]*"|nonce="[^"]*"|data-challenge="[^"]*"'
)
KNOWS = ("reply_asked", "replied", "decided", "closed")  # states in which the named has been asked himself
NEAREST = ("self", "unit_admin", "appraiser")
# What every role is offered first, and wherever counts, lists, notices, jobs or looks back are shown.
USUAL = (
    "appraisal:home",
    "ambon_kinerja:notice-list",
    "ambon_kinerja:job-list",
    "ambon_kinerja:my-data",
    "ambon_kinerja:viewing-list",
    "ambon_kinerja:personal-data",
    "ambon_kinerja:retention-list",
    "ambon_kinerja:incident-list",
    "agencies:employee-list",
    "agencies:employee-detail",
    "appraisal:team",
    "appraisal:unit-progress",
    "appraisal:guidance-list",
)


def is_usual(name):
    """The pages above, and all of citizens' voices that is reached without naming a record of the lane."""
    return name in USUAL or name.startswith("feedback:")


class Outsiders(Matrix):
    keeps_answers = False

    @classmethod
    def scene(cls):
        """Without a case. Built anew: a remembered one would be the city of every other class as well."""
        with mock.patch("appraisal.tests.voice_records.build_conduct", return_value={}):
            return build_scene.built_anew()

    @property
    def outsiders(self):
        return [name for name in self.persons if name not in LANE]

    def pages(self, choose):
        """(address name, row) of what can be read, but for the records of the lane itself, which are not there yet."""
        return [
            (name, row)
            for name, row in TABLE.items()
            if choose(name)
            and ("GET" in row or row.get("public"))
            and set(row.get("args", {}).values()) <= set(self.records)
        ]

    def crawl(self, choose, persons=None):
        """{(person, address name): what it answers} of everything each may read, and of what else is told to him."""
        read = {}
        for person in persons or self.outsiders:
            for name, row in self.pages(choose):
                if 200 not in expected(row, "GET", person, self.persons[person]):
                    continue
                answer = self.answer(person, "GET", self.address_of(name, row), {}, draw=True)
                read[person, name] = (answer.status_code, TOKENS.sub(b"", body_of(answer)))
            if user := self.persons[person]:
                read |= {(person, part): told for part, told in self.beside_the_pages(person, user).items()}
        return read

    def beside_the_pages(self, person, user):
        """The copy of his data, his notices, the jobs, and whom an incident of today would list."""
        span = breach.Span(since=timezone.now() - timedelta(days=1))
        copied = [(group.label, group.rows) for group in gather(user)]
        return {
            "copy": repr(copied),
            "notices": list(Notice.objects.filter(recipient=user).values_list("pk", "subject")),
            "jobs": list(Job.objects.values_list("pk", "title")),
            "incident": repr(breach.affected(span)) if person in ("personnel_office", "system_admin") else "",
        }

    def differences(self, before, after, state=""):
        """Where the answers differ; whoever was asked for his reply knows by then, and he alone."""
        return sorted(
            key
            for key in before.keys() | after.keys()
            if before.get(key) != after.get(key) and not (key[0] == "self" and state in KNOWS)
        )


def body_of(answer):
    """What it says; of a workbook its parts, without the moment at which it was packed."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if not zipfile.is_zipfile(BytesIO(body)):
        return body
    with zipfile.ZipFile(BytesIO(body)) as packed:
        parts = sorted(set(packed.namelist()) - {"docProps/core.xml"})
        return b"".join(name.encode() + packed.read(name) for name in parts)


def forgotten_filter(traits):
    """What a page would do that counts the cases and forgets who asks."""
    return f"{RestrictedCase.objects.count()} laporan"


def leak(traits):
    """The same past the second wall."""
    with as_service():
        return forgotten_filter(traits)


class NobodyInfers(Outsiders):
    """The usual pages of those nearest to the named, before a complaint and after it: in every complete run."""

    @pytest.mark.slow
    def test_the_usual_pages_say_the_same_before_and_after_a_complaint(self):
        before = self.crawl(is_usual, NEAREST)
        case = carry(self.cast, "fact_finding")
        after = self.crawl(is_usual, ["self"])  # who has not been asked yet
        for state in ("reply_asked", "replied", "decided"):
            case = onward(self.cast, case, state, "not_substantiated")
        after |= self.crawl(is_usual, [name for name in NEAREST if name != "self"])

        assert len(before) > 50
        assert self.differences(before, after) == []


class TheTestSees(Outsiders):
    """Controls: a leak that is built in on purpose, with the second wall and past it."""

    def compared(self, words):
        persons = ["self", "unit_admin", "complaint_manager"]
        with mock.patch("agencies.access.navigation.role_words", words):
            before = self.crawl(lambda name: name == "appraisal:home", persons)
            carry(self.cast, "received")
            after = self.crawl(lambda name: name == "appraisal:home", persons)
        return {person for person, name in self.differences(before, after) if name == "appraisal:home"}

    def test_a_count_past_the_wall_is_noticed(self):
        assert {"self", "unit_admin"} <= self.compared(leak)

    def test_a_forgotten_filter_shows_nothing_outside_the_lane_thanks_to_the_wall(self):
        assert self.compared(forgotten_filter) == {"complaint_manager"}


class TheTrail(Outsiders):
    def test_the_list_of_whom_an_incident_touches_does_not_tell_of_it(self):
        span = breach.Span(since=timezone.now() - timedelta(days=1))
        before = breach.affected(span)
        carry(self.cast, "closed")

        assert breach.affected(span) == before
        with mock.patch.object(breach, "sealed_targets", return_value=Q(pk__in=[])):
            assert breach.affected(span) != before

    def test_whoever_reads_the_whole_trail_and_the_log_learns_no_name(self):
        last = AuditEvent.objects.order_by("-position").values_list("position", flat=True)[0]
        steps = StateChange.objects.count()
        with self.assertNoLogs(level="DEBUG"), override_settings(DEBUG=False):
            carry(self.cast, "closed")
        me = self.cast["self"]
        said = " ".join(
            f"{event.actor} {event.target} {event.payload}"
            for event in AuditEvent.objects.filter(position__gt=last)
        )
        said += " ".join(
            f"{change.record} {change.by_label} {change.reason} user:{change.by_id}"
            for change in StateChange.objects.order_by("pk")[steps:]
        )

        assert "restrictedcase.decide" in said
        for words in (me.name, me.employee.nip, me.email, f"user:{me.pk}", "Employee:", CONTACT, "Clinic"):
            assert words not in said, words
        assert not re.search(r'"\w*(?:officer|employee|unit)\w*": "?\w', said)


@pytest.mark.measure
class NobodyInfersAnywhere(Outsiders):
    """Every page of the system, by everybody, after each state; in two halves, for it takes a quarter of an hour."""

    def test_every_page_says_the_same_while_facts_are_found(self):
        before = self.everything()
        assert self.differences(before, self.everything()) == []  # what changes by itself would hide a leak
        self.compare(before, None, STATES[:3])

    def test_every_page_says_the_same_while_it_is_decided(self):
        before = self.everything()
        self.compare(before, carry(self.cast, STATES[2]), STATES[3:])

    def everything(self):
        return self.crawl(lambda name: True)

    def compare(self, before, case, states):
        for state in states:
            case = onward(self.cast, case, state, "not_substantiated") if case else carry(self.cast, state)
            now = self.everything()
            print(f"{state}: {len(now)} answers compared")
            assert self.differences(before, now, state) == [], state
