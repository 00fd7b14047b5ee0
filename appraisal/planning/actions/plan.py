"""Making a plan, and what every change of one needs: the lock, the right, the counted version."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from agencies.people.models import Employee
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState
from ambon_kinerja.row_security import as_service

from ..completeness import gaps_in
from ..duty import audience_for, is_of_another_post, posting_on, why_no_plan
from ..figures import target_in_words
from ..models import Indicator, Skp
from ..rules import EDITABLE, is_owner, may_choose_approach, may_choose_audience, person_of
from ..terms import whole_year

FIRST_YEAR = 2022  # PermenPANRB 6/2022 is in force since February 2022


class PlanIncomplete(StepRefused):
    """The plan cannot be submitted yet; `gaps` is a list of (where, what) in Indonesian."""

    def __init__(self, gaps):
        self.gaps = gaps
        super().__init__("SKP belum lengkap.")


class Conflict(Exception):
    """The plan changed since it was read.

    `stored` is the result as it is now (None for a new one); `sent` the new text, as `content_of` gives a result.
    """

    def __init__(self, *, stored, sent):
        self.stored, self.sent = stored, sent
        super().__init__("SKP ini sudah diubah sejak Anda membukanya.")


@transaction.atomic
def draft_skp(employee, *, year, by):
    """The employee's plan of `year` for the post he holds: a new draft, or the plan that exists already.

    Who came to another post during the year plans anew from that day on; the plan before ends the day before.
    """
    person = person_of(by)
    if person is None or person.pk != employee.pk:
        raise NotAllowed("SKP hanya bisa dibuat oleh pegawai yang bersangkutan.")
    today = timezone.localdate()
    if reason := why_no_plan(employee, today):
        raise StepRefused(reason)
    if not FIRST_YEAR <= year <= today.year + 1:
        raise StepRefused(f"Tahun SKP harus antara {FIRST_YEAR} dan {today.year + 1}.")
    posting = posting_on(employee, min(today, date(year, 12, 31)))
    if posting is None:
        raise StepRefused("Jabatan definitif Anda belum tercatat. Hubungi admin kepegawaian unit Anda.")
    Employee.objects.select_for_update(of=("self",)).get(pk=employee.pk)  # two clicks wait for each other
    begins = posting.first_day_in(year)
    before = Skp.objects.plans().filter(employee=employee, year=year).order_by("-starts_on").first()
    if before is not None:
        if not is_of_another_post(before, posting):
            return before
        end_plan(before, begins - timedelta(1), by)
    skp = Skp.objects.create(
        employee=employee,
        **whole_year(year) | {"starts_on": begins},
        audience=audience_for(posting.post),
        unit=posting.post.unit,
        post_name=posting.post.name,
        rank=employee.rank,
    )
    record_event("skp.draft", skp, by=by, details={"year": year})
    return skp


def end_plan(skp, day, by):
    """Let a plan and what adjusts it end on `day`, because its owner holds another post from the next day on."""
    with as_service():  # its owner may not touch an agreed plan; only its last day changes, and only here
        Skp.objects.filter(Q(pk=skp.pk) | Q(adjusts=skp)).update(ends_on=day)
    record_event("skp.end", skp, by=by, details={"ends_on": day.isoformat()})


@transaction.atomic
def choose_format(skp, *, by, approach, audience=None):
    """Set the approach, and as appraiser the audience (None: as it is), until the plan is agreed.

    Raises PlanIncomplete when a plan that was submitted would lack what the other format asks for. With the
    qualitative approach a target becomes part of the narrative (page 50), so that not a word of it is lost.
    """
    locked = locked_plan(skp)
    if not may_choose_approach(by, locked):
        raise NotAllowed("Format SKP ini tidak bisa Anda ubah sekarang.")
    audience = audience or locked.audience
    if audience != locked.audience and not may_choose_audience(by, locked):
        raise NotAllowed("Hanya pejabat penilai yang bisa mengubah format bagi.")
    if (approach, audience) == (locked.approach, locked.audience):
        return locked
    if approach == Skp.Approach.QUALITATIVE and not locked.is_qualitative:
        put_targets_into_words(locked)
    locked.approach, locked.audience = approach, audience
    locked.save(update_fields=["approach", "audience"])
    if locked.state not in EDITABLE and (gaps := gaps_in(locked)):
        raise PlanIncomplete(gaps)
    count_change(locked)
    record_event("skp.choose_format", locked, by=by, details={"approach": approach, "audience": audience})
    return locked


def put_targets_into_words(skp):

    rows = list(Indicator.objects.filter(result__skp=skp, withdrawn_on=None))
    for row in rows:
        if row.is_numeric or row.target_text:
            row.statement = f"{row.statement.rstrip('. ')}: {target_in_words(row)}"
        row.target_low = row.target_high = None
        row.direction, row.unit, row.target_text = Indicator.Direction.HIGHER, "", ""
    Indicator.objects.bulk_update(
        rows, ["statement", "direction", "target_low", "target_high", "unit", "target_text"]
    )


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
