"""The copy of one's data: all of it, nothing of anybody else, for its owner alone and for seven days."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.utils import timezone

from agencies.people.actions import change_password
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.jobs.running import run
from ambon_kinerja.notices.models import Notice
from ambon_kinerja.personal_data import store
from ambon_kinerja.personal_data.actions import (
    MOST_COPIES,
    note_viewing,
    remove_expired_copies,
    request_copy,
)
from ambon_kinerja.personal_data.gathering import gather, plain
from ambon_kinerja.personal_data.models import DataCopy
from ambon_kinerja.personal_data.package import in_text, moment_in_words, package
from ambon_kinerja.personal_data.store import stored
from ambon_kinerja.personal_data.tasks import remove_old_copies
from appraisal.scoring.models import Evaluation

pytestmark = pytest.mark.django_db


def groups_of(user):
    return {group.label: group for group in gather(user)}


def whole_text(user):
    groups = gather(user)
    return json.dumps([[group.rows, group.remarks] for group in groups], ensure_ascii=False)


def make_copy(user, **changes):
    now = timezone.now()
    values = {"made_at": now, "expires_at": now + timedelta(days=7), "size": 5} | changes
    with stored(b"PKzip") as name:
        return DataCopy.objects.create(owner=user, file_path=name, **values)


def test_rows_from_every_app_are_gathered_by_their_owner_paths(cast, records):
    found = groups_of(cast["self"])

    counts = {label: len(group.rows) for label, group in found.items()}
    assert {label: counts[label] for label in counts if label.startswith(("agencies.", "appraisal."))} == {
        "agencies.AppraiserException": 1,
        "agencies.Assignment": 2,
        "agencies.Delegation": 1,
        "agencies.Employee": 1,
        "agencies.EmployeeEvent": 2,
        "agencies.HandoverNote": 1,
        "agencies.LineRequest": 1,
        "agencies.Passkey": 1,
        "agencies.Proposal": 1,
        "agencies.ServiceState": 1,
        "agencies.SignedInDevice": 1,
        "agencies.User": 1,
        "appraisal.ActionStep": 1,
        "appraisal.AnnexLine": 1,
        "appraisal.BehaviourReport": 3,
        "appraisal.CalibrationItem": 1,
        "appraisal.CompetenceReview": 1,
        "appraisal.CompetenceScore": 10,
        "appraisal.CorrectionCase": 1,
        "appraisal.Counselling": 2,
        "appraisal.CreditAssessment": 1,
        "appraisal.CreditBalance": 1,
        "appraisal.CreditConversion": 1,
        "appraisal.Deadline": 12,
        "appraisal.Escalation": 1,
        "appraisal.Evaluation": 8,
        "appraisal.EvaluationDocument": 6,
        "appraisal.EvaluationEvent": 8,
        "appraisal.Evidence": 7,
        "appraisal.Feedback": 2,
        "appraisal.Guidance": 5,
        "appraisal.GuidanceOpinion": 1,
        "appraisal.Hearing": 1,
        "appraisal.Indicator": 6,
        "appraisal.Objection": 2,
        "appraisal.ObjectionEvidence": 2,
        "appraisal.PastResult": 1,
        "appraisal.PotentialAssessment": 1,
        "appraisal.ProgressEntry": 1,
        "appraisal.ResultRating": 1,
        "appraisal.RewardProposal": 1,
        "appraisal.RoleMatrix": 1,
        "appraisal.Skp": 13,
        "appraisal.SkpVersion": 1,
        "appraisal.StrategicInitiative": 1,
        "appraisal.StudyPlan": 1,
        "appraisal.WorkResult": 12,
    }
    assert found["agencies.Employee"].rows[0]["nip"] == cast["self"].employee.nip
    assert found["appraisal.Evaluation"].rows[0]["predikat"] == "baik"


def test_a_draft_evaluation_is_not_handed_out_before_it_is_final(cast, records):
    Evaluation.objects.filter(pk=records["evaluation_draft"]).update(behaviour_reason="Belum diputuskan.")

    found = groups_of(cast["self"])

    assert "Belum diputuskan" not in whole_text(cast["self"])
    assert found["appraisal.Evaluation"].remarks == [
        "Penilaian yang masih disusun baru dapat Anda baca setelah ditetapkan."
    ]


def test_no_secret_and_nobody_elses_name_is_in_it(cast, records):
    me = cast["self"]
    me.set_password("rahasia-sekali-123")
    me.save()
    text = whole_text(me)

    others = [
        user.name
        for name, user in cast.items()
        # Who appraises or appraised him stands on his plan, who guides ("peer") and counsels him ("stranger") there,
        # and the superior to whom a rating without warning was handed on.
        if name not in ("self", "appraiser", "former", "peer", "stranger", "superior")
    ]
    assert [name for name in others if name in text] == []
    assert me.password not in text
    assert [name for name, user in cast.items() if name != "self" and user.email in text] == []
    assert "Orang Former" in text


def test_who_rated_or_acted_is_not_named_in_the_trail(cast, records):
    change_password(cast["self"], password="kata-sandi-baru-1", by=cast["system_admin"])
    change_password(cast["self"], password="kata-sandi-baru-2", by=cast["self"])

    acts = [
        (row["actor"], row["action"])
        for row in groups_of(cast["self"])["ambon_kinerja.AuditEvent"].rows
        if row["action"] == "Kata sandi diganti"
    ]

    assert acts == [("Pengguna lain", "Kata sandi diganti"), ("Anda", "Kata sandi diganti")]


def test_who_looked_is_in_it_with_name_and_role(cast, records):
    note_viewing(cast["inspector"], about=cast["self"].employee, kind="evaluation")
    note_viewing(cast["self"], about=cast["peer"].employee, kind="employee")

    rows = groups_of(cast["self"])["ambon_kinerja.Viewing"].rows

    assert [(row["viewer"], row["viewer_words"], row["kind"]) for row in rows] == [
        ("Orang inspector", "Inspektorat", "Penilaian")
    ]


def test_an_account_without_employee_gets_what_there_is(cast, records):
    assert set(groups_of(cast["outsider"])) == {"agencies.User", "ambon_kinerja.AuditEvent"}


def test_gathering_costs_the_same_queries_for_more_rows(cast, records, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    note_viewing(cast["inspector"], about=cast["self"].employee, kind="evaluation")
    with CaptureQueriesContext(connection) as few:
        gather(cast["self"])
    for kind in ("skp", "receipt", "employee"):
        note_viewing(cast["superior"], about=cast["self"].employee, kind=kind)

    with django_assert_max_num_queries(len(few)):
        gather(cast["self"])


@pytest.mark.slow
def test_the_job_makes_a_zip_that_people_and_machines_can_read(cast, records):
    me = cast["self"]
    job = request_copy(me)
    run(job.pk)

    job.refresh_from_db()
    copy = DataCopy.objects.exclude(pk=records["data_copy"]).get()
    with zipfile.ZipFile(BytesIO(store.read(copy))) as whole:
        names, content = whole.namelist(), json.loads(whole.read("data.json"))
        pdf = pikepdf.open(BytesIO(whole.read("data-saya.pdf")))
    employee = next(group for group in content["kelompok"] if group["kode"] == "agencies.Employee")
    assert (job.state, job.error, copy.owner) == (Job.State.DONE, "", me)
    assert names == ["data.json", "data-saya.pdf"]
    assert employee["judul"] == "Data kepegawaian"
    assert employee["kolom"]["nip"] == {"nama": "NIP", "golongan": "Umum"}
    assert employee["kolom"]["kind"]["pilihan"]["pns"] == "PNS"
    assert len(pdf.pages) >= 1
    assert Notice.objects.filter(recipient=me, subject="Salinan data Anda siap diunduh").count() == 1


def test_asking_twice_while_it_is_made_gives_the_same_job(cast):
    assert request_copy(cast["self"]).pk == request_copy(cast["self"]).pk
    assert request_copy(cast["peer"]).pk != request_copy(cast["self"]).pk


def test_who_has_enough_copies_is_told_so(client, cast):
    for _ in range(MOST_COPIES):
        make_copy(cast["self"])
    client.force_login(cast["self"])

    page = client.post("/akun/data-saya/minta/", follow=True).content.decode()

    assert "Anda sudah mempunyai 3 salinan" in page
    assert Job.objects.count() == 0


def test_only_its_owner_downloads_a_copy_and_it_is_remembered(client, cast):
    copy = make_copy(cast["self"])
    address = f"/akun/data-saya/{copy.pk}/unduh/"
    answers = {}
    for person in cast:
        client.force_login(cast[person])
        answers[person] = client.get(address).status_code

    assert answers == {person: 200 if person == "self" else 404 for person in cast}
    client.force_login(cast["self"])
    answer = client.get(address)
    assert (answer.content, answer["Content-Disposition"][:27]) == (b"PKzip", 'attachment; filename="data-')
    assert AuditEvent.objects.filter(action="data_copy.download").count() == 2


def test_after_its_time_a_copy_is_gone_for_its_owner_too(client, cast):
    past = timezone.now() - timedelta(days=8)
    copy = make_copy(cast["self"], made_at=past, expires_at=past + timedelta(days=7))
    client.force_login(cast["self"])

    assert client.get(f"/akun/data-saya/{copy.pk}/unduh/").status_code == 404


def test_the_timetable_removes_expired_files_and_leaves_the_others(
    cast, settings, django_capture_on_commit_callbacks
):
    past = timezone.now() - timedelta(days=8)
    old = make_copy(cast["self"], made_at=past, expires_at=past + timedelta(days=7))
    young = make_copy(cast["self"])
    old_file, young_file = store.folder() / old.file_path, store.folder() / young.file_path

    with django_capture_on_commit_callbacks(execute=True):
        assert remove_expired_copies() == 1

    old.refresh_from_db()
    assert (old.file_path, old_file.exists(), young_file.exists()) == ("", False, True)
    tasks = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert remove_old_copies.name in tasks


def test_a_copy_whose_file_is_lost_is_not_found(client, cast):
    copy = make_copy(cast["self"])
    store.remove(copy.file_path)
    client.force_login(cast["self"])

    assert client.get(f"/akun/data-saya/{copy.pk}/unduh/").status_code == 404


def test_a_file_of_a_failed_transaction_does_not_stay():
    before = set(store.folder().glob("*"))
    with pytest.raises(RuntimeError), stored(b"x"):
        raise RuntimeError

    assert set(store.folder().glob("*")) == before


def test_the_page_says_what_is_kept_and_what_stays(client, cast, records):
    client.force_login(cast["self"])

    page = client.get("/akun/data-saya/").content.decode()

    for words in ("Golongan umum", "Golongan peka", "Golongan rahasia", "pasal 15", "Minta salinan data"):
        assert words in page


def test_the_account_page_leads_to_both_pages(client, cast):
    client.force_login(cast["self"])

    page = client.get("/akun/").content.decode()

    assert ('href="/akun/data-saya/"' in page, 'href="/akun/riwayat-akses/"' in page) == (True, True)


@pytest.mark.parametrize(
    ("value", "choices", "words"),
    [
        (None, {}, ""),
        (True, {}, "Ya"),
        ("pns", {"pns": "PNS"}, "PNS"),
        (["a", "b"], {}, "a; b"),
        ({"sejak": "2020-01-01", "sampai_sebelum": None}, {}, "sejak 01-01-2020"),
        ("2026-11-26T21:05:00+09:00", {}, "26-11-2026 pukul 21.05 WIT"),
        ("kata 2026-11-26", {}, "kata 2026-11-26"),
    ],
)
def test_values_are_said_in_words_on_paper(value, choices, words):
    assert in_text(value, choices) == words


def test_moments_are_told_in_wit():
    assert moment_in_words(
        plain(timezone.datetime(2026, 1, 1, 20, 0, tzinfo=timezone.get_fixed_timezone(0)))
    ) == ("02-01-2026 pukul 05.00 WIT")


@pytest.mark.slow
def test_hostile_words_come_out_as_words_on_paper(cast, records):
    me = cast["self"]
    me.employee.rank = "<script>alert(1)</script>"
    me.employee.save()

    content = package(me, gather(me), {}, timezone.now())

    assert zipfile.ZipFile(BytesIO(content)).testzip() is None
