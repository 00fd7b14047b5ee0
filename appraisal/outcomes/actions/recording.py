"""What the personnel office enters from papers: particulars, initial credit, past results, potentials."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from appraisal.cycle.models import Period
from appraisal.scoring.models import Evaluation

from ..models import CreditBalance, CreditParticulars, PastResult, PotentialAssessment
from ..rules import may_prepare

NO_RIGHT = "Data ini hanya dicatat BKPSDM unit pegawai ini."
TWICE = {
    "one_balance_per_employee_and_level": (
        "Angka kredit awal jenjang ini sudah dicatat. Batalkan yang lama lebih dahulu."
    ),
    "one_past_result_per_employee_and_year": "Hasil tahun ini sudah dicatat. Batalkan yang lama lebih dahulu.",
    "one_potential_per_employee_and_day": "Asesmen tanggal ini sudah dicatat. Batalkan yang lama lebih dahulu.",
}
VERBS = {
    CreditBalance: "creditbalance",
    PastResult: "pastresult",
    PotentialAssessment: "potentialassessment",
}


class Conflict(StepRefused):
    """Somebody has changed the record meanwhile; `stored` is how it stands now."""

    def __init__(self, stored):
        super().__init__("Data ini diubah orang lain.")
        self.stored = stored


def office_only(by, employee, unit):
    if not may_prepare(by, employee, unit):
        raise NotAllowed(NO_RIGHT)


@transaction.atomic
def save_particulars(employee, *, unit, by, version, **facts):
    """`version`: the one that was shown, 0 when there was none. Raises Conflict."""
    office_only(by, employee, unit)
    stored = CreditParticulars.objects.select_for_update().filter(employee=employee).first()
    if (stored.version if stored else 0) != version:
        raise Conflict(stored)
    record = stored or CreditParticulars(employee=employee, version=0)
    for name, value in facts.items():
        setattr(record, name, value)
    record.version, record.saved_by = version + 1, by
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError:  # two first saves at once
        raise Conflict(CreditParticulars.objects.get(employee=employee)) from None
    record_event("creditparticulars.save", record, by=by)
    return record


def record_balance(employee, *, unit, by, **facts):
    """The credit an official brings, with its decree. Raises StepRefused."""
    office_only(by, employee, unit)
    return recorded(CreditBalance, employee, by, facts)


def record_past_result(employee, *, unit, by, **facts):
    """A year that was appraised elsewhere. Raises StepRefused when the system has its own result of that year."""
    office_only(by, employee, unit)
    return recorded_result(employee, by, facts)


def recorded_result(employee, by, facts):
    own = Evaluation.objects.decided().filter(
        skp__employee=employee, period__year=facts["year"], period__cadence=Period.Cadence.ANNUAL
    )
    if own.exists():
        raise StepRefused(f"Hasil tahun {facts['year']} sudah ada di sistem ini.")
    return recorded(PastResult, employee, by, facts)


@transaction.atomic
def record_past_results(rows, *, by):
    """Many at once, all or none: [(employee, unit, facts)]. Raises StepRefused, with the number of the row."""
    for number, (employee, unit, facts) in enumerate(rows, start=1):
        try:
            office_only(by, employee, unit)
            recorded_result(employee, by, facts)
        except StepRefused as refusal:
            raise StepRefused(f"Baris {number}: {refusal}") from None
    return len(rows)


def record_potential(employee, *, unit, by, **facts):
    """The potential as an assessment found it. Raises StepRefused."""
    office_only(by, employee, unit)
    return recorded(PotentialAssessment, employee, by, facts)


@transaction.atomic
def recorded(model, employee, by, facts):
    try:
        with transaction.atomic():
            record = model.objects.create(employee=employee, recorded_by=by, **facts)
    except IntegrityError as error:
        words = next((words for name, words in TWICE.items() if name in str(error)), "")
        if not words:
            raise
        raise StepRefused(words) from None
    record_event(f"{VERBS[model]}.record", record, by=by)
    return record


@transaction.atomic
def take_back(record, *, unit, reason, by):
    """What was recorded by mistake: kept, marked, and counted no longer. Raises StepRefused."""
    office_only(by, record.employee, unit)
    current = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    if current.is_withdrawn:
        raise StepRefused("Catatan ini sudah dibatalkan.")
    current.withdrawn_at, current.withdrawn_by = timezone.now(), by
    current.withdrawn_reason = reason.strip()
    current.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    record_event(f"{VERBS[type(record)]}.take_back", current, by=by, reason=reason.strip())
    return current
