"""Writing down with a draft what its ratings stand on, and handing on what surprised."""

from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.people.reporting_line import superior_of_appraiser_on
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed
from ambon_kinerja.notices.actions import tell
from appraisal.monitoring.actions import Refused
from appraisal.monitoring.models import Evidence, Feedback
from appraisal.monitoring.queries import within
from appraisal.scoring.models import Citation, Escalation, ResultRating

from .gate import surprises
from .queries import citations_of, visible_escalations

GONE = "Bukti atau umpan balik itu baru saja dihapus. Muat ulang halaman, lalu pilih lagi."
FOREIGN = "Pilih bukti dan umpan balik hasil kerja ini pada periode ini."


def refuse_foreign(draft, backing):
    """{field: sentence} for what is cited although it was not recorded of that result in that period."""
    wanted = {key: set(cited) for key, (cited, _) in backing.items() if cited}
    if not wanted:
        return {}
    about = {"result__in": wanted}
    offered = {key: set() for key in wanted}
    for sign, model in (("e", Evidence), ("f", Feedback)):
        rows = model.objects.filter(within(draft.period), **about).values_list("result_id", "pk")
        for result, key in rows:
            offered[result].add(f"{sign}{key}")
    return {f"cite-{key}": FOREIGN for key, cited in wanted.items() if cited - offered[key]}


def backing_as_stored(draft, rows):
    """{result: (cited, reason)} of every rating stored; `rows` are the ResultRatings by result."""
    cited = citations_of(draft)
    return {key: (cited.get(key, set()), row.surprise_reason) for key, row in rows.items()}


def keep_backing(draft, rows, backing, stored):
    """Store what is cited and why a warning was passed by; a rating that is still empty is begun for it."""
    for key, (cited, reason) in backing.items():
        before, said = stored.get(key, (set(), ""))
        if (set(cited), reason) == (before, said):
            continue
        row = rows.get(key)
        if row is None:
            row = rows[key] = ResultRating.objects.create(evaluation=draft, result_id=key)
        if reason != said:
            row.surprise_reason = reason
            row.save(update_fields=["surprise_reason"])
        for gone in before - set(cited):
            Citation.objects.filter(rating=row, **pointing(gone)).delete()
        for new in sorted(set(cited) - before):
            Citation.objects.create(rating=row, **pointing(new))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        raise Refused({"__all__": GONE}) from None


def pointing(key):
    return {"evidence_id" if key[0] == "e" else "feedback_id": int(key[1:])}


def escalate(final, *, rows, results, facts, by):
    """Tell the appraiser's superior of each result that is below expectation without warning; each once.

    Where there is none, or he has rated himself, the personnel office reads it.
    """
    superior = superior_of_appraiser_on(final.skp.employee, timezone.localdate())
    if superior is not None and superior.pk == final.appraiser_id:
        superior = None
    raised = []
    for result in results:
        row = rows[result.pk]
        if row.rating != "below" or not (lacks := surprises(result.pk, facts)):
            continue
        raised.append(Escalation.objects.create(rating=row, sent_to=superior, missing=" ".join(lacks)))
    if not raised:
        return
    record_event(
        "evaluation.escalate",
        final,
        by=by,
        details={"results": [row.rating.result_id for row in raised]},
    )
    if superior is not None:
        tell(
            superior.user,
            subject=f"Rating di bawah ekspektasi tanpa peringatan: {final.skp.employee}, {final.period}",
            body="Pejabat penilai menulis alasannya. Baca, lalu catat bahwa Anda sudah membacanya.",
            path=reverse("appraisal:escalation-list"),
        )


@transaction.atomic
def acknowledge_escalation(escalation, *, by, remark=""):
    """The superior has read it; a remark goes to the appraiser. Saying it twice changes nothing."""
    visible = visible_escalations(by).values("pk")
    row = Escalation.objects.select_for_update(of=("self",)).filter(pk=escalation.pk, pk__in=visible).first()
    if row is None:
        raise NotAllowed("Hanya atasan pejabat penilai yang mencatat ini.")
    if row.seen_at:
        return row
    row.seen_by, row.seen_at, row.remark = by, timezone.now(), remark.strip()
    row.save(update_fields=["seen_by", "seen_at", "remark"])
    evaluation = row.rating.evaluation
    record_event("evaluation.read_escalation", evaluation, by=by, details={"result": row.rating.result_id})
    tell(
        evaluation.appraiser.user,
        subject=f"Atasan Anda membaca alasan penilaian {evaluation.skp.employee}, {evaluation.period}",
        body=row.remark,
        path=reverse("appraisal:evaluation-detail", kwargs={"pk": evaluation.pk}),
    )
    return row
