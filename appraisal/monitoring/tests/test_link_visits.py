import http.client
import ipaddress
import socket
from datetime import timedelta

import pytest
from django.utils import timezone

from ambon_kinerja.jobs.models import Job
from ambon_kinerja.notices.models import Notice
from appraisal.monitoring import link_visits, tasks
from appraisal.monitoring.actions import add_evidence_link
from appraisal.monitoring.link_visits import (
    State,
    check_link,
    is_public,
    links_due,
    public_address,
    state_of_link,
)
from appraisal.monitoring.models import Evidence

from .agreed_plan import today

HERE = "https://ambon.go.id/laporan"


def answers(*replies):
    """A visit that answers (status, location) in turn and remembers where it was sent."""
    waiting, seen = list(replies), []

    def visit(link):
        seen.append(link)
        reply = waiting.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply

    visit.seen = seen
    return visit


@pytest.mark.parametrize(
    ("replies", "state"),
    [
        ([(200, "")], State.REACHABLE),
        ([(206, "")], State.REACHABLE),
        ([(404, "")], State.UNREACHABLE),
        ([(500, "")], State.UNREACHABLE),
        ([(401, "")], State.SIGN_IN),
        ([(403, "")], State.SIGN_IN),
        ([(302, "https://accounts.google.com/signin")], State.SIGN_IN),
        ([(302, "/login?next=/laporan")], State.SIGN_IN),
        ([(301, "/baru"), (200, "")], State.REACHABLE),
        ([(301, "/a")] * 6, State.UNREACHABLE),
        ([(302, "")], State.UNREACHABLE),
        ([(301, "http://ambon.go.id/")], State.UNREACHABLE),
        ([(301, "https://localhost/")], State.UNREACHABLE),
        ([(301, "https://saya:sandi@ambon.go.id/")], State.UNREACHABLE),
        ([TimeoutError()], State.UNREACHABLE),
        ([socket.gaierror()], State.UNREACHABLE),
        ([http.client.BadStatusLine("x")], State.UNREACHABLE),
        ([link_visits.NotPublic()], State.UNREACHABLE),
    ],
)
def test_where_a_link_leads(replies, state):
    assert state_of_link(HERE, visit=answers(*replies)) == state


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "::1", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "2002:7f00:1::", "::",
        "64:ff9b::7f00:1", "192.0.2.1", "198.18.0.1",
    ],
)  # fmt: skip
def test_an_address_inside_a_network_is_not_public(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["103.28.12.1", "8.8.8.8", "2001:4860:4860::8888"])
def test_an_address_of_the_internet_is_public(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("found", [["10.0.0.5"], ["8.8.8.8", "127.0.0.1"], []])
def test_one_private_answer_closes_the_name(monkeypatch, found):
    answered = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in found]
    monkeypatch.setattr(link_visits.socket, "getaddrinfo", lambda *args, **options: answered)

    with pytest.raises(link_visits.NotPublic):
        public_address("evil.example", 443)


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch):
    """A name that answers otherwise the second time (rebinding) is not asked a second time."""
    asked, reached = [], []

    def resolve(host, port, **options):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 443))]

    def connect(address, timeout):
        reached.append((address, timeout))
        raise ConnectionRefusedError

    monkeypatch.setattr(link_visits.socket, "getaddrinfo", resolve)
    monkeypatch.setattr(link_visits.socket, "create_connection", connect)

    assert state_of_link(HERE) == State.UNREACHABLE
    assert (asked, reached) == (["ambon.go.id"], [(("8.8.8.8", 443), 5)])


@pytest.mark.parametrize(
    "link", ["https://ambon.go.id:22/", "https://ambon.go.id:8080/", "http://ambon.go.id/"]
)
def test_other_doors_are_not_knocked_at(monkeypatch, link):
    monkeypatch.setattr(link_visits.socket, "getaddrinfo", lambda *args, **options: pytest.fail("asked"))

    assert state_of_link(link) == State.UNREACHABLE


def a_link(plan, link=HERE):
    cast, skp, period = plan
    return add_evidence_link(
        skp.results.first(), period=period, title="Rekap", dated=today(), link=link, by=cast["self"]
    )


def test_saving_asks_the_worker_and_visits_nothing_itself(plan, monkeypatch):
    monkeypatch.setattr(link_visits.socket, "getaddrinfo", lambda *args, **options: pytest.fail("asked"))
    evidence = a_link(plan)

    job = Job.objects.get(kind="evidence_link")
    assert job.arguments == {"evidence": evidence.pk}
    assert evidence.link_state == ""


def test_the_owner_is_told_once_when_it_breaks(plan):
    evidence = a_link(plan)

    for reply in [(404, "")] * 2:
        check_link(evidence, visit=answers(reply))

    evidence.refresh_from_db()
    assert evidence.link_state == State.UNREACHABLE
    assert Notice.objects.filter(recipient=plan[0]["self"], subject__contains="tidak terjangkau").count() == 1
    check_link(evidence, visit=answers((200, "")))
    check_link(evidence, visit=answers((404, "")))
    assert Notice.objects.filter(recipient=plan[0]["self"], subject__contains="tidak terjangkau").count() == 2


def test_a_link_is_visited_again_after_a_week(plan, monkeypatch):
    evidence = a_link(plan)
    monkeypatch.setattr(link_visits, "visited", answers((200, "")))

    assert tasks.check_due_links() == 1
    assert tasks.check_due_links() == 0
    week_ago = timezone.now() - timedelta(days=7, seconds=1)
    Evidence.objects.filter(pk=evidence.pk).update(link_checked_at=week_ago)
    assert list(links_due()) == [evidence]


def test_where_the_city_forbids_it_nothing_is_visited(plan, settings, monkeypatch):
    settings.CHECK_EVIDENCE_LINKS = False
    monkeypatch.setattr(link_visits, "visited", lambda link: pytest.fail("visited"))
    a_link(plan)

    assert tasks.check_due_links() == 0
    assert not Job.objects.filter(kind="evidence_link").exists()


def test_the_page_says_beside_the_link_what_was_found(client, plan):
    cast, skp, period = plan
    evidence = a_link(plan)
    check_link(evidence, visit=answers((404, "")))
    client.force_login(cast["self"])

    page = client.get(f"/skp/{skp.pk}/realisasi/{period.pk}/").text

    assert "Tidak terjangkau" in page
    assert "diperiksa 21 September 2026" in page
