"""Which documents and objections a person finds, and what waits for him."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on, path_in
from agencies.people.reporting_line import indirect_subordinate_keys_on, subordinate_keys_on
from agencies.structure.models import Unit
from ambon_kinerja.workdays.calendar import working_days_between
from ambon_kinerja.workdays.queries import holidays_between

from .figures import Counts
from .models import BlindReading, Deadline, EvaluationDocument, Objection

Kind, Outcome, State = Deadline.Kind, Deadline.Outcome, EvaluationDocument.State
WITH_PEOPLE = ("employee", "unit", "signer", "holder", "evaluation__period", "evaluation__skp")


def visible_documents(user):
    """One's own; those of whom one appraises, and of whom those appraise; those in one's hands; those one signed after
    an objection; as personnel office and inspector those of the units."""
    person, today, visible = employee_of(user), timezone.localdate(), Q(pk__in=[])
    if person is not None:
        visible |= Q(employee=person) | Q(holder=person)
        visible |= Q(signer=person, form=EvaluationDocument.Form.AFTER_OBJECTION)
        visible |= Q(employee__in=subordinate_keys_on(person, today))
        visible |= Q(employee__in=indirect_subordinate_keys_on(person, today))
    paths = [grant.unit.path for grant in grants_on(user, today, Role.PERSONNEL_OFFICE, Role.INSPECTOR)]
    if paths:
        visible |= path_in(paths, "unit__")
    return EvaluationDocument.objects.filter(visible)


def with_running(kind):
    """Documents on which a term of this kind runs: what was superseded has none."""
    return Exists(Deadline.objects.filter(document=OuterRef("pk"), kind=kind, outcome=Outcome.RUNNING))


def documents_to_hand_over(person, today):
    """Signed by `person`, or by whoever appraised before him, and not handed over yet."""
    team = subordinate_keys_on(person, today)
    mine = Q(signer=person) | Q(form=EvaluationDocument.Form.BY_APPRAISER, employee__in=team)
    return EvaluationDocument.objects.filter(mine, with_running(Kind.HAND_OVER), state=State.SIGNED).exclude(
        employee=person
    )


def reports_to_pass_on(person, today):
    """In the hands of `person`, and ready: signed by the employee, already on its way, or he stayed silent."""
    return ready_reports(today).filter(holder=person)


def ready_reports(today):
    silent = Exists(
        Deadline.objects.filter(
            document=OuterRef("pk"), kind=Kind.RETURN, outcome=Outcome.RUNNING, due_on__lt=today
        )
    )
    ready = Q(state=State.RETURNED) | Q(reporting=EvaluationDocument.Reporting.UNDER_WAY) | silent
    return EvaluationDocument.objects.filter(ready, with_running(Kind.REPORT)).exclude(
        reporting=EvaluationDocument.Reporting.ARRIVED
    )


def stuck_reports(user, today, grants=None):
    """As personnel office: ready, and not here though their term is over; `grants` are his of today if read already."""
    grants = grants_on(user, today, Role.PERSONNEL_OFFICE) if grants is None else grants
    paths = [grant.unit.path for grant in grants if grant.role == Role.PERSONNEL_OFFICE]
    if not paths:
        return EvaluationDocument.objects.none()
    late = Exists(
        Deadline.objects.filter(
            document=OuterRef("pk"), kind=Kind.REPORT, outcome=Outcome.RUNNING, due_on__lt=today
        )
    )
    return ready_reports(today).filter(path_in(paths, "unit__"), late)


def visible_objections(user):
    """One's own; filed ones against one's rating or addressed to one; as office or inspector those of the units."""
    person, visible = employee_of(user), Q(pk__in=[])
    filed = ~Q(state=Objection.State.DRAFT)
    if person is not None:
        visible |= Q(employee=person) | filed & (Q(appraiser=person) | Q(decider=person))
    paths = [grant.unit.path for grant in grants_on(user, None, Role.PERSONNEL_OFFICE, Role.INSPECTOR)]
    if paths:
        visible |= filed & path_in(paths, "unit__")
    return Objection.objects.filter(visible).select_related("employee", "unit", "appraiser", "decider")


def readable_readings(user):
    """The cases drawn for `user`, by key; never who they are about."""
    person = employee_of(user)
    if person is None:
        return BlindReading.objects.none()
    return BlindReading.objects.filter(reader=person).exclude(state=BlindReading.State.NOBODY)


def latest_reading(objection):
    return objection.readings.order_by("-attempt").first()


def years_with_objections():
    """The years (WIT) in which objections were filed, the newest first. Past the wall: counts only."""
    days = Objection.objects.exclude(filed_at=None).datetimes("filed_at", "year", order="DESC")
    return [timezone.localtime(day).year for day in days]


def counts_in(year):
    """{name of agency: Counts} of the objections filed in `year`. Past the wall: counts only."""
    agencies = {agency.path: agency.name for agency in Unit.objects.agencies()}
    rows = list(
        Objection.objects.filter(filed_at__year=year)
        .exclude(state=Objection.State.MOOT)
        .values_list("unit__path", "state", "filed_at", "decided_at")
    )
    if not rows:
        return {}
    days = [timezone.localdate(moment) for row in rows for moment in row[2:] if moment]
    holidays, found = holidays_between(min(days), max(days)), {}
    for path, state, filed, decided in rows:
        name = next((words for start, words in agencies.items() if path.startswith(start)), "Kota Ambon")
        part = {"upheld": "upheld", "changed": "changed", "withdrawn": "withdrawn"}.get(state, "open")
        took = (
            (working_days_between(timezone.localdate(filed), timezone.localdate(decided), holidays=holidays),)
            if decided
            else ()
        )
        found[name] = found.get(name, Counts()).plus(Counts(**{part: 1}, days=took))
    return found
