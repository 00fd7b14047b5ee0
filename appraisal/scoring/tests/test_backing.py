"""No rating above or below without evidence, and none below without warning."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from agencies.access.actions.proposals import approve_proposal
from ambon_kinerja.lifecycle.steps import NotAllowed
from ambon_kinerja.notices.models import Notice
from appraisal.guidance.models import Guidance
from appraisal.monitoring.actions import (
    add_evidence_file,
    add_evidence_link,
    give_feedback,
    remove_evidence,
    withdraw_feedback,
)
from appraisal.monitoring.models import Evidence
from appraisal.monitoring.tests.agreed_plan import NOW, moment, pdf, today
from appraisal.planning.models import AnnexLine
from appraisal.rulebook.models import Rule
from appraisal.scoring.actions import Incomplete, Refused, finalise, save_draft, start_evaluation
from appraisal.scoring.backing.coverage import Standing, coverage_of
from appraisal.scoring.backing.keeping import acknowledge_escalation
from appraisal.scoring.backing.queries import facts_of, mark_evidence
from appraisal.scoring.models import Citation, Escalation
from appraisal.scoring.reopening import propose_reopening

from .backed import backing_for
from .test_actions import WORDS

REASON = "Baru diketahui minggu ini."


@pytest.fixture
def scene(plan):
    cast, skp, period = plan
    return Scene(cast, skp, period)


class Scene:
    """One plan whose first result is what the tests are about; the others are as expected."""

    def __init__(self, cast, skp, period):
        self.cast, self.skp, self.period = cast, skp, period
        self.results = list(skp.results.all())
        self.first = self.results[0]
        self.draft = start_evaluation(skp, period=period, by=cast["appraiser"])

    def evidence(self, result=None, **more):
        facts = {"period": self.period, "title": "Rekap", "dated": today(), "link": "https://contoh.test/1"}
        return add_evidence_link(result or self.first, by=self.cast["self"], **(facts | more))

    def feedback(self, tone="needs_work", result=None):
        return give_feedback(
            self.skp, period=self.period, giver="leader", tone=tone, text="Perbaiki laporannya.",
            given_on=today(), result=result or self.first, by=self.cast["appraiser"],
        )  # fmt: skip

    def save(self, rating, *cited, reason=""):
        ratings = {result.pk: ("meets", "") for result in self.results} | {self.first.pk: (rating, "")}
        keys = {("e" if isinstance(each, Evidence) else "f") + str(each.pk) for each in cited}
        self.draft.refresh_from_db()
        return save_draft(
            self.draft,
            version=self.draft.version,
            ratings=ratings,
            backing={self.first.pk: (keys, reason)},
            by=self.cast["appraiser"],
            **WORDS,
        )

    def decide(self, rating, *cited, reason=""):
        saved = self.save(rating, *cited, reason=reason)
        return finalise(saved, version=saved.version, by=self.cast["appraiser"])

    def missing(self, rating, *cited, reason=""):
        """The fields (without the key of the result) that keep the draft from being final."""
        with pytest.raises(Incomplete) as caught:
            self.decide(rating, *cited, reason=reason)
        return [name.removesuffix(f"-{self.first.pk}") for name in caught.value.errors]


def warn_on(scene, now, text, tone="needs_work"):
    now.move_to(moment(text))
    said = scene.feedback(tone)
    now.move_to(moment(NOW))
    return said


def test_above_needs_evidence_and_the_page_says_at_which_answer(scene):
    assert scene.missing("above") == ["rating"]

    found = scene.evidence()

    assert scene.missing("above") == ["cite"]
    assert scene.missing("above", scene.feedback("positive")) == ["cite"]
    assert scene.decide("above", found).state == "final"


def test_as_expected_needs_none(scene):
    assert scene.decide("meets").state == "final"


def test_below_stands_on_evidence_or_on_feedback_where_nothing_was_handed_in(scene):
    assert scene.missing("below", reason=REASON) == ["rating"]
    said = scene.feedback()
    assert scene.missing("below", reason=REASON) == ["cite"]
    assert scene.decide("below", said, reason=REASON).state == "final"


def test_with_evidence_at_hand_below_cannot_stand_on_feedback_alone(scene):
    said, found = scene.feedback(), scene.evidence()

    assert scene.missing("below", said, reason=REASON) == ["cite"]
    assert scene.decide("below", said, found, reason=REASON).state == "final"


@pytest.mark.parametrize(
    ("recorded", "warned"),
    [("2026-08-22T23:59:59+09:00", True), ("2026-08-23T00:00:00+09:00", False), (NOW, False)],
)
def test_the_warning_is_thirty_days_old_counted_in_ambon(scene, now, recorded, warned):
    warn_on(scene, now, recorded)
    found = scene.evidence()

    if warned:
        assert scene.decide("below", found).state == "final"
        assert not Escalation.objects.exists()
    else:
        assert scene.missing("below", found) == ["surprise"]


def test_praise_is_no_warning_and_another_results_feedback_neither(scene, now):
    warn_on(scene, now, "2026-07-10T10:00:00+09:00", tone="positive")
    now.move_to(moment("2026-07-10T10:00:00+09:00"))
    scene.feedback(result=scene.results[1])
    now.move_to(moment(NOW))

    assert scene.missing("below", scene.evidence()) == ["surprise"]


def test_the_days_of_the_warning_are_those_of_the_rulebook(scene, now):
    warn_on(scene, now, "2026-09-10T10:00:00+09:00")
    found = scene.evidence()
    assert scene.missing("below", found) == ["surprise"]

    Rule.objects.create(
        key="early_feedback_days", valid_from=date(2026, 1, 1), value=11, text="Uji", source="Uji"
    )

    assert scene.decide("below", found).state == "final"


def test_support_that_was_promised_has_an_outcome_first(scene, now):
    warn_on(scene, now, "2026-07-10T10:00:00+09:00")
    found = scene.evidence()
    line = AnnexLine.objects.create(
        skp=scene.skp, kind="resource", resource="budget", position=1, text="Komputer"
    )
    guidance = Guidance.objects.create(
        employee=scene.skp.employee, appraiser=scene.cast["appraiser"].employee, unit=scene.skp.unit, year=2026,
        kind="coaching", topic="Pelaporan",
    )  # fmt: skip
    assert facts_of(scene.draft).promises == 2
    assert scene.missing("below", found) == ["surprise"]

    AnnexLine.objects.filter(pk=line.pk).update(support="refused", support_note="Tidak dianggarkan")
    assert scene.missing("below", found) == ["surprise"]
    Guidance.objects.filter(pk=guidance.pk).update(state="declined")

    assert scene.decide("below", found).state == "final"


def test_passing_by_the_warning_always_reaches_the_superior(scene, client):
    final = scene.decide("below", scene.evidence(), reason=REASON)

    escalation = Escalation.objects.get()
    superior = scene.cast["superior"]
    assert escalation.sent_to == superior.employee
    assert "30 hari" in escalation.missing
    assert Notice.objects.filter(recipient=superior, subject__contains="tanpa peringatan").count() == 1
    client.force_login(superior)
    home = client.get("/").text
    page = client.get("/penilaian/eskalasi/").text
    assert "Baca alasan rating di bawah ekspektasi tanpa peringatan" in home
    assert REASON in page
    client.force_login(scene.cast["self"])
    assert REASON in client.get(f"/hasil/{final.pk}/").text


def test_the_superior_reads_once_and_nobody_else_does(scene, client):
    scene.decide("below", scene.evidence(), reason=REASON)
    escalation = Escalation.objects.get()
    for person in ("self", "appraiser", "peer", "stranger", "personnel_office"):
        with pytest.raises(NotAllowed):
            acknowledge_escalation(escalation, by=scene.cast[person])
    client.force_login(scene.cast["superior"])
    address = f"/penilaian/eskalasi/{escalation.pk}/dibaca/"

    assert client.post(address, {"remark": "x" * 5000}).status_code == 422
    assert client.post(address, {"remark": "Beri umpan balik lebih dini."}).status_code == 302
    assert client.post(address, {"remark": "lain"}).status_code == 302

    escalation.refresh_from_db()
    assert escalation.remark == "Beri umpan balik lebih dini."
    assert Notice.objects.filter(
        recipient=scene.cast["appraiser"], body="Beri umpan balik lebih dini."
    ).exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        Escalation.objects.filter(pk=escalation.pk).update(remark="lain")


def test_without_a_superior_the_personnel_office_reads_it(scene, client, monkeypatch):
    monkeypatch.setattr("appraisal.scoring.backing.keeping.superior_of_appraiser_on", lambda *args: None)
    scene.decide("below", scene.evidence(), reason=REASON)

    client.force_login(scene.cast["personnel_office"])
    page = client.get("/penilaian/eskalasi/")
    assert REASON in page.text
    client.force_login(scene.cast["superior"])
    assert REASON not in client.get("/penilaian/eskalasi/").text
    acknowledge_escalation(Escalation.objects.get(), by=scene.cast["personnel_office"])
    assert Escalation.objects.get().seen_by == scene.cast["personnel_office"]


def test_the_list_of_escalations_asks_as_often_for_three_as_for_one(
    scene, client, django_assert_max_num_queries
):
    ratings = {row.pk: ("below", "") for row in scene.results}
    scene.draft.refresh_from_db()
    saved = save_draft(
        scene.draft, version=1, ratings=ratings, backing=backing_for(scene.draft, ratings), by=scene.cast["appraiser"],
        **WORDS | {"work_rating": "below"},
    )  # fmt: skip
    finalise(saved, version=saved.version, by=scene.cast["appraiser"])
    client.force_login(scene.cast["superior"])
    client.get("/penilaian/eskalasi/")

    with django_assert_max_num_queries(14):
        assert client.get("/penilaian/eskalasi/").text.count(">Saya sudah membaca<") == len(scene.results)


def test_what_is_cited_cannot_be_taken_away_by_anybody(scene):
    found, said = scene.evidence(), scene.feedback()
    scene.save("above", found, said)

    with pytest.raises(NotAllowed, match="dirujuk"):
        remove_evidence(found, by=scene.cast["self"])
    with pytest.raises(NotAllowed):
        withdraw_feedback(said, by=scene.cast["appraiser"])
    for row in (found, said):
        with pytest.raises(ProtectedError):
            row.delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            delete_by_sql(row)


def delete_by_sql(row):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_what_is_no_longer_cited_can_be_taken_away(scene):
    found = scene.evidence()
    scene.save("above", found)
    scene.save("meets")

    remove_evidence(found, by=scene.cast["self"])

    assert not Evidence.objects.exists()


def test_evidence_of_another_result_or_period_or_person_is_refused(scene):
    foreign = scene.evidence(scene.results[1])

    with pytest.raises(Refused) as caught:
        scene.save("above", foreign)

    assert list(caught.value.errors) == [f"cite-{scene.first.pk}"]
    scene.save("meets")
    row = scene.draft.result_ratings.get(result=scene.first)
    with pytest.raises(DatabaseError, match="its own result in its own period"), transaction.atomic():
        Citation.objects.create(rating=row, evidence=foreign)


def test_citations_of_a_final_evaluation_stay(scene):
    final = scene.decide("above", scene.evidence())
    citation = Citation.objects.get()

    for change in (
        citation.delete,
        lambda: Citation.objects.create(rating=citation.rating, evidence=citation.evidence),
        lambda: Citation.objects.update(evidence=citation.evidence),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    final.refresh_from_db()
    assert Citation.objects.count() == 1


def test_opening_again_starts_from_what_was_cited(scene):
    final = scene.decide("below", scene.evidence(), reason=REASON)
    proposal = propose_reopening(final, error="Rating keliru", reason="Uji.", by=scene.cast["appraiser"])
    approve_proposal(proposal, by=scene.cast["superior"])

    draft = scene.skp.evaluations.get(state="draft")
    assert Citation.objects.filter(rating__evaluation=draft).count() == 1
    assert draft.result_ratings.get(result=scene.first).surprise_reason == REASON


def test_what_was_dated_long_ago_or_came_after_the_window_opened_is_marked_and_counts(scene, now):
    now.move_to(moment("2026-09-14T10:00:00+09:00"))
    early = scene.evidence(title="Awal", dated=date(2026, 9, 10))
    old = scene.evidence(title="Lama", dated=date(2026, 8, 14), link="https://contoh.test/2")
    now.move_to(moment(NOW))
    late = scene.evidence(title="Susulan", link="https://contoh.test/3")

    marks = {row.title: row.marks for row in mark_evidence([early, old, late], scene.period, 30)}

    assert marks == {
        "Awal": [],
        "Lama": ["Bertanggal 31 hari sebelum diunggah"],
        "Susulan": ["Diunggah setelah masa penilaian dibuka"],
    }
    assert scene.decide("above", old).state == "final"


DAY = date(2026, 8, 1)


@pytest.mark.parametrize(
    ("standings", "states", "percent"),
    [
        ([Standing()], ("bare",), 0),
        ([Standing(has_data=False)], ("no_data",), 0),
        ([Standing((("a", DAY),))], ("stands",), 100),
        ([Standing((("a", DAY),)), Standing((("a", DAY),))], ("stands", "bare"), 50),
        ([Standing((("a", DAY),)), Standing((("a", DAY), ("b", DAY)))], ("stands", "stands"), 100),
        ([Standing((("a", DAY),)), Standing(has_data=False), Standing()], ("stands", "no_data", "bare"), 33),
        (
            [Standing((("a", DAY),)), Standing((("b", DAY),)), Standing(has_data=False)],
            ("stands", "stands", "no_data"),
            67,
        ),
    ],
)  # fmt: skip
def test_coverage_is_a_share_of_all_results_and_the_same_file_counts_once(standings, states, percent):
    found = coverage_of(standings, starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))

    assert (found.states, found.percent) == (states, percent)
    assert sum(count for *_, count, _ in found.parts) == len(standings)


def test_coverage_tells_the_months_also_those_without_evidence():
    days = [date(2026, 12, 31), date(2026, 12, 1), date(2027, 2, 1)]
    standings = [Standing(tuple((str(number), day) for number, day in enumerate(days)))]

    found = coverage_of(standings, starts_on=date(2026, 12, 1), ends_on=date(2027, 2, 28))

    assert found.month_words == [("Desember", 2), ("Januari", 0), ("Februari", 1)]


def test_the_same_file_under_two_names_counts_once_for_a_plan(scene, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    files = [
        add_evidence_file(
            result, period=scene.period, title=name, dated=today(), upload=pdf(f"{name}.pdf"), by=scene.cast["self"]
        )
        for result, name in zip(scene.results, ("satu", "dua"), strict=False)
    ]  # fmt: skip
    backing = {row.result_id: ({f"e{row.pk}"}, "") for row in files}
    ratings = {row.pk: ("above" if row.pk in backing else "meets", "") for row in scene.results}
    saved = save_draft(
        scene.draft, version=1, ratings=ratings, backing=backing, by=scene.cast["appraiser"],
        **WORDS | {"work_reason": "Menimbang keadaan."},
    )  # fmt: skip
    final = finalise(saved, version=saved.version, by=scene.cast["appraiser"])

    assert '"formula":"1 dari 4 hasil kerja berdiri di atas bukti yang dirujuk.' in final.receipt
