"""The pages: the lane without names, the named officer's letter, the citizen's thread."""

import re
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localtime

from agencies.access.actions import grant_role
from agencies.access.tests.cast import LONG_AGO, build_cast
from feedback.complaints.restricted.models import RestrictedCase, RestrictedMessage, SealOpening
from feedback.complaints.restricted.views.citizen import citizen_thread

from .scene import ANSWER, CONTACT, FIRST, SECOND, SUBSTANCE, a_case, carry, onward, open_part, recognised

pytestmark = pytest.mark.django_db
NAMES = ("Rina", "Yosep", "08123", "Orang Self")


@pytest.fixture
def cast():
    return build_cast()


@pytest.fixture
def visit(client, cast):
    def sign_in(name):
        client.force_login(cast[name])
        return client

    return sign_in


def page(name, *args):
    return reverse(f"feedback:conduct-{name}", args=args)


def words_of(response):
    return response.content.decode()


def test_the_list_and_the_case_show_no_name(cast, visit):
    case = recognised(cast, a_case(cast, contact=CONTACT, consent=True))
    for name in (FIRST, SECOND):
        for address in (page("case-list"), page("case", case.pk)):
            words = words_of(visit(name).get(address))
            assert case.reference in words
            assert not any(each in words for each in NAMES), address


def test_the_list_asks_no_more_for_many_cases_than_for_one(cast, visit):
    carry(cast, "received")
    counts = []
    for number in range(2):
        client = visit(FIRST)
        client.get(page("case-list"))
        with CaptureQueriesContext(connection) as queries:
            client.get(page("case-list"))
        counts.append(len(queries))
        for more in range(6):
            carry(cast, "received", key=f"{number}{more}")

    assert counts[0] == counts[1]


def test_two_persons_open_a_name_and_reading_it_is_an_act(cast, visit):
    case = recognised(cast, a_case(cast, contact=CONTACT, consent=True))
    asked = visit(FIRST).post(page("seal-ask", case.pk, "reporter"), {"reason": "Bertanya tentang jam"})
    assert asked.status_code == 302
    opening = SealOpening.objects.get()
    own = visit(FIRST).post(page("seal-open", case.pk, opening.pk), follow=True)
    assert "bukan yang memintanya" in words_of(own)
    assert "Yosep" not in words_of(visit(FIRST).post(page("seal-read", case.pk, "reporter"), follow=True))

    visit(SECOND).post(page("seal-open", case.pk, opening.pk))

    for name in (FIRST, SECOND):
        read = visit(name).post(page("seal-read", case.pk, "reporter"))
        assert "Yosep Latu" in words_of(read)
        assert read.headers["Cache-Control"] == "no-store"
        assert visit(name).get(page("seal-read", case.pk, "reporter")).status_code == 405
    assert "Bertanya tentang jam" in words_of(visit(SECOND).get(page("case", case.pk)))


def test_the_case_says_until_when_a_seal_is_open_and_offers_no_reply_of_somebody_unknown(cast, visit):
    case = carry(cast, "fact_finding", named="Mama Rina, loket dua")
    unknown = words_of(visit(FIRST).get(page("case", case.pk)))
    assert "Pegawai belum ditentukan." in unknown
    assert "Minta jawaban pegawai" not in unknown
    recognised(cast, case)
    opening = open_part(cast, case, "reporter")

    shown = words_of(visit(FIRST).get(page("case", case.pk)))

    assert "Minta jawaban pegawai" in shown
    until = localtime(opening.ends_at)
    assert f"pukul {until:%H.%M} WIT" in shown
    assert "Terbuka untuk Anda sampai" in shown


def test_the_named_officer_reads_first_what_is_asked_of_him_and_what_became_of_it(cast, visit):
    assert "Jawaban Anda ditunggu" not in words_of(visit("self").get(page("letter-list")))
    case = carry(cast, "reply_asked")
    assert "Jawaban Anda ditunggu sampai" in words_of(visit("self").get(page("letter-list")))

    for state in ("replied", "decided"):
        case = onward(cast, case, state)
        assert "Tidak ada surat yang menunggu jawaban Anda." in words_of(
            visit("self").get(page("letter-list"))
        )
    letter = page("letter", case.letters.get(kind="reply").pk)
    assert "Putusan: terbukti." in words_of(visit("self").get(letter))


def test_a_file_is_downloaded_behind_the_open_seal_alone(cast, visit):
    file = SimpleNamespace(name="foto.png", content_type="image/png", content=b"gambar")
    case = carry(cast, "received", attachments=[file])
    address = page("attachment", case.attachments.get().pk)
    assert visit(FIRST).get(address).status_code == 404

    open_part(cast, case, "reporter")

    answer = visit(FIRST).get(address)
    assert (answer.content, answer.headers["X-Content-Type-Options"]) == (b"gambar", "nosniff")
    assert visit("self").get(address).status_code == 404


