"""Work blocks of form A.1.4."""

from decimal import Decimal

import pytest
from django.urls import reverse

from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from appraisal.cascading import actions
from appraisal.goals.actions import Conflict
from appraisal.planning.models import Indicator

VALUES = {
    "title": "Peningkatan layanan ANC dan persalinan melalui aplikasi SiCantik",
    "owner": "Kepala Puskesmas",
    "parties": "Poliklinik Desa, Dinas Kominfo",
    "deadline": "12 bulan",
    "beneficiaries": "Ibu hamil",
    "purpose": "Meningkatnya kualitas pelayanan puskesmas",
    "budget": Decimal(1000000),
    "method": "service",
}
LINES = {
    ("activity", "routine"): ["Waktu tunggu layanan ANC berkurang", "Sarana layanan dipakai bersama"],
    ("activity", "transformative"): ["Data ibu hamil diperbarui melalui aplikasi SiCantik"],
    ("milestone", "routine"): ["Layanan ANC cepat dan akurat"],
    ("milestone", "transformative"): ["Ibu hamil terdata lengkap"],
}


def a_block(cast, plan, *, initiative=None, version=None, **changes):
    indicator = Indicator.objects.filter(result__skp=plan).first()
    return actions.save_initiative(
        plan,
        by=cast["appraiser"],
        values=VALUES | changes,
        indicators=[indicator.pk],
        lines=LINES,
        answers={"services": "Pemeriksaan kehamilan", "loads": "tidak terpakai"},
        initiative=initiative,
        version=version,
    )


def test_a_block_is_read_back_as_it_was_written(cast, plan):
    block = a_block(cast, plan)

    content = actions.initiative_content(block)
    assert {name: content[name] for name in VALUES} == VALUES
    assert content["lines"] == LINES
    assert content["answers"] == {"services": "Pemeriksaan kehamilan"}
    assert block.intervened.get().words == "Jumlah ibu hamil yang terlayani: 480 orang"
    assert a_block(cast, plan) == block


def test_only_the_owner_writes_and_only_about_his_indicators(cast, plan, mine):
    foreign = Indicator.objects.filter(result__skp=mine).first()
    with pytest.raises(StepRefused):
        actions.save_initiative(
            plan, by=cast["appraiser"], values=VALUES, indicators=[foreign.pk], lines={}, answers={}
        )
    with pytest.raises(NotAllowed):
        actions.save_initiative(plan, by=cast["self"], values=VALUES, indicators=[], lines={}, answers={})


def test_the_second_window_is_told(cast, plan):
    block = a_block(cast, plan)
    a_block(cast, plan, initiative=block, version=1, title="Jendela satu")

    with pytest.raises(Conflict):
        a_block(cast, plan, initiative=block, version=1, title="Jendela dua")


def test_the_paper_has_the_forms_own_parts_and_numbers_through_each(client, cast, plan):
    a_block(cast, plan)
    client.force_login(cast["appraiser"])

    page = client.get(reverse("appraisal:initiative-print", args=[plan.pk])).content.decode()

    for words in ("Pemilik Strategi", "Penerima Manfaat", "key activities", "key milestone", "A. Rutin"):
        assert words in page
    assert '<ol start="3"><li>Data ibu hamil' in page
    assert "1.000.000" in page


def sent(plan, **changes):
    indicator = Indicator.objects.filter(result__skp=plan).first()
    data = VALUES | {"budget": "1.000.000", "indicators": [str(indicator.pk)], "version": "0"}
    data |= {"_".join(part): "\n".join(lines) for part, lines in LINES.items()}
    return data | changes


def test_the_browser_writes_a_block_and_meets_errors_at_their_fields(client, cast, plan):
    client.force_login(cast["appraiser"])
    address = reverse("appraisal:initiative-add", args=[plan.pk])

    wrong = client.post(address, sent(plan, title="", purpose="Tujuan saya"))
    assert wrong.status_code == 422
    assert "Isi judul inisiatif strategi." in wrong.content.decode()
    assert "Tujuan saya" in wrong.content.decode()
    assert client.post(address, sent(plan)).status_code == 302
    block = plan.initiatives.get()
    assert [line.text for line in block.lines.filter(kind="activity", nature="routine")] == LINES[
        "activity", "routine"
    ]
    edit = reverse("appraisal:initiative-edit", args=[plan.pk, block.pk])
    both = client.post(edit, sent(plan, title="Judul lain", version="0"))
    assert both.status_code == 409
    assert "Judul lain" in both.content.decode()
    assert VALUES["title"] in both.content.decode()
