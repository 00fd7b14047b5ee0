"""The four kinds of plan: which fields each has, what it must contain, and how it is read and printed."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from agencies.people.actions import assign
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from appraisal.goals.models import Goal, PerformanceAgreement
from appraisal.planning import actions
from appraisal.planning.completeness import advice_for
from appraisal.planning.models import Indicator, Skp, WorkResult
from appraisal.planning.tests.browsing import ROW, address, sent
from appraisal.planning.tests.plans import YEAR, a_plan, a_submitted_plan, an_agreed_plan, an_indicator

pytestmark = pytest.mark.django_db
FORMS = {
    ("leader", "qualitative"): "A.1.1",
    ("leader", "quantitative"): "A.1.2",
    ("staff", "qualitative"): "A.1.6",
    ("staff", "quantitative"): "A.1.7",
}
FIELDS = {
    "A.1.1": {"statement", "perspective"},
    "A.1.2": {"statement", "perspective", "direction", "target_low", "target_high", "unit", "target_text"},
    "A.1.6": {"statement"},
    "A.1.7": {"statement", "aspect", "direction", "target_low", "target_high", "unit", "target_text"},
}
TYPED = {
    "A.1.1": {"statement": "95% kunjungan sampai Desember", "perspective": "budget"},
    "A.1.2": {name: text for name, text in ROW.items() if name != "aspect"} | {"perspective": "budget"},
    "A.1.6": {"statement": "95% kunjungan sampai Desember"},
    "A.1.7": ROW | {"aspect": ["quantity", "time"]},
}


def in_format(code, user, **shape):
    skp = a_plan(user, **({"results": 0} | shape))
    kind = next(kind for kind, known in FORMS.items() if known == code)
    Skp.objects.filter(pk=skp.pk).update(audience=kind[0], approach=kind[1])
    skp.refresh_from_db()
    return skp


@pytest.mark.parametrize("code", FIELDS)
def test_each_form_is_filled_in_the_browser_and_read_and_printed_with_its_columns(cast, browse, code):
    skp = in_format(code, cast["self"])
    client = browse("self")

    page = client.get(address("result-add", skp)).content.decode()
    asked = {name for name in Indicator.__dict__ if f'name="indikator-0-{name}"' in page}
    answer = client.post(address("result-add", skp), sent(skp, TYPED[code]))
    pages = [client.get(address(name, skp)).content.decode() for name in ("skp-detail", "skp-print")]

    assert asked == FIELDS[code]
    assert answer.status_code == 302
    indicator = Indicator.objects.get()
    assert indicator.statement == TYPED[code]["statement"]
    assert indicator.aspect == ("quantity+time" if code == "A.1.7" else "")
    assert ("1.480,5 orang" in pages[0]) == ("target_low" in FIELDS[code])
    assert f"Format {code}" in pages[0]
    assert f"Format {code}" in pages[1]
    for page in pages:
        assert ("Kuantitas dan Waktu" in page) == (code == "A.1.7")
        assert ("Anggaran" in page) == ("perspective" in FIELDS[code])
    for words in ("Pegawai yang dinilai", "Pejabat penilai kinerja", "Berorientasi Pelayanan", "Kolaboratif"):
        assert words in pages[1]


def test_a_target_may_be_words_and_is_then_no_number(cast, browse):
    skp = a_plan(cast["self"], results=0)
    row = {"aspect": "time", "statement": "Peraturan", "target_text": "Ditetapkan sebelum 30 Juni"}

    answer = browse("self").post(address("result-add", skp), sent(skp, row))

    assert answer.status_code == 302
    assert (Indicator.objects.get().target, Indicator.objects.get().target_text) == (
        None,
        "Ditetapkan sebelum 30 Juni",
    )
    assert "Ditetapkan sebelum 30 Juni" in browse("self").get(address("skp-detail", skp)).content.decode()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            ROW | {"target_text": "Sebelum Juni"},
            "Pilih salah satu: target angka atau target dalam kata-kata.",
        ),
        (ROW | {"target_low": "", "target_text": ""}, "Isi target untuk indikator 1."),
        (ROW | {"target_text": "x" * 201}, "Target dalam kata-kata paling banyak 200 huruf."),
    ],
)
def test_a_bad_target_is_explained_at_its_field(cast, browse, row, reason):
    skp = a_plan(cast["self"], results=0)

    answer = browse("self").post(address("result-add", skp), sent(skp, row))

    assert (answer.status_code, answer.content.decode().count(reason)) == (422, 2)


def test_a_result_keeps_origin_control_and_who_gave_the_task(cast, browse):
    skp, client = a_plan(cast["self"], results=0), browse("self")
    typed = {"origin": "directive", "control": "high", "assigned_by": "Kepala Dinas", "assigner": "superior"}

    found = client.post(address("result-add", skp), sent(skp, ROW, **typed, cari="assigner")).content.decode()
    nobody = client.post(address("result-add", skp), sent(skp, ROW, **typed | {"assigner": "xyzzy"}))
    pick = {"assigner_pilih": cast["superior"].employee.pk, "assigner_untuk": "superior"}
    saved = client.post(address("result-add", skp), sent(skp, ROW, **typed, **pick))

    result = WorkResult.objects.get()
    assert "Orang Superior" in found
    assert "Ada masalah" not in found
    assert "1.480,5" in found  # what was typed elsewhere is still there
    assert nobody.status_code == 422
    assert saved.status_code == 302
    assert (result.origin, result.control, result.assigned_by, result.assigner) == (
        "directive",
        "high",
        "Kepala Dinas",
        cast["superior"].employee,
    )


# --- who chooses ----------------------------------------------------------------------------------


def test_the_employee_chooses_the_approach_and_only_his_appraiser_the_audience(cast):
    skp = a_plan(cast["self"])

    actions.choose_format(skp, by=cast["self"], approach="qualitative")
    with pytest.raises(NotAllowed, match="pejabat penilai"):
        actions.choose_format(skp, by=cast["self"], approach="qualitative", audience="leader")
    chosen = actions.choose_format(skp, by=cast["appraiser"], approach="qualitative", audience="leader")

    assert chosen.form_code == "A.1.1"


@pytest.mark.parametrize("person", ["superior", "peer", "stranger", "personnel_office", "outsider"])
def test_nobody_else_chooses_a_format(cast, person):
    skp = a_plan(cast["self"])

    with pytest.raises(NotAllowed):
        actions.choose_format(skp, by=cast[person], approach="qualitative")


@pytest.mark.parametrize("person", ["self", "appraiser"])
def test_an_agreed_plan_keeps_its_format(cast, browse, person):
    skp = an_agreed_plan(cast["self"], cast["appraiser"])

    with pytest.raises(NotAllowed):
        actions.choose_format(skp, by=cast[person], approach="qualitative")
    browse(person).post(address("skp-format", skp), {"approach": "qualitative", "audience": "staff"})
    assert Skp.objects.get().approach == "quantitative"


def test_a_target_becomes_part_of_the_narrative_when_the_approach_becomes_qualitative(cast):
    skp = a_plan(cast["self"])

    actions.choose_format(skp, by=cast["self"], approach="qualitative")

    indicator = Indicator.objects.get()
    assert (indicator.statement, indicator.target_low) == ("Jumlah ibu hamil yang terlayani: 480 orang", None)
    assert actions.submit_skp(skp, by=cast["self"]).state == "submitted"


def test_a_submitted_plan_does_not_become_incomplete_by_another_format(cast, browse):
    skp = a_submitted_plan(cast["self"])

    answer = browse("appraiser").post(
        address("skp-format", skp), {"approach": "quantitative", "audience": "leader"}
    )

    assert answer.status_code == 422
    assert "Perspektif Anggaran harus ada" in answer.content.decode()
    assert Skp.objects.get().audience == "staff"


# --- what must be in it ---------------------------------------------------------------------------


def gaps(skp, user):
    with pytest.raises(actions.PlanIncomplete) as refusal:
        actions.submit_skp(skp, by=user)
    return [what for _, what in refusal.value.gaps]


def save(skp, user, **changes):
    values = {"kind": "main", "statement": "Hasil", "indicators": [an_indicator()], "version": skp.version}
    return actions.save_result(skp, by=user, **(values | changes))


def test_a_leader_names_a_perspective_for_each_indicator_and_anggaran_for_one(cast):
    leader = cast["superior"]
    skp = actions.draft_skp(leader.employee, year=YEAR, by=leader)
    result = save(skp, leader, indicators=[an_indicator(perspective="served"), an_indicator(statement="B")])

    found = gaps(skp, leader)
    save(skp, leader, result=result, indicators=[an_indicator(perspective="budget")])

    assert found == [
        "Perspektif Anggaran harus ada pada sedikitnya satu indikator.",
        "Pilih perspektif untuk indikator “B”.",
    ]
    assert actions.submit_skp(skp, by=leader).state == "submitted"


def test_the_four_perspectives_are_shown_as_covered_or_not(cast, browse):
    skp = a_plan(cast["superior"])

    page = browse("superior").get(address("skp-detail", skp)).content.decode()

    assert (page.count("Sudah ada"), page.count("Belum ada</")) >= (1, 3)
    assert "Perspektif Proses Bisnis belum ada." in page


@pytest.fixture
def goal(cast):
    agreement = PerformanceAgreement.objects.create(unit=cast["self"].cast_units["health"], year=YEAR)
    return Goal.objects.create(agreement=agreement, position=1, statement="Warga lebih sehat")


def sign(goal, person):
    goal.agreement.first_party, goal.agreement.state = person.employee, "signed"
    goal.agreement.signed_on = f"{YEAR}-01-05"
    goal.agreement.save()


def test_main_results_of_a_leader_cover_every_goal_of_his_signed_agreement(cast, goal):
    leader = cast["superior"]
    skp = a_plan(leader)
    as_draft = [what for _, what in advice_for(skp)]
    sign(goal, leader)
    save(
        skp,
        leader,
        kind="additional",
        statement="Tambahan saja",
        goal=goal,
        indicators=[an_indicator(perspective="served")],
    )

    found = gaps(skp, leader)
    save(skp, leader, statement="Utama", goal=goal, indicators=[an_indicator(perspective="served")])

    assert "Rancangan memuat sasaran “Warga lebih sehat”. Dukung dengan hasil kerja utama." in as_draft
    assert found == ["Sasaran “Warga lebih sehat” belum didukung hasil kerja utama."]
    assert actions.submit_skp(skp, by=leader).state == "submitted"


def test_a_draft_of_the_agreement_refuses_nothing(cast, goal):
    assert a_submitted_plan(cast["superior"]).state == "submitted"


def test_a_goal_of_another_unit_is_not_served(cast, browse, goal):
    skp = a_plan(cast["appraiser"])

    with pytest.raises(StepRefused, match="unit Anda"):
        save(skp, cast["appraiser"], goal=goal)
    assert 'name="goal"' not in browse("appraiser").get(address("result-add", skp)).content.decode()


def test_the_goal_is_chosen_on_the_page_of_who_leads_its_unit(cast, browse, goal):
    skp = actions.draft_skp(cast["superior"].employee, year=YEAR, by=cast["superior"])

    browse("superior").post(address("result-add", skp), sent(skp, TYPED["A.1.2"], goal=goal.pk))

    assert WorkResult.objects.get().goal == goal


@pytest.mark.parametrize("place", ["the act", "the page", "the database"])
def test_what_somebody_does_as_plt_is_a_main_result(cast, browse, place):
    skp = a_plan(cast["self"])
    acting = {"kind": "additional", "origin": "acting"}

    if place == "the act":
        with pytest.raises(StepRefused, match="utama"):
            save(skp, cast["self"], **acting)
    elif place == "the page":
        answer = browse("self").post(address("result-add", skp), sent(skp, ROW, **acting))
        assert (
            answer.content.decode().count("Penugasan sebagai Plt. atau Plh. selalu hasil kerja utama.") == 2
        )
    else:
        with pytest.raises(IntegrityError, match="an_acting_assignment_is_main"), transaction.atomic():
            WorkResult.objects.filter(skp=skp).update(**acting)


def test_who_acts_for_a_post_is_advised_to_write_its_results(cast):
    post = cast["self"].cast_posts["former"]
    assign(cast["self"].employee, post=post, start=date(YEAR, 1, 1), kind="plh", by="test")

    advice = [what for _, what in advice_for(a_plan(cast["self"]))]

    assert "Anda bertugas sebagai Plh. Jabatan former. Tulis hasilnya sebagai hasil kerja utama." in advice
