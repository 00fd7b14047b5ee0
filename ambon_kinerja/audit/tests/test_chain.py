import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambon_kinerja.audit import chain
from ambon_kinerja.audit.chain import GENESIS, event_hash, examine


def chained(payloads):
    """An unbroken chain over `payloads`, as lists so that a test can tamper with them."""
    rows, previous = [], GENESIS
    for position, payload in enumerate(payloads, start=1):
        own = event_hash(previous=previous, position=position, payload=payload)
        rows.append([position, payload, previous, own])
        previous = own
    return rows


def fault_in(rows, **options):
    return examine(rows, **options)[0]


def head_of(rows):
    return f"{rows[-1][0]}:{rows[-1][3]}"


texts = st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=3, max_size=12)
PAYLOADS = [json.dumps({"n": number}) for number in range(1, 8)]


def test_the_hash_is_what_another_program_would_compute():
    """Fixed numbers: whoever changes the formula breaks every head that was noted on paper."""
    assert event_hash(previous=GENESIS, position=1, payload="{}") == (
        "d7599cd877c92ce267943f163213355ec59dff20449e0e81158b14c1b34057f1"
    )


@given(texts)
def test_an_untouched_chain_is_whole(payloads):
    rows = chained(payloads)

    assert examine(rows, heads=[head_of(rows)]) == (None, len(rows), rows[-1][3])


def test_an_empty_chain_is_whole():
    assert examine([]) == (None, 0, GENESIS)


@given(texts, st.data())
def test_an_edited_payload_is_found_where_it_is(payloads, data):
    rows = chained(payloads)
    index = data.draw(st.integers(0, len(rows) - 1))
    rows[index][1] += "x"

    assert fault_in(rows) == (index + 1, "isi tidak sesuai dengan sidik hash-nya")


@given(texts, st.data())
def test_a_row_deleted_from_the_middle_is_missed(payloads, data):
    rows = chained(payloads)
    index = data.draw(st.integers(0, len(rows) - 2))
    del rows[index]

    assert fault_in(rows) == (index + 1, f"baris {index + 1} hilang; di tempatnya ada baris {index + 2}")


@given(texts, st.data())
def test_a_row_deleted_and_the_rest_renumbered_is_found(payloads, data):
    rows = chained(payloads)
    index = data.draw(st.integers(0, len(rows) - 2))
    del rows[index]
    for number, row in enumerate(rows, start=1):
        row[0] = number

    assert fault_in(rows)[0] == index + 1


@given(texts, st.data())
def test_an_inserted_row_is_found(payloads, data):
    rows = chained(payloads)
    index = data.draw(st.integers(0, len(rows) - 1))
    forged = event_hash(previous=rows[index][2], position=index + 1, payload="palsu")
    rows.insert(index, [index + 1, "palsu", rows[index][2], forged])

    assert fault_in(rows)[0] == index + 2


@given(texts, st.data())
def test_two_swapped_payloads_are_found_at_the_first(payloads, data):
    rows = chained([f"{number} {payload}" for number, payload in enumerate(payloads)])
    first = data.draw(st.integers(0, len(rows) - 2))
    second = data.draw(st.integers(first + 1, len(rows) - 1))
    rows[first][1], rows[second][1] = rows[second][1], rows[first][1]

    assert fault_in(rows)[0] == first + 1


@given(texts, st.data())
def test_any_flipped_character_of_a_hash_is_found(payloads, data):
    rows = chained(payloads)
    index, column = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.sampled_from([2, 3]))
    place = data.draw(st.integers(0, 63))
    text = rows[index][column]
    rows[index][column] = text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1 :]

    assert fault_in(rows)[0] == index + 1


def test_a_cut_off_end_is_found_with_a_noted_head_and_only_then():
    rows = chained(PAYLOADS)
    head = head_of(rows)

    assert fault_in(rows[:-2]) is None
    assert fault_in(rows[:-2], heads=[head]) == (
        6,
        "ujung rantai hilang; baris 7 pernah dicatat di luar sistem",
    )


def test_an_emptied_trail_is_found_with_a_noted_head_and_only_then():
    head = head_of(chained(PAYLOADS))

    assert fault_in([]) is None
    assert fault_in([], heads=[head])[0] == 1


def test_a_chain_computed_anew_after_an_edit_is_found_with_a_noted_head_and_only_then():
    head = head_of(chained(PAYLOADS))
    forged = chained([*PAYLOADS[:3], "diubah", *PAYLOADS[4:]])

    assert fault_in(forged) is None
    assert fault_in(forged, heads=[head]) == (7, "sidik hash berbeda dari yang dicatat di luar sistem")


def test_the_first_of_several_noted_heads_that_differs_is_named():
    honest = chained(PAYLOADS)
    forged = chained([*PAYLOADS[:3], "diubah", *PAYLOADS[4:]])
    heads = [f"{row[0]}:{row[3]}" for row in honest]

    assert fault_in(forged, heads=heads)[0] == 4


def test_a_chain_that_has_grown_since_its_head_was_noted_is_whole():
    rows = chained(PAYLOADS)

    assert fault_in(rows, heads=[head_of(rows[:3])]) is None


@pytest.mark.parametrize(
    "text", ["", "5", "5:abc", "0:" + "a" * 64, "-1:" + "a" * 64, "5:" + "A" * 64, "5:" + "g" * 64]
)
def test_a_head_that_is_none_is_refused_instead_of_ignored(text):
    with pytest.raises(ValueError, match="bukan kepala rantai"):
        examine(chained(PAYLOADS), heads=[text])


def export_to(path, rows):
    names = ("position", "payload", "previous_hash", "hash")
    path.write_text(
        "".join(json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in rows), encoding="utf-8"
    )
    return path


def run_alone(*words):
    """The script by itself: isolated from this project and from every installed package."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(Path(chain.__file__)), *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.strip()


def test_the_script_alone_finds_an_export_whole(tmp_path):
    rows = chained(PAYLOADS)

    assert run_alone(export_to(tmp_path / "e", rows), "--head", head_of(rows)) == (
        0,
        f"UTUH: 7 baris, kepala {head_of(rows)}",
    )


def test_the_script_alone_names_the_first_broken_row(tmp_path):
    rows = chained(PAYLOADS)
    rows[4][1] = rows[2][1] = "diubah"

    assert run_alone(export_to(tmp_path / "e", rows)) == (
        1,
        "RUSAK di baris 3: isi tidak sesuai dengan sidik hash-nya",
    )


@pytest.mark.parametrize(
    "line",
    [
        "",
        "bukan json",
        "[]",
        "5",
        '{"position": 1}',
        '{"position": 1, "payload": 5, "previous_hash": "", "hash": ""}',
    ],
)
def test_a_line_that_is_no_row_is_a_fault_and_no_crash(tmp_path, line, capsys):
    path = tmp_path / "e"
    path.write_text(line + "\n", encoding="utf-8")

    assert chain.main([str(path)]) == 1
    assert "RUSAK: " in capsys.readouterr().out


def test_a_missing_file_is_a_fault(tmp_path):
    assert chain.main([str(tmp_path / "tidak-ada")]) == 1
