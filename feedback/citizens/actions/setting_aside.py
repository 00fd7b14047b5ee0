"""Answers that do not count for now, and the decision whether they shall. Nothing is deleted."""

from django.db import transaction

from ambon_kinerja.lifecycle.steps import StepRefused, take

from ..models import Mark, NetworkTrace, SetAside, SurveyResponse
from ..states import EXCLUDE, RECONSIDER, RELEASE
from .answers import in_order, reasons_among
from .writing import waiting_group

STEPS = {step.name: step for step in (RELEASE, EXCLUDE, RECONSIDER)}
STANDING = {
    SetAside.State.WAITING: SurveyResponse.State.QUARANTINED,
    SetAside.State.RELEASED: SurveyResponse.State.COUNTED,
    SetAside.State.EXCLUDED: SurveyResponse.State.EXCLUDED,
}


class HasChanged(StepRefused):
    """More answers have come into the group since the page was opened; `now` says how many there are."""

    def __init__(self, seen, now):
        super().__init__(
            f"Jumlahnya berubah dari {seen} menjadi {now} sejak halaman ini dibuka. Periksa lagi."
        )
        self.now = now


@transaction.atomic
def decide(group, *, step, by, reason, seen):
    """Let the answers of a group count again, not count, or wait once more; `seen` is how many the page showed.

    Raises StepRefused (WrongState, NotAllowed, HasChanged).
    """
    if step == RECONSIDER.name and twin_of(group).exists():
        raise StepRefused("Jawaban lain dengan sebab yang sama masih menunggu keputusan. Putuskan itu dulu.")
    decided = take(STEPS[step], group, by=by, reason=reason)
    moved = SurveyResponse.objects.filter(set_aside=decided).update(state=STANDING[decided.state])
    if moved != seen:
        raise HasChanged(seen, moved)
    return decided


def twin_of(group):
    waiting = SetAside.objects.filter(state=SetAside.State.WAITING)
    return waiting.filter(service=group.service_id, day=group.day, reasons=group.reasons)


def set_aside_batch(service, origin, *, day):
    """The earlier answers of one device join the later ones that gave it away; those with a code stay counted."""
    traces = NetworkTrace.objects.filter(
        device=origin.device, kind=NetworkTrace.Kind.SENDING, service=service
    )
    batch = SurveyResponse.objects.filter(
        pk__in=traces.values("response"),
        answered_on=day,
        with_code=False,
        state=SurveyResponse.State.COUNTED,
        set_aside=None,
    )
    for response in batch.select_for_update(of=("self",)).order_by("pk"):
        marks = in_order({*response.marks, Mark.SAME_DEVICE})
        SurveyResponse.objects.filter(pk=response.pk).update(
            marks=marks,
            state=SurveyResponse.State.QUARANTINED,
            set_aside=waiting_group(service, day, reasons_among(marks)),
        )
