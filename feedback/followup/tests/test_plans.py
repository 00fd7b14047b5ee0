"""Three lowest elements become promises; promises become deeds with proof, or reasons; everybody reads both."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from ambon_kinerja.lifecycle.steps import NotAllowed, WrongState
from ambon_kinerja.notices.models import Notice
from feedback.followup.actions import Conflict, Refused, publish_plan, realise, remind, save_item, start_plan
from feedback.followup.models import FollowUpItem, FollowUpPlan
from feedback.results.report import survey_report
from feedback.services.actions import add_service
from feedback.services.periods import Quarter

from .scene import SPRING, answered, begun, planned_out, published


def photo(name="foto.jpg"):
    out = BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "S", 2: (3.0, 41.0, 0.0)}
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue())


def facts(**more):
    return {"outcome": "done", "description": "Loket dibuka", "realised_on": date(2026, 8, 3)} | more


def test_the_three_lowest_elements_become_a_plan_that_keeps_its_figures(scene):
    cast, service = scene
    plan = begun(cast, service)

    assert [item.element for item in plan.items.all()] == ["waktu", "sarana", "prosedur"]
    assert start_plan(service=service, quarter=SPRING, by=cast["service_manager"]) == plan
    assert FollowUpPlan.objects.get().respondents == 36


@pytest.mark.parametrize("count", [0, 9, 29])
def test_too_few_answers_give_no_plan(scene, count):
    cast, service = scene
    answered(service, count)
    with pytest.raises(Refused, match="belum dikunci"):
        start_plan(service=service, quarter=SPRING, by=cast["service_manager"])

    with pytest.raises(Refused, match="Belum cukup jawaban"):
        begun(cast, service, count=0)


def test_a_running_quarter_is_not_planned_yet(scene):
    cast, service = scene
    answered(service, 40, day=date(2026, 7, 6))

    with pytest.raises(Refused, match="belum selesai"):
        start_plan(service=service, quarter=Quarter(2026, 3), by=cast["service_manager"])


@pytest.mark.parametrize("who", ["survey_office", "complaint_manager", "unit_admin", "self", "other_admin"])
def test_only_who_manages_the_services_of_the_unit_writes(scene, who):
    cast, service = scene
    plan = begun(cast, service)

    with pytest.raises(NotAllowed):
        start_plan(service=service, quarter=SPRING, by=cast[who])
    with pytest.raises(NotAllowed):
        publish_plan(plan, by=cast[who])


def test_a_plan_is_published_when_each_part_has_programme_time_and_post(scene):
    cast, service = scene
    plan = begun(cast, service)
    with pytest.raises(Refused, match="Waktu penyelesaian"):
        publish_plan(plan, by=cast["service_manager"])

    plan = publish_plan(planned_out(cast, plan), by=cast["service_manager"])

    assert plan.is_published
    with pytest.raises(WrongState):
        save_item(
            plan.items.first(),
            version=2,
            programme="Lain",
            when="2026-tw4",
            post=None,
            by=cast["service_manager"],
        )


def test_who_saves_on_an_old_reading_is_shown_both_texts(client, scene):
    cast, service = scene
    item = begun(cast, service).items.first()
    client.force_login(cast["service_manager"])
    post = cast["self"].cast_posts["appraiser"].pk
    address = reverse("feedback:followup-item", args=[item.pk])
    data = {"version": 1, "programme": "Loket kedua", "when": "2026-tw4", "post": post}
    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 302  # the same once more is harmless

    answer = client.post(address, data | {"programme": "Loket ketiga"})

    assert answer.status_code == 409
    assert "Loket kedua" in answer.text
    assert "Loket ketiga" in answer.text
    item.refresh_from_db()
    assert (item.programme, item.version) == ("Loket kedua", 2)


def test_a_deed_has_its_proof_without_the_place_of_the_photo(client, scene, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cast, service = scene
    item = published(cast, service).items.first()

    done = realise(
        item, version=item.version, upload=photo(), shows_file=True, by=cast["service_manager"], **facts()
    )

    kept = (tmp_path / done.file_path).read_bytes()
    assert done.state == "done"
    assert not Image.open(BytesIO(kept)).getexif()
    assert client.get(reverse("feedback:public-proof", args=[item.pk])).getvalue() == kept
    FollowUpItem.objects.filter(pk=item.pk).update(shows_file=False)
    assert client.get(reverse("feedback:public-proof", args=[item.pk])).status_code == 404


def test_a_program_is_no_proof_and_nothing_is_left_of_it(scene, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cast, service = scene
    item = published(cast, service).items.first()
    wrong = SimpleUploadedFile("bukti.jpg", b"MZ program")

    with pytest.raises(Refused, match="tidak sesuai"):
        realise(item, version=item.version, upload=wrong, by=cast["service_manager"], **facts())
    with pytest.raises(Conflict):
        realise(item, version=1, upload=photo(), by=cast["service_manager"], **facts())

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_was_not_done_says_why_and_can_be_done_later(scene):
    cast, service = scene
    item = published(cast, service).items.first()
    with pytest.raises(Refused, match="hambatannya"):
        realise(item, version=item.version, outcome="not_done", by=cast["service_manager"])

    item = realise(
        item,
        version=item.version,
        outcome="not_done",
        obstacles="Belum ada anggaran",
        by=cast["service_manager"],
    )
    item = realise(item, version=item.version, by=cast["service_manager"], **facts())

    assert (item.state, item.obstacles) == ("done", "")
    with pytest.raises(WrongState):
        realise(item, version=item.version, by=cast["service_manager"], **facts(description="Lain"))


def test_the_plan_before_stands_on_the_next_one_with_what_became_of_it(client, scene):
    cast, service = scene
    earlier = published(cast, service, Quarter(2026, 1))
    item = earlier.items.first()
    realise(item, version=item.version, by=cast["service_manager"], **facts(description="Loket kedua buka"))
    plan = begun(cast, service)
    client.force_login(cast["survey_office"])

    page = client.get(reverse("feedback:followup-detail", args=[plan.pk])).text

    assert "Loket kedua buka" in page
    assert "Triwulan I 2026" in page
    assert "Isi<span" not in page  # who oversees the city reads


def test_everybody_reads_what_was_promised_once_it_is_published(client, scene):
    cast, service = scene
    plan = planned_out(cast, begun(cast, service))
    address = reverse("feedback:said-and-done")
    assert "Memperbaiki waktu" not in client.get(address).text

    publish_plan(plan, by=cast["service_manager"])
    page = client.get(address)

    assert "Memperbaiki waktu" in page.text
    assert not page.cookies
    assert len(page.content) < 40_000
    assert (
        "Memperbaiki waktu" in client.get(reverse("feedback:said-and-done-service", args=[service.slug])).text
    )


def test_the_public_page_asks_as_often_for_one_plan_as_for_four(client, scene):
    cast, service = scene
    others = [
        add_service(unit=service.unit, name=f"Layanan {number}", slug=f"layanan-{number}", by="test")
        for number in range(3)
    ]
    for each in others:
        answered(each, 36)
    published(cast, service)
    address = reverse("feedback:said-and-done")
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for each in others:
        published(cast, each, count=0)

    with CaptureQueriesContext(connection) as many:
        page = client.get(address).text

    assert page.count("Kami berjanji:") == 12
    assert len(many) == len(few)


def test_the_survey_office_reminds_once_a_day_and_nobody_else_does(scene):
    cast, service = scene

    assert remind(quarter=SPRING, service=service, by=cast["survey_office"]) == 1
    assert remind(quarter=SPRING, service=service, by=cast["survey_office"]) == 0
    assert Notice.objects.get(subject__startswith="Tindak lanjut").recipient == cast["service_manager"]
    with pytest.raises(NotAllowed):
        remind(quarter=SPRING, service=service, by=cast["service_manager"])


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"version": "٣", "programme": "\x00", "when": "2026-tw9", "post": "3 "},
        {"version": "-1", "programme": "x" * 5000, "when": ["a", "b"], "post": "999999999999999999999"},
    ],
)
def test_what_no_form_sends_is_refused_at_its_field(client, scene, sent):
    cast, service = scene
    item = begun(cast, service).items.first()
    client.force_login(cast["service_manager"])

    assert client.post(reverse("feedback:followup-item", args=[item.pk]), sent).status_code == 422


def test_the_survey_report_of_the_unit_holds_the_published_plan_alone(scene):
    cast, service = scene
    unit = cast["self"].cast_units["clinic"]
    plan = planned_out(cast, begun(cast, service))
    assert survey_report(unit, SPRING).analysis.plan == ()

    publish_plan(plan, by=cast["service_manager"])

    steps = survey_report(unit, SPRING).analysis.plan
    assert [step.index for step in steps] == sorted(item.value for item in plan.items.all())
    assert {step.until for step in steps} == {"Triwulan IV 2026"}
