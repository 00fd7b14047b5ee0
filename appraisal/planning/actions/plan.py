"""Making a plan, filling it, and bringing it to agreement."""

from datetime import date

from django.db import transaction
from django.db.models import F, Max
from django.urls import reverse
from django.utils import timezone

from agencies.people.reporting_line import definitive_assignment_on
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState, take
from ambon_kinerja.notices.actions import tell

from ..completeness import gaps_in
from ..models import Indicator, Skp, SpecialExpectation, WorkResult
from ..queries import results_to_support
from ..rules import EDITABLE, appraiser_today, is_appraiser_today, is_owner, may_have_plan, person_of
from ..states import AGREE, RETURN, SUBMIT, WITHDRAW
from ..terms import whole_year

FIRST_YEAR = 2022  # PermenPANRB 6/2022 is in force since February 2022


class PlanIncomplete(StepRefused):
    """The plan cannot be submitted yet; `gaps` is a list of (where, what) in Indonesian."""

    def __init__(self, gaps):
        self.gaps = gaps
        super().__init__("SKP belum lengkap.")


class Conflict(Exception):
    """The plan changed since it was read.

    `stored` is the result as it is now (None for a new one); `sent` the new text, a dict with kind,
    statement, parent, assigned_by and indicators, as `save_result` got them.
    """

    def __init__(self, *, stored, sent):
        self.stored, self.sent = stored, sent
        super().__init__("SKP ini sudah diubah sejak Anda membukanya.")


@transaction.atomic
def draft_skp(employee, *, year, by):
    """The employee's plan of `year`: a new draft, or the plan that exists already."""
    person = person_of(by)
    if person is None or person.pk != employee.pk:
        raise NotAllowed("SKP hanya bisa dibuat oleh pegawai yang bersangkutan.")
    if not may_have_plan(employee):
        raise StepRefused("Pejabat negara tidak menyusun SKP.")
    today = timezone.localdate()
    if not FIRST_YEAR <= year <= today.year + 1:
        raise StepRefused(f"Tahun SKP harus antara {FIRST_YEAR} dan {today.year + 1}.")
    assignment = definitive_assignment_on(employee, min(today, date(year, 12, 31)))
    if assignment is None:
        raise StepRefused("Jabatan definitif Anda belum tercatat. Hubungi admin kepegawaian unit Anda.")
    skp, is_new = Skp.objects.plans().get_or_create(
        employee=employee,
        **whole_year(year),
        defaults={"unit": assignment.post.unit, "post_name": assignment.post.name, "rank": employee.rank},
    )
    if is_new:
        record_event("skp.draft", skp, by=by, details={"year": year})
    return skp


@transaction.atomic
def save_result(
    skp, *, by, version, kind, statement, parent=None, indicators=(), result=None, assigned_by=""
):
    """Add a result, or replace the text and indicators of `result`; returns it as stored.

    `indicators`: dicts with aspect, statement, direction, target_low, target_high (None: same as low), unit.
    Raises Conflict when the plan is no longer at `version`, unless just this text is stored already.
    """
    locked = locked_for_edit(skp, by)
    indicators = [complete_indicator(one) for one in indicators]
    sent = {
        "kind": kind,
        "statement": statement.strip(),
        "parent": parent,
        "assigned_by": assigned_by.strip(),
        "indicators": indicators,
    }
    if result is not None:
        result = locked.results.filter(pk=result.pk).first()
        if result is None and locked.version == version:
            raise StepRefused("Hasil kerja ini tidak ada lagi di SKP Anda.")
    if locked.version != version:
        twin = stored_twin(locked, result, sent)
        if twin is None:
            raise Conflict(stored=result, sent=sent)
        return twin
    if parent is not None and not results_to_support(locked).filter(pk=parent.pk).exists():
        raise StepRefused("Hasil kerja pimpinan yang dipilih tidak ada di daftar atasan Anda.")
    stored = write_result(locked, result, sent)
    count_change(locked)
    record_event(
        "skp.save_result",
        stored,
        by=by,
        details={"skp": locked.pk, "version": locked.version, "new": result is None},
    )
    skp.version = locked.version
    return stored


@transaction.atomic
def remove_result(result, *, by, version=None):
    """Take a result out of its plan. Raises Conflict when the plan is not at `version` (None: whichever)."""
    skp = locked_for_edit(result.skp, by)
    stored = skp.results.filter(pk=result.pk).first()
    if stored is None:
        raise StepRefused("Hasil kerja ini sudah dihapus.")
    if version is not None and skp.version != version:
        raise Conflict(stored=stored, sent={})
    if stored.children.exists():
        raise StepRefused("Hasil kerja ini dipakai SKP bawahan Anda, jadi tidak bisa dihapus.")
    record_event("skp.remove_result", stored, by=by, details={"skp": skp.pk, "statement": stored.statement})
    stored.delete()
    count_change(skp)


