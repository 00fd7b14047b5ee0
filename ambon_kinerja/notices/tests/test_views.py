import pytest
from django.urls import reverse

from ambon_kinerja.notices.actions import tell
from ambon_kinerja.notices.models import Notice
from ambon_kinerja.notices.views import leads_into_this_site
from ambon_kinerja.tests.people import make_user

pytestmark = pytest.mark.django_db
LIST = "/pemberitahuan/"


@pytest.fixture
def user():
    return make_user("Orang Satu")


@pytest.fixture
def notice(user):
    return tell(user, subject="SKP Anda disepakati", path="/skp/12/")


def open_url(notice):
    return reverse("ambon_kinerja:notice-open", args=[notice.pk])


def unread():
    return Notice.objects.filter(read_at=None).count()


def test_a_stranger_neither_sees_nor_opens_nor_reads_away_a_notice(client, notice):
    client.force_login(make_user("Orang Lain"))

    assert "SKP Anda" not in client.get(LIST).content.decode()
    assert client.post(open_url(notice)).status_code == 404
    client.post("/pemberitahuan/dibaca/")
    assert unread() == 1


def test_looking_at_the_list_reads_nothing(client, notice, user):
    client.force_login(user)

    page = client.get(LIST).content.decode()

    assert ("SKP Anda disepakati" in page, "Belum dibaca" in page, unread()) == (True, True, 1)
    assert client.get(open_url(notice)).status_code == 405


def test_opening_marks_as_read_once_and_leads_to_the_record(client, notice, user):
    client.force_login(user)

    assert client.post(open_url(notice)).url == "/skp/12/"

    first = Notice.objects.get().read_at
    client.post(open_url(notice))
    assert first is not None
    assert Notice.objects.get().read_at == first


@pytest.mark.parametrize(
    "path",
    [
        "",
        "https://jahat.test/",
        "//jahat.test/",
        "///jahat.test",
        "/\\jahat.test",
        "\\\\jahat.test",
        "javascript:alert(1)",
        "http:/jahat.test",
        " /skp/",
        "/\t/jahat.test",
        "skp/12/",
    ],
)
def test_a_notice_never_leads_out_of_this_site(client, user, path):
    notice = tell(user, subject="Kabar", path=path)
    client.force_login(user)

    assert client.post(open_url(notice)).url == LIST
    assert not leads_into_this_site(path)


def test_all_are_marked_as_read_at_once(client, notice, user):
    tell(user, subject="Kabar lain")
    other = tell(make_user("Orang Lain"), subject="Bukan untuk Anda")
    client.force_login(user)

    page = client.post("/pemberitahuan/dibaca/", follow=True).content.decode()

    assert "2 pemberitahuan ditandai sudah dibaca." in page
    assert Notice.objects.get(read_at=None) == other


def test_the_list_costs_the_same_for_one_notice_and_for_thirty(
    client, notice, user, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(user)
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for number in range(30):
        tell(user, subject=f"Kabar {number}")

    with django_assert_num_queries(len(one)):
        client.get(LIST)

    assert len(one) <= 12


def test_typed_text_stays_text(client, user):
    tell(user, subject="<script>alert(1)</script>", body="{{ 7|add:7 }} <img src=x>")
    client.force_login(user)

    page = client.get(LIST).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "{{ 7|add:7 }}" in page


def test_a_long_subject_is_cut_and_never_refused(user):
    notice = tell(user, subject="a" * 300)

    assert (len(notice.subject), notice.subject[-1]) == (160, "…")


def test_telling_nobody_is_nothing():
    assert tell(None, subject="Kabar") is None
