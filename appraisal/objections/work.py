"""The lines of the start page about documents and objections (appraisal/cycle/work.py says how)."""

from django.db.models import BooleanField, Case, Count, Exists, Min, OuterRef, Q, Value, When
from django.urls import reverse

from agencies.access.scope import employee_of
from appraisal.cycle.work import WorkItem

from .models import Deadline, EvaluationDocument, Objection

Kind, State = Deadline.Kind, EvaluationDocument.State
# (kind of term, is it this person's own): (label, url name, words in the address)
LINES = {
    (Kind.HAND_OVER, True): ("Serahkan dokumen evaluasi", "appraisal:document-list", "?bagian=serahkan"),
    (Kind.RETURN, True): ("Terima dan tandatangani dokumen evaluasi Anda", "appraisal:document-list", ""),
    (Kind.READ, True): ("Nilai sebagai pembaca kedua", "appraisal:objection-list", "?bagian=pembaca"),
    (Kind.DECIDE, True): ("Putuskan keberatan pegawai", "appraisal:objection-list", "?bagian=putuskan"),
    (Kind.DECIDE, False): (
        "Jelaskan penilaian Anda atas keberatan",
        "appraisal:objection-list",
        "?bagian=jelaskan",
    ),
    (Kind.REPORT, True): ("Laporkan dokumen evaluasi ke atas", "appraisal:document-report", ""),
}


def worklist_lines(user, today):
    """Named in settings.WORK_LISTS. One query."""
    person, items = employee_of(user), []
    if person is not None:
        for kind, is_own, count, due in waiting(person):
            label, name, section = LINES[kind, is_own]
            items.append(WorkItem(label, reverse(name) + section, f"{count} menunggu", due=due))
    return items


def waiting(person):
    """[(kind, is it his own, how many, first day due)] of the terms that ask something of `person` now."""
    to_explain = Objection.objects.filter(
        document=OuterRef("document"), state=Objection.State.FILED, appraiser=person, explained_at=None
    )
    ready = Q(document__state=State.RETURNED) | Q(document__reporting=EvaluationDocument.Reporting.UNDER_WAY)
    mine = Q(owner=person) & ~Q(kind__in=(Kind.OBJECT, Kind.SIGN)) & (~Q(kind=Kind.REPORT) | ready)
    is_own = Case(When(owner=person, then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = (
        Deadline.objects.filter(outcome=Deadline.Outcome.RUNNING)
        .filter(mine | Q(Exists(to_explain), kind=Kind.DECIDE))
        .annotate(is_own=is_own)
        .order_by()
        .values_list("kind", "is_own")
        .annotate(Count("pk"), Min("due_on"))
    )
    return list(rows)
