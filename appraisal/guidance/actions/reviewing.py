"""After the session: the employee's answer, the guide's review, the report upwards and what follows."""

from django.db import transaction
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.refusals import Refused
from ambon_kinerja.lifecycle.steps import NotAllowed, WrongState, take
from ambon_kinerja.notices.actions import tell

from ..competences import MOST_TECHNICAL, fixed_rows
from ..models import CompetenceReview, CompetenceScore, Guidance, GuidanceOpinion
from ..rules import appraiser_today, is_guide, is_guided, person_of, superior_today
from ..statements import STATEMENTS, as_kept
from ..states.guidance import FOLLOW_UP, REPORT
from .guidance import page_of
from .refusals import Conflict

NOT_HELD = "Bimbingan ini belum ditandatangani oleh keduanya."


@transaction.atomic
def give_opinion(guidance, *, answers, by):
    """Form B.1.8, once: {number: (answer, note)} for all nine. The superior of the leader is told, nobody else."""
    locked = Guidance.objects.select_for_update(of=("self",)).get(pk=guidance.pk)
    if not locked.is_held:
        raise WrongState(NOT_HELD)
    if not is_guided(by, locked):
        raise NotAllowed("Umpan balik ini diisi oleh pegawai yang dibimbing.")
    if set(answers) != set(range(1, len(STATEMENTS) + 1)):
        raise Refused("Jawab kesembilan pernyataan.")
    known = GuidanceOpinion.objects.filter(guidance=locked).first()
    if known is not None:
        return known
    opinion = GuidanceOpinion.objects.create(
        guidance=locked, employee=locked.employee, answers=as_kept(answers)
    )
    record_event("guidance.give_opinion", locked, by=by)
    superior = superior_today(locked)
    if superior is not None and superior.pk != locked.guide_id:
        tell(
            superior.user,
            subject="Umpan balik atas pelaksanaan bimbingan kinerja",
            body=f"{locked.employee} menyerahkannya kepada Anda. Pimpinan dan pembimbingnya tidak membacanya.",
            path=f"{page_of(locked)}tanggapan/",
        )
    return opinion


@transaction.atomic
def save_review(guidance, *, rows, recommendation, version, by, send=False):
    """Form B.1.9: rows are dicts (group, position, name, score, reason). A draft may have gaps, `send` may not.

    Version 0 means there was none. Raises Conflict, Refused.
    """
    locked = Guidance.objects.select_for_update(of=("self",)).get(pk=guidance.pk)
    if not locked.is_held:
        raise WrongState(NOT_HELD)
    if not is_guide(by, locked):
        raise NotAllowed("Evaluasi kompetensi diisi oleh pembimbing.")
    review = CompetenceReview.objects.select_for_update(of=("self",)).filter(guidance=locked).first()
    if review is not None and review.sent_at is not None:
        raise WrongState("Evaluasi kompetensi ini sudah disampaikan.")
    recommendation = recommendation.strip()
    if review is not None and review.version != version:
        if not send and content_of(review) == (list(map(as_tuple, rows)), recommendation):
            return review
        raise Conflict(review)
    if len(rows) > len(fixed_rows()) + MOST_TECHNICAL:
        raise Refused(f"Isi paling banyak {MOST_TECHNICAL} kompetensi teknis.")
    if send:
        refuse_gaps(rows, recommendation)
    review = write_review(locked, review, rows, recommendation, by, send)
    details = {"version": review.version, "sent": send}
    record_event("guidance.review", locked, by=by, details=details)
    if send:
        tell_of_review(locked, by)
    return review


def refuse_gaps(rows, recommendation):
    for row in rows:
        if row["score"] is None or not row["reason"].strip():
            raise Refused(f"Isi nilai dan alasan untuk {row['name']}.")
    if not any(row["group"] == CompetenceScore.Group.TECHNICAL for row in rows):
        raise Refused("Isi sedikitnya satu kompetensi teknis.")
    if not recommendation:
        raise Refused("Isi rekomendasi.", "recommendation")


def write_review(guidance, review, rows, recommendation, by, send):
    if review is None:
        review = CompetenceReview(guidance=guidance, version=0)
    review.recommendation, review.written_by = recommendation, person_of(by)
    review.version += 1
    review.sent_at = timezone.now() if send else None
    review.save()
    review.scores.all().delete()
    CompetenceScore.objects.bulk_create(
        CompetenceScore(review=review, **(row | {"reason": row["reason"].strip()})) for row in rows
    )
    return review


def as_tuple(row):
    return row["group"], row["position"], row["name"], row["score"], row["reason"].strip()


def content_of(review):
    """A stored review as it is compared: (rows as tuples, recommendation)."""
    rows = review.scores.values_list("group", "position", "name", "score", "reason")
    return list(rows), review.recommendation


def tell_of_review(guidance, by):
    appraiser = appraiser_today(guidance)
    for person in filter(None, (guidance.employee, appraiser)):
        if person.user is not None and person.user != by:
            tell(
                person.user,
                subject=f"Evaluasi kompetensi {guidance.employee} sudah diisi",
                body="Hasil bimbingan kinerja dapat dibaca.",
                path=page_of(guidance),
            )


@transaction.atomic
def report_upwards(guidance, *, by):
    """The appraiser reports record and review to his own superior (page 85 j)."""
    reported = take(REPORT, guidance, by=by)
    if not CompetenceReview.objects.filter(guidance=reported, sent_at__isnull=False).exists():
        raise Refused("Evaluasi kompetensi (format B.1.9) belum disampaikan pembimbing.")
    superior = superior_today(reported)
    if superior is not None:
        tell(
            superior.user,
            subject=f"Laporan bimbingan kinerja {reported.employee}",
            body="Baca rekaman dan evaluasi kompetensinya, lalu tetapkan tindak lanjut.",
            path=page_of(reported),
        )
    return reported


@transaction.atomic
def follow_up(guidance, *, words, by):
    """What follows, by the appraiser's superior or the personnel office (page 85 k)."""
    changes = {"follow_up": words.strip(), "followed_by": person_of(by)}
    if not changes["follow_up"]:
        raise Refused("Tulis tindak lanjutnya.", "words")
    closed = take(FOLLOW_UP, guidance, by=by, changes=changes)
    for person in filter(None, (closed.employee, appraiser_today(closed))):
        tell(
            person.user,
            subject=f"Tindak lanjut bimbingan {closed.employee} ditetapkan",
            body=closed.follow_up,
            path=page_of(closed),
        )
    return closed
