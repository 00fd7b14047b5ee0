"""Opening a pile of paper, saying what its numbers ask, and the steps of its life."""

from django.db import transaction
from django.utils import timezone

from agencies.structure.refusals import NotPossible
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import StepRefused, take
from feedback.citizens.actions import NotOpen, WrongAnswers, record_response
from feedback.citizens.models import SurveyResponse
from feedback.citizens.queries import elements_of, questionnaire_on

from ..columns import columns_of, day_from, differences, profile_from
from ..models import PaperBatch, PaperMismatch, PaperQuestion, PaperSheet, SheetKeying
from ..queries import is_judged_at
from ..rules import fills_in, may_key
from ..states.batches import ACCEPT, CANCEL, FINISH_FIRST, FINISH_SECOND

JUDGED = "Anda atau rekan satu garis atasan bertugas di loket ini pada hari-hari itu. Minta orang lain mengetiknya."


@transaction.atomic
def open_batch(*, service, counter, first_day, last_day, sheets, by, note=""):
    """A new batch with its numbered sheets, and the numbers of the official form. Raises NotPossible."""
    if not fills_in(by, service.unit):
        raise NotPossible("Anda tidak mengisi untuk layanan ini.", "service")
    if counter is not None and counter.service_id != service.pk:
        raise NotPossible("Loket ini milik layanan lain.", "counter")
    if is_judged_at(by, service=service, counter=counter, first_day=first_day, last_day=last_day):
        raise NotPossible(JUDGED, "counter" if counter else "service")
    questionnaire = questionnaire_on(last_day, service)
    if questionnaire is None or questionnaire_on(first_day, service) != questionnaire:
        raise NotPossible("Kuesioner berganti di antara hari-hari itu. Pisahkan lembarnya.", "last_day")
    batch = PaperBatch.objects.create(
        service=service,
        counter=counter,
        questionnaire=questionnaire,
        first_day=first_day,
        last_day=last_day,
        sheet_count=sheets,
        note=note,
        opened_by=by,
    )
    PaperSheet.objects.bulk_create(PaperSheet(batch=batch, number=number) for number in range(1, sheets + 1))
    PaperQuestion.objects.bulk_create(
        PaperQuestion(batch=batch, number=number, element=question.element)
        for number, question in enumerate(questionnaire.questions.all(), 1)
    )
    record_event("paper.open", batch, by=by, details={"service": service.slug, "sheets": sheets})
    return batch


@transaction.atomic
def number_questions(batch, *, numbers, by):
    """Say what each number on the paper asks: `numbers` is {number: element}. Raises NotPossible once keying began."""
    locked = lock(batch)
    if not may_key(by, locked):
        raise NotPossible(JUDGED)
    if SheetKeying.objects.filter(sheet__batch=locked).exists():
        raise NotPossible("Lembar sudah mulai diketik, jadi nomornya tidak dapat diubah lagi.", "row")
    if sorted(numbers.values()) != sorted(elements_of(locked.questionnaire)):
        raise NotPossible("Setiap unsur harus punya tepat satu nomor.")
    locked.questions.all().delete()
    PaperQuestion.objects.bulk_create(
        PaperQuestion(batch=locked, number=number, element=element) for number, element in numbers.items()
    )
    record_event("paper.number", locked, by=by, details={"numbers": numbers})
    return locked


@transaction.atomic
def finish_round(batch, *, by):
    """First keying → second → comparing, once every sheet is keyed. Raises StepRefused."""
    locked = lock(batch)
    number = locked.round or 2
    step = FINISH_FIRST if number == 1 else FINISH_SECOND
    keyed = SheetKeying.objects.filter(sheet__batch=locked, round=number).count()
    if locked.round and keyed < locked.sheet_count:
        raise StepRefused(f"Masih ada {locked.sheet_count - keyed} lembar yang belum diketik.")
    taken = take(step, locked, by=by)
    if step is FINISH_SECOND:
        list_mismatches(taken)
    return taken


def list_mismatches(batch):
    """One row for each sheet and column that two people read differently."""
    columns = columns_of(batch, elements_of(batch.questionnaire))
    PaperMismatch.objects.bulk_create(
        PaperMismatch(sheet=sheet, column=column, first=first, second=second)
        for sheet, one, other in readings_of(batch)
        for column, first, second in differences(columns, one, other)
    )


def readings_of(batch):
    """(sheet, first reading, second reading) of each sheet, in two queries."""
    for sheet in batch.sheets.prefetch_related("keyings"):
        read = {keying.round: keying.keyed for keying in sheet.keyings.all()}
        yield sheet, read.get(1, {}), read.get(2, {})


@transaction.atomic
def accept_batch(batch, *, by):
    """Let the sheets count, all at once; returns how many did. A sheet without an answer is no answer.

    Raises StepRefused while a difference is open, when the batch was accepted already, or the service is closed.
    """
    open_ones = PaperMismatch.objects.filter(sheet__batch=lock(batch), resolved_at=None).count()
    if open_ones:
        raise StepRefused(f"Masih ada {open_ones} perbedaan yang belum diperiksa di kertas.")
    accepted = take(ACCEPT, batch, by=by, changes={"accepted_at": timezone.now()})
    elements = elements_of(accepted.questionnaire)
    counted = 0
    for sheet, keyed in agreed_readings(accepted):
        answers = {element: keyed[element] for element in elements if keyed.get(element)}
        if answers:
            let_count(accepted, sheet, keyed, answers)
            counted += 1
    return counted


def let_count(batch, sheet, keyed, answers):
    day = day_from(keyed, batch)
    try:
        record_response(
            batch.service,
            answers=answers,
            sending_key=f"paper-{batch.pk}-{sheet.number}",
            profile=profile_from(keyed),
            answered_on=day,
            mode=SurveyResponse.Mode.PAPER,
            counter=batch.counter,
        )
    except (NotOpen, WrongAnswers) as refused:
        raise StepRefused(f"Lembar {sheet.number}: {refused}") from refused


def agreed_readings(batch):
    """(sheet, {column: digit}) as both read it, or as a third look found it on the paper."""
    found = {}
    for mismatch in PaperMismatch.objects.filter(sheet__batch=batch):
        found.setdefault(mismatch.sheet_id, {})[mismatch.column] = mismatch.on_paper
    for sheet, first, _ in readings_of(batch):
        read = first | found.get(sheet.pk, {})
        yield sheet, {column: digit for column, digit in read.items() if digit is not None}


def cancel_batch(batch, *, by, reason):
    """Nothing of it will count; what was keyed stays readable. Raises StepRefused."""
    return take(CANCEL, batch, by=by, reason=reason)


def lock(batch):
    return PaperBatch.objects.select_for_update(of=("self",)).select_related("service__unit").get(pk=batch.pk)
