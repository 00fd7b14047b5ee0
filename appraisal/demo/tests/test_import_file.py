"""Done when 3 of the import: each planted fault is named by row and column, and a second import changes nothing."""

import pytest

from agencies.intake.actions import apply_import, keep_batch, read_batch
from agencies.people.models import Assignment, Employee
from appraisal.demo.import_file import KINDS, write_import_file
from appraisal.demo.large_city import build_posts
from appraisal.demo.people import build_organisation

pytestmark = pytest.mark.django_db


def read(path):
    with path.open("rb") as file:
        return read_batch(file, file_name=path.name, by="test")


def named(batch):
    return sorted((fault["row"], fault["column"]) for fault in batch.faults)


def places(planted):
    return sorted((fault["row"], fault["column"]) for fault in planted)


def apply(path):
    return apply_import(keep_batch(read(path), by="test"), by="test", confirmed=True)


def everything():
    return list(Employee.objects.order_by("pk").values()), list(Assignment.objects.order_by("pk").values())


def prove(path, *, rows):
    planted = write_import_file(path, rows=rows, faults=40, seed=3)
    spoilt = read(path)
    assert len({fault["kind"] for fault in planted}) == len(KINDS) >= 12
    assert named(spoilt) == places(planted)
    assert spoilt.counts["rows"] == rows

    assert write_import_file(path, rows=rows, faults=0, seed=3) == []
    first = apply(path)
    assert first.counts["new"] > 0 < first.counts["written"]
    after_first = everything()
    again = read(path)
    assert (again.counts["unchanged"], again.counts["new"], again.counts["changed"]) == (rows, 0, 0)
    assert again.counts["suspicious"] == 0
    second = apply(path)
    assert second.counts["written"] == 0
    assert everything() == after_first


@pytest.mark.slow
def test_each_planted_fault_is_named_and_a_second_import_changes_nothing(tmp_path):
    build_organisation()
    build_posts()

    prove(tmp_path / "kota.xlsx", rows=300)


@pytest.mark.slow
def test_the_same_seed_plants_the_same_faults(tmp_path):
    build_organisation()
    paths = [tmp_path / name for name in ("a.xlsx", "b.xlsx")]

    one, other = (write_import_file(path, rows=120, faults=21, seed=7) for path in paths)

    assert one == other != write_import_file(paths[0], rows=120, faults=21, seed=8)


@pytest.mark.slow
def test_too_many_faults_for_the_rows_are_refused(tmp_path):
    build_organisation()

    with pytest.raises(ValueError, match="do not hold"):
        write_import_file(tmp_path / "x.xlsx", rows=60, faults=40)


@pytest.mark.measure
def test_five_thousand_rows_with_forty_faults(tmp_path):
    build_organisation()
    build_posts()

    prove(tmp_path / "kota.xlsx", rows=5000)
