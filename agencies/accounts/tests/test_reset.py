"""A forgotten password and a first one: by a link that is good once."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.accounts.actions import send_invitation
from agencies.accounts.models import AccountLink
from agencies.accounts.views import passwords
from agencies.people.actions import NotPossible, open_account
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.jobs.tasks import run_job
from ambon_kinerja.notices.models import Notice

from .door import NIP, PASSWORD, SECOND, enter, give_app, is_signed_in

pytestmark = pytest.mark.django_db

FORGOTTEN, SET = "/lupa-kata-sandi/", "/kata-sandi-baru/"
NEW = "gurita di jendela kayu"


def ask(client, name=NIP):
    return client.post(FORGOTTEN, {"username": name})


def work():
    for job in Job.objects.unfinished():
        run_job(job.pk)


def mailed_link():
    return re.search(r"http\S+(/kata-sandi-baru/\S+/)", mail.outbox[-1].body)[1]


def set_password(client, new=NEW):
    return client.post(SET, {"new": new, "again": new})


def test_a_forgotten_password_is_set_anew_by_the_mailed_link(client, user):
    assert "Lupa kata sandi?" in client.get("/masuk/").text
    assert ask(client, " Petrus@Contoh.Test ").url == "/lupa-kata-sandi/terkirim/"
    work()
    assert client.get(mailed_link()).url == SET
    assert "Petrus Contoh" in client.get(SET).text

    assert set_password(client).url == "/masuk/"

    assert not is_signed_in(client)
    assert enter(Client(), password=PASSWORD).status_code == 422
    assert enter(client, password=NEW).url == "/akun/"
    assert Notice.objects.filter(subject="Kata sandi Anda diganti lewat tautan surel").count() == 1


def used_link(client):
    """A mailed link after it has set a password."""
    ask(client)
    work()
    link = mailed_link()
    client.get(link)
    set_password(client)
    return link


def test_the_link_is_good_once(client, user):
    client.get(used_link(client))

    assert client.get(SET).status_code == 410
    assert set_password(client, "lain lagi sekali ini").status_code == 410
    assert enter(client, password=NEW).status_code == 302


def test_it_is_the_mark_of_use_that_makes_it_good_once(client, user):
    """Negative control: with the mark wiped away, the same link sets another password."""
    link = used_link(client)
    AccountLink.objects.update(used_at=None)

    client.get(link)

    assert client.get(SET).status_code == 200
    assert set_password(client, "lain lagi sekali ini").url == "/masuk/"
    assert enter(Client(), password=NEW).status_code == 422


@pytest.mark.parametrize(("age", "status"), [(timedelta(minutes=59), 200), (timedelta(minutes=61), 410)])
def test_the_link_is_good_for_an_hour(client, user, age, status):
    ask(client)
    work()
    AccountLink.objects.update(
        made_at=timezone.now() - age, expires_at=timezone.now() - age + timedelta(hours=1)
    )
    client.get(mailed_link())

    assert client.get(SET).status_code == status


def test_a_newer_link_makes_the_older_void(client, user):
    ask(client)
    work()
    old = mailed_link()
    ask(client)
    work()
    client.get(old)

    assert client.get(SET).status_code == 410


def test_a_reset_ends_every_session_and_does_not_bypass_the_second_factor(client, user):
    other = Client()
    enter(other)
    give_app(user)
    ask(client)
    work()
    client.get(mailed_link())
    set_password(client)

    assert not is_signed_in(other)
    assert enter(client, password=NEW).url == SECOND
    assert not is_signed_in(client)


def test_a_weak_new_password_is_refused_and_the_link_stays_good(client, user):
    ask(client)
    work()
    client.get(mailed_link())

    assert set_password(client, "AmbonManise2026").status_code == 422
    assert set_password(client).status_code == 302


def test_only_a_hash_of_the_token_is_stored_and_it_stands_in_no_trail_or_job(client, user, caplog):
    with caplog.at_level("DEBUG"):
        ask(client)
        work()
        client.get(mailed_link())
    token = mailed_link().split("/")[2]

    kept = "".join(AuditEvent.objects.values_list("payload", flat=True)) + str(list(Job.objects.values()))
    assert token not in kept + AccountLink.objects.get().token_hash + SET
    assert token not in client.get(SET).text


# --- telling nobody who has an account ----------------------------------------------------------


@pytest.fixture
def kinds(user):
    open_account(email="tidak-aktif@contoh.test", name="B", password=PASSWORD, by="test")
    type(user).objects.filter(name="B").update(is_active=False)
    without = open_account(email="sementara@contoh.test", name="C", password=PASSWORD, by="test")
    type(user).objects.filter(pk=without.pk).update(email="")
    return (NIP, "tidak-ada@contoh.test", "tidak-aktif@contoh.test", "198609262015051977")


def test_the_answer_is_the_same_whoever_asks_and_only_the_owner_gets_mail(kinds):
    answers = []
    for name in kinds:
        client = Client()
        response = ask(client, name)
        answers.append(
            (response.status_code, response.url, client.get(response.url).text.count("Jika akun itu ada"))
        )
    work()

    assert set(answers) == {(302, "/lupa-kata-sandi/terkirim/", 1)}
    assert [message.to for message in mail.outbox] == [["petrus@contoh.test"]]
    assert {job.state for job in Job.objects.all()} == {"done"}


def test_the_same_is_asked_of_the_database_whoever_asks(kinds):
    assert len({queries_of_asking(name) for name in kinds}) == 1


def test_an_answer_that_asks_only_about_known_names_would_be_told_by_its_questions(kinds, monkeypatch):
    """Negative control: the test above sees it when a name without account is waved through."""
    honest = passwords.request_reset
    monkeypatch.setattr(passwords, "request_reset", lambda name: name == kinds[0] and honest(name))

    assert len({queries_of_asking(name) for name in kinds}) == 2


def queries_of_asking(name):
    with CaptureQueriesContext(connection) as queries:
        ask(Client(), name)
    return len(queries)


def test_a_failing_mail_server_tells_nothing_and_leaves_no_link(client, user, settings):
    settings.EMAIL_BACKEND = "agencies.accounts.tests.test_reset.Broken"

    assert ask(client).url == "/lupa-kata-sandi/terkirim/"
    work()

    assert not AccountLink.objects.exists()
    assert Job.objects.get().state == "waiting"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    work()
    assert len(mail.outbox) == 1


class Broken:
    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise OSError("no mail server")


def test_asking_again_and_again_is_slowed_down(client, user):
    assert [ask(client).status_code for _ in range(7)] == [302] * 5 + [429] * 2


# --- the first password -------------------------------------------------------------------------


def test_an_invitation_is_good_for_72_hours_and_shows_the_admin_nothing(client, user):
    new = open_account(email="baru@contoh.test", name="Baru", by="test")

    job = send_invitation(new, by=user)
    work()

    link = AccountLink.objects.get()
    assert link.expires_at - link.made_at == timedelta(hours=72)
    assert link.purpose == "invitation"
    assert mail.outbox[0].to == ["baru@contoh.test"]
    assert "72 jam" in mail.outbox[0].body
    assert mailed_link().split("/")[2] not in str(job.__dict__)
    client.get(mailed_link())
    assert set_password(client).url == "/masuk/"
    assert enter(Client(), "baru@contoh.test", NEW).status_code == 302


def test_an_inactive_account_is_not_invited(user):
    new = open_account(email="baru@contoh.test", name="Baru", by="test")
    new.is_active = False

    with pytest.raises(NotPossible):
        send_invitation(new, by=user)


def test_an_account_closed_meanwhile_gets_no_link(user):
    new = open_account(email="baru@contoh.test", name="Baru", by="test")
    send_invitation(new, by=user)
    type(new).objects.filter(pk=new.pk).update(is_active=False)
    work()

    assert mail.outbox == []
