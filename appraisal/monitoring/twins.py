"""The same file or address elsewhere: in another result or period, or of another person of the same unit.

Never a fault by itself: one photo may show two results. It is said, so that nobody counts one thing twice unawares.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models.expressions import RawSQL

from .models import Evidence
from .queries import readable_evidence


@dataclass(frozen=True)
class Twin:
    """`words` say where; `evidence` is None where the reader may not see it."""

    words: str
    evidence: Evidence | None = None


def twins_of(user, evidence):
    """{key of evidence: [Twin]} for a list of evidence, as `user` may read them. Two queries for any number."""
    keys = [row.pk for row in evidence if row.sha256 or row.link]
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT evidence_id, twin_id FROM appraisal_evidence_twins(%s)", [keys])
        pairs = cursor.fetchall()
    if not pairs:
        return {}
    readable = (
        readable_evidence(user)
        .filter(pk__in={twin for _, twin in pairs})
        .select_related("result__skp__employee", "period")
        .in_bulk()
    )
    found = {}
    for key, twin in pairs:
        found.setdefault(key, []).append(told(readable.get(twin)))
    return {key: without_repeats(twins) for key, twins in found.items()}


def evidence_with_twins():
    """Evidence with the keys of its twins (`twin_keys`), for pages that count their queries."""
    asked = "(SELECT array_agg(t.twin_id) FROM appraisal_evidence_twins(ARRAY[appraisal_evidence.id]) t)"
    return Evidence.objects.annotate(twin_keys=RawSQL(asked, []))  # noqa: S611


def mark_found_twins(rows, readable):
    """Give rows of `evidence_with_twins` their `twins`, named where `readable` holds them. One query or none."""
    keys = {twin for row in rows for twin in row.twin_keys or ()}
    found = (
        readable.filter(pk__in=keys).select_related("result__skp__employee", "period").in_bulk()
        if keys
        else {}
    )
    for row in rows:
        row.twins = without_repeats([told(found.get(twin)) for twin in row.twin_keys or ()])
    return rows


def told(evidence):
    if evidence is None:
        return Twin("bukti pegawai lain di unit ini")
    owner, result = evidence.result.skp.employee.name, evidence.result.statement
    return Twin(f"{owner}, {evidence.period}: {result[:80]}", evidence)


def without_repeats(twins):
    return list({twin.words: twin for twin in twins}.values())


def mark_twins(user, evidence):
    """Give each row its `twins` for evidence_list.html."""
    evidence = list(evidence)
    found = twins_of(user, evidence)
    for row in evidence:
        row.twins = found.get(row.pk, [])
    return evidence
