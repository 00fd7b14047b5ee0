"""Done when 1 of the cycle: what stands before the plans is typed into the pages, and read back equal."""

import pytest
from django.utils import timezone

from appraisal.demo.examples import central, regional
from appraisal.goals.models import PerformanceAgreement
from appraisal.planning.tests.conftest import cast_with_rules
from appraisal.planning.tests.plans import YEAR

from .reading_pages import lines_of, table_rows, text_of, texts, tree_of
from .typing_examples import People, begin_strategy, page, sent, write_block, write_goal, write_matrices

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ANNEXES = {"regional": regional(), "central": central()}
AGREEMENTS = {f"{name}-{one.table}": one for name, annex in ANNEXES.items() for one in annex.agreements}
each_annex = pytest.mark.parametrize("name", ANNEXES)


@pytest.mark.parametrize("name", AGREEMENTS)
def test_an_agreement_is_typed_whole_recorded_and_read_back_equal(client, name):
    """A strategic plan has no form of its own here; its goals stand in the agreement they are brought into."""
    example, people = AGREEMENTS[name], People(client, cast_with_rules())
    people.post("Pimpinan", example.unit, kind="jpt", leads=True)
    client.force_login(people.cast["personnel_office"])
    sent(client, page("agreement-start", people.unit(example.unit).pk), {"tahun": YEAR})
    agreement = PerformanceAgreement.objects.get().pk

    for goal in example.goals:
        write_goal(client, agreement, goal)
    for line in example.budget:
        sent(client, page("budget-add", agreement), {"name": line.name, "amount": line.printed, "version": 0})
    sent(client, page("agreement-record", agreement), {"signed_on": timezone.localdate().isoformat()})

    goals, *budget = tree_of(client.get(page("agreement-print", agreement))).xpath(
        "//table[@class='form-table']"
    )
    read = [[text_of(cell) for cell in body.xpath("./tr/*")] for body in goals.xpath("./tbody")]
    assert read == [
        [
            str(number),
            goal.statement,
            *(text for one in goal.indicators for text in (one.statement, one.target)),
        ]
        for number, goal in enumerate(example.goals, start=1)
    ]
    amounts = (
        [[text_of(cell) for cell in row[1:]] for row in budget[0].xpath("./tbody/tr")][:-1] if budget else []
    )
    assert amounts == [
        [line.name, line.printed.replace("Rp.", "Rp").replace(" ", "")] for line in example.budget
    ]
    detail = lines_of(tree_of(client.get(page("agreement-detail", agreement))))
    for one in (one for goal in example.goals for one in goal.indicators):
        for text in (*one.method, one.source, one.baseline):
            assert any(text in line for line in detail)


@each_annex
def test_a_work_block_is_typed_whole_and_read_back_equal(client, name):
    [block], people = ANNEXES[name].blocks, People(client, cast_with_rules())
    skp = begin_strategy(people, block.owner, "Unit contoh", block.intervened)

    write_block(client, skp, block)

    tree = tree_of(client.get(page("initiative-print", skp.pk)))
    cells = {
        text_of(head): text_of(head.getnext())
        for head in tree.xpath("//table[@class='form-table']//th[@scope='row']")
    }
    assert cells == {
        "Judul Inisiatif Strategi Pencapaian IKU": block.initiative,
        "Indikator dan Target yang Diintervensi": block.intervened,
        "Pemilik Strategi": block.owner,
        "Pihak yang Terlibat": block.parties,
        "Waktu Penyelesaian": block.deadline,
        "Penerima Manfaat": block.beneficiaries,
        "Tujuan": block.purpose,
        "Anggaran": "Rp0",  # the row of zeros that pages 143 and 178 print
    }
    assert [texts(part, ".//li") for part in tree.xpath("//tbody[@class='part']//td")] == [
        list(block.routine_activities),
        list(block.transformative_activities),
        list(block.routine_milestones),
        list(block.transformative_milestones),
    ]


@each_annex
def test_both_matrices_are_typed_whole_and_read_back_equal(client, name):
    [first, second], people = ANNEXES[name].matrices, People(client, cast_with_rules())
    skp = begin_strategy(people, first.leader, "Unit contoh", first.columns[0])

    row = write_matrices(people, skp, first, second)

    [_, heads, *lines] = table_rows(tree_of(client.get(page("matrix-print", skp.pk))))
    assert heads[1:] == [first.leader, *first.columns]
    assert [line[1:] for line in lines if "(ketua tim)" in line[0]] == as_rows(first)
    [_, heads, *lines] = table_rows(tree_of(client.get(page("matrix-team-print", skp.pk, row))))
    assert heads[1] == second.leader
    assert heads[2:] == list(first.roles[0].cells[0])
    assert sorted(line[1:] for line in lines) == sorted(as_rows(second))


def as_rows(matrix):
    return [
        [role.post, *(" ".join(cell) or "Tidak ada peran" for cell in role.cells)] for role in matrix.roles
    ]
