import hashlib
import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.documents import actions
from ambon_kinerja.documents.actions import issue_document, open_document, revoke_document
from ambon_kinerja.documents.models import DocumentCounter, IssuedDocument
from ambon_kinerja.documents.pdf.content import RefusedContent
from ambon_kinerja.documents.store import DocumentDamaged, folder, remove_orphans
from ambon_kinerja.lifecycle.models import StateChange
from ambon_kinerja.lifecycle.steps import StepRefused, WrongState

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def html_for(seal):
    return f"<html lang=id><body><h1>{seal.number}</h1><p>{seal.code}</p></body></html>"


def issue(subject_key="dinas-contoh:2026-3", **changes):
    return issue_document(
        **{
            "kind": "LAP",
            "subject_key": subject_key,
            "title": "Laporan",
            "html_for": html_for,
            "by": "timetable",
            "issued_at": MOMENT,
        }
        | changes
    )


def files():
    return sorted(str(path.relative_to(folder())) for path in folder().glob("**/*") if path.is_file())


def test_an_issued_document_says_what_is_in_its_file():
    document = issue()

    data = (folder() / document.file_path).read_bytes()
    assert data.startswith(b"%PDF-1.7")
    assert (document.sha256, document.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (document.number, document.state, document.version) == ("AK/LAP/2026/000001", "valid", 1)
    assert document.issued_by_name == "timetable"
    assert open_document(document).read() == data


def test_numbers_run_per_kind_and_year():
    numbers = [
        issue("a").number,
        issue("b").number,
        issue("c", kind="SKP").number,
        issue("d", issued_at=datetime(2026, 12, 31, 15, 0, tzinfo=UTC)).number,  # already 2027 in Ambon
    ]

    assert numbers == ["AK/LAP/2026/000001", "AK/LAP/2026/000002", "AK/SKP/2026/000001", "AK/LAP/2027/000001"]


def test_a_kind_that_would_break_the_number_is_refused():
    with pytest.raises(ValueError, match="document number"):
        issue(kind="lap/../x")


def test_issuing_is_in_the_trail_with_the_hash():
    document = issue()

    event = AuditEvent.objects.get(action="document.issue")
    assert (event.actor, event.target) == ("timetable", f"ambon_kinerja.IssuedDocument:{document.pk}")
    assert document.sha256 in event.payload


def test_issuing_again_replaces_the_version_before():
    first = issue()

    second = issue()

    first.refresh_from_db()
    assert (first.state, first.replaced_by, second.state, second.version) == ("replaced", second, "valid", 2)
    assert first.file_path != second.file_path
    assert first.code != second.code
    assert [change.step for change in StateChange.objects.all()] == ["replace"]


def test_issuing_again_after_a_revocation_leaves_the_revoked_one_revoked():
    first = issue()
    revoke_document(first, by="timetable", reason="Angka keliru")

    second = issue()

    first.refresh_from_db()
    assert (first.state, first.replaced_by, second.version) == ("revoked", None, 2)


def test_revoking_needs_a_reason_and_a_valid_document():
    document = issue()

    with pytest.raises(StepRefused):
        revoke_document(document, by="timetable", reason=" ")
    revoked = revoke_document(document, by="timetable", reason="Angka keliru")
    with pytest.raises(WrongState):
        revoke_document(document, by="timetable", reason="Sekali lagi")

    assert revoked.state == "revoked"


def test_a_failure_after_the_file_was_written_leaves_neither_file_nor_number(monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the trail cannot be written")

    monkeypatch.setattr(actions, "record_event", fail)

    with pytest.raises(RuntimeError):
        issue()

    assert files() == []
    assert IssuedDocument.objects.count() == 0


def test_a_failing_rendering_leaves_neither_file_nor_number():
    with pytest.raises(RefusedContent):
        issue(html_for=lambda seal: "<p>no language</p>")

    assert files() == []
    assert issue().number == "AK/LAP/2026/000001"


def test_the_sweep_removes_only_files_that_no_row_names():
    kept = issue("a")
    with transaction.atomic():
        issue("b")
        transaction.set_rollback(True)  # the caller failed after the issue
    assert len(files()) == 2

    removed_young = remove_orphans()
    removed = remove_orphans(older_than_seconds=-1)

    assert (removed_young, removed) == (0, 1)
    assert files() == [kept.file_path]


def test_a_changed_or_missing_file_is_never_given_out():
    document = issue()
    path = folder() / document.file_path
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)

    with pytest.raises(DocumentDamaged):
        open_document(document)
    path.unlink()
    with pytest.raises(DocumentDamaged):
        open_document(document)


class ParallelIssue(TransactionTestCase):
    def test_parallel_issues_share_no_number_no_file_and_leave_no_gap(self):
        failures = []

        def work(name):
            try:
                for turn in range(2):
                    issue(f"{name}:{turn}")
            except Exception as error:  # the main thread reports it
                failures.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        documents = list(IssuedDocument.objects.all())
        assert failures == []
        assert sorted(d.number for d in documents) == [f"AK/LAP/2026/{n:06}" for n in range(1, 9)]
        assert sorted(d.file_path for d in documents) == files()
        assert all(hashlib.sha256(open_document(d).read()).hexdigest() == d.sha256 for d in documents)
        assert DocumentCounter.objects.get().last == 8

    def test_parallel_issues_for_one_subject_make_versions(self):
        threads = [threading.Thread(target=lambda: (issue(), connection.close())) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        documents = IssuedDocument.objects.order_by("version")
        assert [(d.version, d.state) for d in documents] == [
            (1, "replaced"),
            (2, "replaced"),
            (3, "replaced"),
            (4, "valid"),
        ]
