import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.urls import reverse

from appraisal.monitoring.actions import add_evidence_file, give_feedback, record_realisation
from appraisal.monitoring.tests.agreed_plan import pdf, today
from appraisal.scoring.actions import finalise, start_evaluation

from .test_actions import complete


@pytest.fixture
def final(plan, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    cast, skp, period = plan
    first = skp.results.first()
    record_realisation(first.indicators.get(), period=period, value=90, note="", by=cast["self"])
    add_evidence_file(first, period=period, title="Rekap", dated=today(), upload=pdf(), by=cast["self"])
    give_feedback(
        skp, period=period, giver="leader", tone="positive", text="Bagus", given_on=today(), result=first,
        by=cast["appraiser"],
    )  # fmt: skip
    draft = start_evaluation(skp, period=period, by=cast["appraiser"])
    saved = complete(draft, cast["appraiser"], work_rating="above", work_reason="Beban kerjanya berat.")
    return finalise(saved, version=saved.version, by=cast["appraiser"])


def verify(path, sha256):
    program = settings.BASE_DIR / "static/verifikasi/periksa.py"
    return subprocess.run(
        [sys.executable, program, path, sha256], capture_output=True, text=True, check=False
    )


def test_the_downloaded_receipt_passes_the_stand_alone_verifier(client, plan, final, tmp_path):
    client.force_login(plan[0]["self"])
    answer = client.get(reverse("appraisal:evaluation-receipt", args=[final.pk]))
    path = tmp_path / "struk.json"
    path.write_bytes(answer.content)

    checked = verify(path, final.receipt_sha256)

    assert checked.returncode == 0, checked.stdout
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_changed_receipt_does_not_pass(final, tmp_path):
    path = tmp_path / "struk.json"
    path.write_text(final.receipt.replace('"value":"90.00"', '"value":"99.00"'), encoding="utf-8")

    checked = verify(path, final.receipt_sha256)

    assert checked.returncode == 1


def test_the_receipt_holds_inputs_evidence_feedback_and_rules_but_no_name(plan, final):
    receipt = json.loads(final.receipt)
    inputs = {row["id"]: row for row in receipt["inputs"]}
    steps = {row["id"]: row for row in receipt["steps"]}

    assert inputs["R1.I1.realised"]["value"] == "90.00"
    assert inputs["R2.I1.realised"]["value"] is None
    assert len(inputs["R1.E1"]["sha256"]) == 64
    assert inputs["R1.feedback"]["value"] == "1 umpan balik: apresiasi 1."
    assert steps["R1.I1.percent"]["result"] == "90.00"
    assert steps["predikat"]["rule_version"] == "2022-02-07"
    assert plan[0]["self"].employee.name not in final.receipt
    assert plan[0]["self"].employee.nip not in final.receipt


def test_the_page_opens_the_receipt_in_words(client, plan, final):
    client.force_login(plan[0]["self"])

    text = client.get(reverse("appraisal:evaluation-detail", args=[final.pk])).text

    assert "Predikat Anda: Baik" in text
    assert "Pejabat penilai memutuskan lain: “Beban kerjanya berat.”" in text
    assert "Berlaku sejak 7 Februari 2022" in text
    assert final.receipt_sha256 in text