@transaction.atomic
def set_expectation(skp, *, value, text, by):
    """What the appraiser expects of one of the seven values; an empty text takes it back (returns None)."""
    locked = locked_plan(skp)
    if locked.state == Skp.State.AGREED:
        raise WrongState("SKP sudah disepakati, jadi ekspektasi khusus tidak bisa diubah.")
    if not is_appraiser_today(by, locked):
        raise NotAllowed("Ekspektasi khusus hanya diisi oleh pejabat penilai.")
    text = text.strip()
    if text:
        expectation, _ = SpecialExpectation.objects.update_or_create(
            skp=locked, value=value, defaults={"text": text}
        )
    else:
        locked.expectations.filter(value=value).delete()
        expectation = None
    count_change(locked)
    record_event("skp.set_expectation", locked, by=by, details={"value": value.name, "text": text})
    return expectation


@transaction.atomic
def submit_skp(skp, *, by):
    """Hand the plan to today's appraiser. Raises PlanIncomplete with the list of gaps."""
    submitted = take(SUBMIT, skp, by=by, changes={"submitted_at": timezone.now()})
    if gaps := gaps_in(submitted):
        raise PlanIncomplete(gaps)
    tell(
        appraiser_today(submitted).user,
        subject=f"SKP {submitted.year} {submitted.employee} menunggu Anda",
        body="Baca SKP ini, lalu sepakati atau kembalikan dengan alasan.",
        path=page_of(submitted),
    )
    return submitted


@transaction.atomic
def withdraw_skp(skp, *, by):
    return take(WITHDRAW, skp, by=by, changes={"submitted_at": None})


@transaction.atomic
def return_skp(skp, *, by, reason):
    returned = take(RETURN, skp, by=by, reason=reason)
    tell(
        returned.employee.user,
        subject=f"SKP {returned.year} Anda dikembalikan",
        body=f"Alasan pejabat penilai: {reason.strip()}",
        path=page_of(returned),
    )
    return returned


@transaction.atomic
def agree_skp(skp, *, by, version=None):
    """Agree to the plan as it was read: Conflict when it is not at `version` (None: whichever it is)."""
    if version is not None and locked_plan(skp).version != version:
        raise Conflict(stored=None, sent={})
    agreed = take(AGREE, skp, by=by, changes={"appraiser": person_of(by), "agreed_at": timezone.now()})
    tell(
        agreed.employee.user,
        subject=f"SKP {agreed.year} Anda disepakati",
        body=f"{agreed.appraiser} menyepakati SKP Anda. SKP ini menjadi dasar penilaian tahun {agreed.year}.",
        path=page_of(agreed),
    )
    return agreed


def page_of(skp):
    return reverse("appraisal:skp-detail", args=[skp.pk])


def locked_plan(skp):
    return Skp.objects.select_for_update(of=("self",)).get(pk=skp.pk)


def locked_for_edit(skp, by):
    """The plan, locked, if `by` may change its results now: state first, then right, as `take` does."""
    locked = locked_plan(skp)
    if locked.state not in EDITABLE:
        raise WrongState(f"SKP dalam keadaan “{locked.get_state_display()}”, jadi tidak bisa diubah.")
    if not is_owner(by, locked):
        raise NotAllowed("SKP hanya bisa diubah oleh pegawai yang bersangkutan.")
    return locked


def count_change(locked):
    Skp.objects.filter(pk=locked.pk).update(version=F("version") + 1)
    locked.version += 1


def complete_indicator(indicator):
    """An indicator with both bounds; unless it is a range they are equal."""
    low, high = indicator["target_low"], indicator.get("target_high")
    if indicator["direction"] != Indicator.Direction.RANGE or high is None:
        high = low
    return indicator | {"statement": indicator["statement"].strip(), "target_low": low, "target_high": high}


def stored_twin(skp, result, sent):
    """The stored result that says just what was sent: a button pressed twice loses and doubles nothing."""
    candidates = [result] if result is not None else skp.results.all()
    return next((one for one in candidates if content_of(one) == sent), None)


def content_of(result):
    """A stored result as `save_result` is given it, to be compared and shown."""
    fields = ("aspect", "statement", "direction", "target_low", "target_high", "unit")
    return {
        "kind": result.kind,
        "statement": result.statement,
        "parent": result.parent,
        "assigned_by": result.assigned_by,
        "indicators": [{name: getattr(one, name) for name in fields} for one in result.indicators.all()],
    }


def write_result(skp, result, sent):
    stored = result or WorkResult(skp=skp)
    if stored.pk is None or stored.kind != sent["kind"]:
        last = skp.results.filter(kind=sent["kind"]).aggregate(last=Max("position"))["last"]
        stored.position = (last or 0) + 1
    for name in ("kind", "statement", "parent", "assigned_by"):
        setattr(stored, name, sent[name])
    stored.save()
    stored.indicators.all().delete()
    Indicator.objects.bulk_create(
        Indicator(result=stored, position=position, **one)
        for position, one in enumerate(sent["indicators"], start=1)
    )
    return stored
