"""The stand-alone verifier `static/verifikasi/periksa.py` against the system's own receipts."""

import copy
import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from django.core.management import CommandError, call_command

from appraisal.scoring.receipt import canonical_text, evaluation_receipt, sha256_of
from appraisal.scoring.receipt.checking import faults_of
from appraisal.scoring.receipt.parts import parts_of
from appraisal.scoring.tests.sample_receipts import example, random_evaluation

VERIFIER = Path(__file__).parents[3] / "static" / "verifikasi" / "periksa.py"


@pytest.fixture(scope="module")
def verifier():
    spec = importlib.util.spec_from_file_location("periksa", VERIFIER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def written(tmp_path, receipt):
    path = tmp_path / "struk.json"
    path.write_text(canonical_text(receipt), encoding="utf-8")
    return str(path), sha256_of(canonical_text(receipt))


def test_the_verifier_agrees_with_the_system_on_500_random_receipts(verifier):
    chance = Random(62022)

    for _ in range(500):
        receipt = evaluation_receipt(**random_evaluation(chance))

        text = canonical_text(receipt)
        assert verifier.periksa(json.loads(text), sha256_of(text)) == []


def test_receipts_of_version_1_stay_readable_and_verifiable(verifier):
    stored = json.loads((Path(__file__).parent / "receipts_version_1.json").read_text(encoding="utf-8"))

    for row in stored:
        receipt = json.loads(row["text"])
        assert receipt["version"] == "1"
        assert verifier.periksa(receipt, row["sha256"]) == []
        assert faults_of(receipt, row["sha256"]) == []
        assert parts_of(receipt)["title"] == "Predikat kinerja"


def other_pythons():
    """Interpreters of another version on this machine: in the PATH, beside the one that runs, or none."""
    beside = Path(sys.base_prefix).parent.glob("*/bin/python3")
    named = [shutil.which(f"python3.{minor}") for minor in range(9, 16)]
    found = {}
    for program in [*beside, *filter(None, [*named, "/usr/bin/python3"])]:
        asked = [str(program), "-I", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        try:
            run = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=20)
        except (OSError, subprocess.SubprocessError):
            continue
        version = tuple(int(part) for part in run.stdout.split("."))
        if version >= (3, 9) and version != sys.version_info[:2]:
            found[version] = str(program)
    return found


EVERY_LINE = """
import json, runpy, sys
own = runpy.run_path(sys.argv[1])
for line in open(sys.argv[2], encoding="utf-8"):
    receipt = json.loads(line)
    print(own["sidik"](receipt), json.dumps(own["periksa"](receipt), ensure_ascii=True))
"""


@pytest.mark.parametrize("many", [200, pytest.param(10_000, marks=[pytest.mark.measure, pytest.mark.slow])])
def test_two_python_versions_read_the_same_bytes_out_of_random_receipts(verifier, tmp_path, many):
    others = other_pythons()
    if not others:
        pytest.skip("only one version of Python on this machine")
    chance = Random(many)
    texts = [canonical_text(evaluation_receipt(**random_evaluation(chance))) for _ in range(many)]
    lines = tmp_path / "struk.jsonl"
    lines.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    here = "".join(f"{sha256_of(text)} {json.dumps(verifier.periksa(json.loads(text)))}\n" for text in texts)

    newest = others[max(others)]
    run = subprocess.run(
        [newest, "-I", "-c", EVERY_LINE, VERIFIER, lines],
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )

    assert run.stderr == ""
    assert run.stdout == here
    assert here.count(" []\n") == many


def test_the_program_itself_judges_every_changed_receipt_like_the_verifier(verifier):
    chance = Random(2023)
    differing = 0
    for _ in range(12):
        receipt = evaluation_receipt(**random_evaluation(chance))
        for leaf in chance.sample(list(leaves(receipt)), 25):
            forged = changed_at(receipt, leaf, chance.choice(["lain", "above", "2", "100", None]))
            assert judged(verifier, forged) == (not faults_of(forged)), leaf
            differing += bool(faults_of(forged))

    assert differing > 30


def judged(verifier, receipt):
    try:
        return verifier.periksa(receipt) == []
    except (verifier.Berbeda, AttributeError, LookupError, TypeError, ValueError):
        return False


def test_the_command_agrees_with_the_verifier(verifier, tmp_path, capsys):
    path, sha256 = written(tmp_path, evaluation_receipt(**example()))

    call_command("verify_receipt", path, sha256)
    assert verifier.main([path, sha256]) == 0

    forged, _ = written(
        tmp_path, changed_at(evaluation_receipt(**example()), ("result", "predikat"), "kurang")
    )
    with pytest.raises(CommandError, match="BERBEDA") as caught:
        call_command("verify_receipt", forged)
    assert caught.value.returncode == verifier.main([forged]) == 1
    for content in ("", "{}", "[", '{"version": 1.0}', '{"a": "1", "a": "2"}'):
        (tmp_path / "struk.json").write_text(content, encoding="utf-8")
        with pytest.raises(CommandError):
            call_command("verify_receipt", forged)
    with pytest.raises(CommandError, match="tidak dapat dibuka"):
        call_command("verify_receipt", str(tmp_path / "tidak-ada.json"))


def test_the_verifier_runs_alone_and_reports_in_indonesian(tmp_path):
    path, sha256 = written(tmp_path, evaluation_receipt(**example()))

    run = subprocess.run(
        [sys.executable, "-I", "-S", VERIFIER, path, sha256],
        capture_output=True,
        check=False,
        text=True,
        env={"PYTHONIOENCODING": "utf-8"},
    )

    assert run.stderr == ""
    assert run.stdout.splitlines() == [
        f"Sidik SHA-256 struk ini: {sha256}",
        "COCOK: semua hitungan sesuai. Predikat: baik.",
    ]
    assert run.returncode == 0


def test_the_verifier_asks_to_compare_the_printed_hash(verifier, tmp_path, capsys):
    path, _ = written(tmp_path, evaluation_receipt(**example()))

    assert verifier.main([path]) == 0
    assert "Cocokkan sidik di atas" in capsys.readouterr().out


def leaves(part, path=()):
    if isinstance(part, dict | list):
        items = part.items() if isinstance(part, dict) else enumerate(part)
        for key, value in items:
            yield from leaves(value, (*path, key))
    else:
        yield path


def changed_at(receipt, path, value):
    receipt = copy.deepcopy(receipt)
    part = receipt
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return receipt


def test_any_single_change_breaks_the_printed_hash(verifier, tmp_path):
    receipt = evaluation_receipt(**example())
    _, sha256 = written(tmp_path, receipt)
    paths = list(leaves(receipt))

    assert len(paths) > 200
    for leaf in paths:
        forged, _ = written(tmp_path, changed_at(receipt, leaf, "lain"))
        assert verifier.main([forged, sha256]) == 1, leaf


def test_a_receipt_forged_with_a_fresh_hash_still_fails_the_arithmetic(verifier, tmp_path):
    receipt = evaluation_receipt(**example())
    place = {row["id"]: number for number, row in enumerate(receipt["inputs"])}
    forgeries = [
        (("inputs", place["R1.I1.realised"], "value"), "84.00"),
        (("inputs", place["R1.I1.target"], "value"), "80.00"),
        (("inputs", place["R1.I1.direction"], "value"), "lower"),
        (("inputs", place["R2.I1.realised"], "value"), "0"),
        (("inputs", place["R1.kind"], "value"), "additional"),
        (("inputs", place["R1.rating"], "value"), "above"),
        (("inputs", place["work.rating"], "value"), "above"),
        (("inputs", place["behaviour.rating"], "value"), "below"),
        (("steps", 0, "result"), "100.00"),
        (("steps", 0, "uses", "realised"), "R3.I1.realised"),
        (("steps", 0, "rule"), "matrix"),
        (("steps", 2, "result"), "100.00"),
        (("steps", -1, "result"), "sangat_baik"),
        (("result", "predikat"), "sangat_baik"),
        (("result", "suggestion"), "above"),
        (("result", "work_rating"), "above"),
        (("version",), "3"),
        (("version",), "1"),
        (("inputs", place["R1.C1"], "id"), "R1.E9"),
        (("inputs", place["R2.C1"], "sha256"), "12" * 32),
        (("steps", -3, "result"), "100"),
        (("steps", -3, "rounding"), "Ke bawah"),
        (("steps", 0, "rounding"), None),
    ]

    for leaf, value in forgeries:
        path, sha256 = written(tmp_path, changed_at(receipt, leaf, value))
        assert verifier.main([path, sha256]) == 1, leaf


def test_a_removed_step_or_rating_is_noticed(verifier, tmp_path):
    receipt = evaluation_receipt(**example())

    for place in range(len(receipt["steps"])):
        shorter = copy.deepcopy(receipt)
        del shorter["steps"][place]
        path, sha256 = written(tmp_path, shorter)
        assert verifier.main([path, sha256]) == 1, place

    softened = copy.deepcopy(receipt)
    softened["steps"][-2]["uses"]["additional"] = []
    path, sha256 = written(tmp_path, softened)
    assert verifier.main([path, sha256]) == 1


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        "null",
        "bukan json",
        '{"version": "1", "version": "1"}',
        '{"version": 1.0}',
        '{"version": "1", "inputs": [1], "steps": [], "result": {}}',
        '"\\ud800"',
        "[" * 100_000,
    ],
)
def test_a_file_that_is_no_receipt_is_refused_calmly(verifier, tmp_path, capsys, content):
    path = tmp_path / "lain.json"
    path.write_text(content, encoding="utf-8")

    assert verifier.main([str(path)]) == 1
    assert "BERBEDA: " in capsys.readouterr().out


def test_the_verifier_says_when_there_is_no_file(verifier, tmp_path, capsys):
    assert verifier.main([str(tmp_path / "tidak-ada.json")]) == 1
    assert capsys.readouterr().out == "BERBEDA: Berkas tidak dapat dibuka.\n"
    assert verifier.main([]) == 1


def test_the_verifier_stays_short_enough_to_read():
    assert len(VERIFIER.read_text(encoding="utf-8").splitlines()) <= 200