def test_recognising_somebody_close_leads_away_without_a_word(cast, visit):
    """The inspector finds that it is about his own appraiser: the case is gone for him."""
    case = a_case(cast)
    city = cast["self"].cast_units["city"]
    for name in ("acting", SECOND):
        grant_role(cast[name], role="complaint_manager", unit=city, start=LONG_AGO, by="test", reason="uji")
    open_part(cast, case, "named", first=FIRST, second="acting")
    chosen = cast["stranger"].employee
    answer = visit("acting").post(
        page("case-identify", case.pk), {"employee": chosen.name, "employee_pilih": str(chosen.pk)}
    )

    assert answer["Location"] == page("case-list")
    assert visit("acting").get(page("case", case.pk)).status_code == 404
    assert visit(FIRST).get(page("case", case.pk)).status_code == 200


def test_what_was_typed_stays_when_it_quotes_the_reporter(cast, visit):
    case = carry(cast, "fact_finding")
    typed = {"substance": "Yosep merasa dibentak.", "is_checked": "on"}
    answer = visit(FIRST).post(page("case-ask-reply", case.pk), typed)

    assert answer.status_code == 422
    assert "Yosep merasa dibentak." in words_of(answer)
    assert "menunjuk pelapor" in words_of(answer)


@pytest.mark.parametrize(
    "data",
    [
        {"outcome": ["substantiated", "x"], "finding": "x"},
        {"outcome": "٣", "finding": "\x00"},
        {"outcome": "undecidable", "finding": "x" * 100_000},
        {"outcome": "undecidable", "state": "closed"},
    ],
)
def test_hostile_input_is_refused_in_words(cast, visit, data):
    case = carry(cast, "fact_finding")

    assert visit(FIRST).post(page("case-decide", case.pk), data).status_code == 422
    case.refresh_from_db()
    assert case.state == "fact_finding"


def test_the_officer_reads_the_substance_and_answers_from_his_page(cast, visit):
    case = carry(cast, "reply_asked")
    letter = case.letters.get()
    assert page("letter", letter.pk) in words_of(visit("self").get(page("letter-list")))
    shown = words_of(visit("self").get(page("letter", letter.pk)))
    assert SUBSTANCE in shown
    assert not any(each in shown for each in ("Rina", "Yosep", "loket", case.reference))

    form = {"answer": ANSWER, "sending_key": "k"}
    for _ in range(2):  # a double click
        assert visit("self").post(page("letter", letter.pk), form).status_code == 302
    assert ANSWER in words_of(visit("self").get(page("letter", letter.pk)))
    assert visit("appraiser").get(page("letter", letter.pk)).status_code == 404
    assert ANSWER in words_of(visit(FIRST).get(page("case", case.pk)))


def as_citizen(case, code, **data):
    request = RequestFactory().post("/pengaduan/lacak/", {"code": code, **data})
    request.META["REMOTE_ADDR"] = "192.0.2.1"
    return citizen_thread(request, case)


def test_the_citizen_follows_and_writes_by_his_code_without_cookie_or_script(cast):
    case = carry(cast, "decided")
    answer = as_citizen(case, "KODE")
    words = words_of(answer)

    assert all(each in words for each in ("Terbukti", "Anda dilindungi", 'value="KODE"'))
    assert (bool(answer.cookies), "<script" in words) == (False, False)
    assert len(answer.content) < 20_000
    key = re.search(r'name="sending_key" value="([^"]+)"', words)[1]
    for _ in range(2):
        assert "sudah masuk" in words_of(as_citizen(case, "KODE", text="Terima kasih", sending_key=key))
    assert RestrictedMessage.objects.filter(side="citizen").count() == 1
    empty = as_citizen(case, "KODE", text=" ", sending_key=key)
    assert (empty.status_code, "Tulis pesan Anda." in words_of(empty)) == (422, True)


def test_the_citizen_takes_his_contact_back(cast):
    case = carry(cast, "received")
    assert "Hapus kontak saya" in words_of(as_citizen(case, "KODE"))

    assert "sudah dihapus" in words_of(as_citizen(case, "KODE", withdraw_contact="1"))

    assert RestrictedCase.objects.get().contact == ""


def test_whoever_is_alone_in_the_lane_is_told_that_a_second_is_needed(cast, visit):
    case = a_case(cast)

    assert "Belum ada orang kedua" in words_of(visit(FIRST).get(page("case", case.pk)))
