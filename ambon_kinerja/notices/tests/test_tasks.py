from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.utils import timezone

from ambon_kinerja.notices.actions import tell
from ambon_kinerja.notices.models import Notice
from ambon_kinerja.notices.tasks import BATCH, message_of, send_waiting
from ambon_kinerja.tests.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_user("Orang Satu")


class Server:
    """A mail server that answers as it is told."""

    def __init__(self, trouble=None, *, only_to=""):
        self.trouble, self.only_to, self.sent = trouble, only_to, []

    def __enter__(self):
        if isinstance(self.trouble, ConnectionError):
            raise self.trouble
        return self

    def __exit__(self, *exception):
        return None

    def send_messages(self, messages):
        if self.trouble and self.only_to in messages[0].to[0]:
            raise self.trouble
        self.sent += messages
        return len(messages)


@pytest.fixture
def server(monkeypatch):
    def install(*args, **kwargs):
        made = Server(*args, **kwargs)
        monkeypatch.setattr("ambon_kinerja.notices.tasks.get_connection", lambda: made)
        return made

    return install


def test_a_notice_is_sent_once_as_plain_text_with_a_whole_link(user, settings):
    settings.SITE_URL = "https://kinerja.contoh.test"
    tell(user, subject="SKP Anda disepakati", body="Oleh 'Kepala' & <Sekretaris>.", path="/skp/12/")

    assert (send_waiting(), send_waiting()) == (1, 0)

    letter = mail.outbox[0]
    assert (letter.to, letter.subject, letter.content_subtype) == (
        [user.email],
        "SKP Anda disepakati",
        "plain",
    )
    assert "Yth. Orang Satu," in letter.body
    assert "Oleh 'Kepala' & <Sekretaris>." in letter.body
    assert "https://kinerja.contoh.test/skp/12/" in letter.body
    assert Notice.objects.get().sent_at is not None


def test_no_second_header_fits_into_a_subject(user):
    notice = tell(user, subject="Kabar\r\nBcc: orang@jahat.test\r\n\r\nIsi palsu")

    letter = message_of(notice).message()

    assert letter["Bcc"] is None
    assert letter["Subject"] == "Kabar Bcc: orang@jahat.test Isi palsu"


def test_an_address_that_no_mail_can_carry_does_not_hold_up_the_others(user):
    bad = make_user("Orang Buruk", email="x@contoh.test\nBcc: y@jahat.test")
    tell(bad, subject="Kabar")
    tell(user, subject="Kabar")

    send_waiting()

    assert [letter.to for letter in mail.outbox] == [[user.email]]


def test_a_refused_notice_is_tried_three_times(user, server):
    server(SMTPRecipientsRefused({}))
    tell(user, subject="Kabar")

    for _ in range(5):
        send_waiting()

    notice = Notice.objects.get()
    assert (notice.attempts, notice.sent_at) == (3, None)


def test_one_refused_address_does_not_hold_up_the_others(user, server):
    refusing = server(SMTPRecipientsRefused({}), only_to="buruk")
    tell(make_user("Orang Buruk"), subject="Kabar")
    tell(user, subject="Kabar")

    assert send_waiting() == 1
    assert [letter.to for letter in refusing.sent] == [[user.email]]


def test_a_server_that_is_away_uses_up_nobodys_attempt(user, server):
    server(ConnectionRefusedError())
    tell(user, subject="Kabar")

    assert send_waiting() == 0
    assert Notice.objects.get().attempts == 0


def test_what_was_read_in_the_app_or_is_no_news_any_more_is_not_sent(user):
    read, old = tell(user, subject="Dibaca"), tell(user, subject="Lama")
    left = make_user("Orang Nonaktif")
    tell(left, subject="Kabar")
    type(left).objects.filter(pk=left.pk).update(is_active=False)
    Notice.objects.filter(pk=read.pk).update(read_at=timezone.now())
    Notice.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=3))

    assert (send_waiting(), mail.outbox) == (0, [])


def test_a_flood_leaves_in_batches(user):
    for number in range(BATCH + 1):
        tell(user, subject=f"Kabar {number}")

    assert (send_waiting(), send_waiting()) == (BATCH, 1)
