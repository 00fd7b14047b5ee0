"""The result an objection changed: what its page says of it, and which evidence it stands on."""

import pgtrigger
from django.urls import reverse

from appraisal.monitoring.models import Evidence
from appraisal.objections import actions
from appraisal.objections.models import EvaluationDocument
from appraisal.scoring.matrix import Rating
from appraisal.scoring.models import Citation

from . import scenes
from .test_pages import as_, text


def test_a_result_changed_by_an_objection_says_so_and_not_that_nobody_rated(plan):
    cast, skp, period = plan
    scenes.changed(cast, scenes.ready(cast, skp, period))
    new = EvaluationDocument.objects.get(form="D.1.3").evaluation
    me = as_(cast["self"])
    page = text(me.get(reverse("appraisal:evaluation-detail", args=[new.pk])))
    assert "Hasil ini keputusan atas keberatan" in page
    assert "mengubah hasil semula, Butuh Perbaikan" in page
    assert "tidak menilai sampai masa penilaian berakhir" not in page
    old = text(me.get(reverse("appraisal:evaluation-detail", args=[new.replaces_id])))
    assert "diubah oleh keputusan atas keberatan" in old


def test_the_new_result_stands_on_the_evidence_it_was_decided_on(plan):
    """A rating that stays keeps its evidence; one that changes has what the employee cited for it."""
    cast, skp, period = plan
    first, second = skp.results.all()
    brought = first.evidence.get()
    kept = Evidence.objects.create(
        result=second, period=period, title="Rekap kedua", dated=period.starts_on,
        link="https://rekap.contoh.test/2", added_by=cast["self"],
    )  # fmt: skip
    document = scenes.received(cast, skp, period)
    with pgtrigger.ignore("appraisal.Citation:citations_of_a_final_evaluation_stay"):
        rating = document.evaluation.result_ratings.get(result=second)
        Citation.objects.create(rating=rating, evidence=kept)
    objection = actions.start_objection(document, by=cast["self"])
    saved = actions.save_objection(
        objection, version=1, reasons="Keliru", cited=[brought.pk], by=cast["self"]
    )
    filed = actions.file_objection(saved, version=saved.version, by=cast["self"])
    actions.explain(filed, text="Menurut rekap.", by=cast["appraiser"])
    scenes.give(filed.readings.get())
    scenes.changed(cast, scenes.again(filed), ratings={first.pk: Rating.MEETS})

    new = EvaluationDocument.objects.get(form="D.1.3").evaluation
    cited = Citation.objects.filter(rating__evaluation=new)
    assert set(cited.values_list("rating__result", "evidence")) == {
        (first.pk, brought.pk),
        (second.pk, kept.pk),
    }
    assert "2 dari 2 hasil kerja berdiri" in text(
        as_(cast["self"]).get(reverse("appraisal:evaluation-detail", args=[new.pk]))
    )
