"""Whose turn it is to rate an employee for a period, and in which role (page 89–92). Nothing here writes."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from agencies.people.models import Employee
from agencies.people.reporting_line import (
    AMBIGUOUS,
    appraiser_keys_on,
    appraiser_on,
    definitive_assignment_on,
    superior_of_appraiser_on,
)
from ambon_kinerja.workdays.queries import working_day_after
from appraisal.rulebook.queries import value_on

from ..models import Evaluation

RatedBy = Evaluation.RatedBy
SUPERIOR_DAYS = "superior_sign_working_days"
SILENT = "Pejabat penilai tidak menilai sampai masa penilaian berakhir, maka atasannya yang menilai."
MOVED = "Pejabat penilai pindah di dalam masa penilaian, maka ia masih menilai pegawai di unit lamanya."


@dataclass(frozen=True)
class Turn:
    """`person` (None: nobody) rates until the end of `until`; `why` says what is out of the ordinary, or ""."""

    person: Employee | None
    role: str
    until: date
    why: str = ""

    @property
    def is_of_the_superior(self):
        return self.why == SILENT

    @property
    def is_of_who_moved(self):
        return self.why == MOVED


def turn_in(skp, period, *, evaluation=None, day=None):
    """The Turn for a plan in a period on `day` (today in WIT if None).

    Within the window the appraiser of the day; he who led until he was moved within it (page 91 no. 14); after it
    the appraiser's own superior for some working days (page 90 no. 11, page 115 no. 8); a revision goes to whoever has
    the role in which the old result was rated.
    """
    today = day or timezone.localdate()
    if evaluation is not None and evaluation.open_until:
        return turn_to_revise(skp, evaluation, today)
    if period.is_over():
        until = superiors_last_day(period)
        person = superior_of_appraiser_on(skp.employee, today) if today <= until else None
        return Turn(person, RatedBy.SUPERIOR, until, SILENT)
    if moved := who_moved_within(skp.employee, period, today):
        return Turn(moved, RatedBy.APPRAISER, period.last_day, MOVED)
    person = appraiser_on(skp.employee, today)
    return Turn(person, role_of(person, skp), period.last_day)


def turn_to_revise(skp, evaluation, today):
    if evaluation.replaces is not None and evaluation.replaces.rated_by_role == RatedBy.SUPERIOR:
        return Turn(
            superior_of_appraiser_on(skp.employee, today), RatedBy.SUPERIOR, evaluation.open_until, SILENT
        )
    person = appraiser_on(skp.employee, today)
    return Turn(person, role_of(person, skp), evaluation.open_until)


def superiors_last_day(period):
    """The last day on which the superior of a silent appraiser rates."""
    return working_day_after(period.last_day, value_on(SUPERIOR_DAYS, period.last_day))


def role_of(person, skp):
    """The head of the region rates high officials and heads of independent units for good (page 90 no. 12 c and e)."""
    elected = person is not None and person.kind == Employee.Kind.OFFICIAL
    return RatedBy.REGIONAL_HEAD if elected and skp.is_for_leader else RatedBy.APPRAISER


def who_moved_within(employee, period, today):
    """Who led the employee until he was moved to another post on a day of the window, or None.

    Not when the employee himself was moved: then his new appraiser rates (page 91 no. 13); and not when the one who
    led has left the service or only acted for somebody (page 89 no. 6).
    """
    if today < period.first_day:
        return None
    eve = period.first_day - timedelta(days=1)
    former = appraiser_keys_on([employee.pk], eve).get(employee.pk)
    if former in (None, AMBIGUOUS) or former == appraiser_keys_on([employee.pk], today).get(employee.pk):
        return None
    if not stayed_in_post(employee, eve, today) or stayed_in_post(former, eve, today):
        return None
    return Employee.objects.select_related("user").get(pk=former) if holds_a_post(former, today) else None


def stayed_in_post(employee, eve, today):
    before, after = (definitive_assignment_on(employee, day) for day in (eve, today))
    return before is not None and after is not None and before.post_id == after.post_id


def holds_a_post(employee, today):
    return definitive_assignment_on(employee, today) is not None
