"""What somebody may reach of the room, and at which counters he is judged."""

from django.contrib.postgres.fields import DateRangeField
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import CharField, Count, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.expressions import Func, Value
from django.utils import timezone

from agencies.access.scope import employee_of, path_in
from agencies.people.reporting_line import whole_line_keys_on
from feedback.services.models import Counter, CounterDuty, Service
from feedback.services.queries import managed_paths

from .models import AssistedTally, Enumerator, KioskDevice, PaperBatch, PaperSheet, SheetKeying

# --- in which units ------------------------------------------------------------------------------


def working_paths(user, day=None):
    """The units in which `user` fills in and keys: those he manages and those he is an enumerator of."""
    day, person = day or timezone.localdate(), employee_of(user)
    named = (
        Enumerator.objects.filter(employee=person, term__contains=day)
        if person
        else Enumerator.objects.none()
    )
    return [*managed_paths(user), *named.values_list("unit__path", flat=True)]


def managed_kiosks(user):
    return KioskDevice.objects.filter(path_in(managed_paths(user), "service__unit__"))


def managed_enumerators(user):
    return Enumerator.objects.filter(path_in(managed_paths(user), "unit__"))


def managed_tallies(user):
    return AssistedTally.objects.filter(path_in(managed_paths(user), "service__unit__"))


def enumerator_terms(person, day):
    """The terms of `person` that run on `day`; named in settings.NAVIGATION_TRAITS."""
    return Enumerator.objects.filter(employee=person, term__contains=day)


def is_at_work(user):
    """Does the menu lead `user` here?"""
    return bool(working_paths(user))


# --- who is judged where -------------------------------------------------------------------------


def judging_duties(user, first_day, last_day):
    """The duties in these days that make `user` one who is judged: his own, and those of people in his line today."""
    person = employee_of(user)
    if person is None:
        return CounterDuty.objects.none()
    line = whole_line_keys_on(person, timezone.localdate())
    return CounterDuty.objects.filter(employee__in=line, term__overlap=DateRange(first_day, last_day, "[]"))


def is_judged_at(user, *, service, counter, first_day, last_day):
    """Is `user`, or somebody in his line, on duty at `counter` (None: at any counter of the service) in these days?"""
    duties = judging_duties(user, first_day, last_day)
    where = {"counter": counter} if counter else {"counter__service": service}
    return duties.filter(**where).exists()


# --- filling in for somebody ---------------------------------------------------------------------


def counters_to_assist(user, day):
    """The counters at which `user` is not judged on `day`."""
    return Counter.objects.filter(is_active=True).exclude(
        pk__in=judging_duties(user, day, day).values("counter")
    )


def services_to_assist(user, day):
    """The open services `user` may fill in for: one with counters needs one at which he is not judged."""
    counters = Counter.objects.filter(service=OuterRef("pk"), is_active=True)
    free = counters_to_assist(user, day).filter(service=OuterRef("pk"))
    return Service.objects.filter(
        ~Exists(counters) | Exists(free), path_in(working_paths(user, day), "unit__"), is_open=True
    )


# --- paper ---------------------------------------------------------------------------------------


def services_on_paper(user):
    return Service.objects.filter(path_in(working_paths(user), "unit__"))


def visible_batches(user):
    """The batches of `user`'s units by which neither he nor his line is judged."""
    return batches_in(working_paths(user), user)


def batches_in(paths, user):
    """Those below `paths` by which neither `user` nor anybody in his line today is judged. Asks nothing itself."""
    return not_judging(PaperBatch.objects.filter(path_in(paths, "service__unit__")), user)


def not_judging(batches, user):
    """Those of `batches` by which neither `user` nor anybody in his line today is judged. Asks nothing itself."""
    person = employee_of(user)
    if person is None:
        return batches
    days = Func(
        OuterRef("first_day"),
        OuterRef("last_day"),
        Value("[]"),
        function="daterange",
        output_field=DateRangeField(),
    )
    judging = CounterDuty.objects.filter(
        employee__in=whole_line_keys_on(person, timezone.localdate()),
        counter__service=OuterRef("service"),
        term__overlap=days,
    )
    at_counter = judging.filter(counter=OuterRef("counter"))
    return batches.exclude(Q(counter=None) & Exists(judging)).exclude(
        Q(counter__isnull=False) & Exists(at_counter)
    )


def batches_to_key_again(user, paths, day):
    """The batches below `paths`, or of units for which `user` is an enumerator, whose second keying waits for him.

    A sheet is left that he did not key the first time; or all are keyed twice and nobody has said so yet. Asks nothing
    itself.
    """
    place = ExpressionWrapper(OuterRef("service__unit__path"), output_field=CharField())
    named = Enumerator.objects.filter(employee=employee_of(user), term__contains=day)
    where = path_in(paths, "service__unit__") | Exists(
        named.alias(place=place).filter(place__startswith=F("unit__path"))
    )
    keyed = SheetKeying.objects.filter(sheet=OuterRef("pk"))
    open_sheets = PaperSheet.objects.filter(~Exists(keyed.filter(round=2)), batch=OuterRef("pk"))
    left = Exists(open_sheets.filter(~Exists(keyed.filter(keyed_by=user)))) | ~Exists(open_sheets)
    return not_judging(PaperBatch.objects.filter(where, left, state=PaperBatch.State.SECOND), user)


def with_progress(batches):
    """Each with `keyed_first`, `keyed_second` and `open_mismatches`. Counted in SQL."""
    return batches.annotate(
        keyed_first=Count("sheets__keyings", filter=Q(sheets__keyings__round=1), distinct=True),
        keyed_second=Count("sheets__keyings", filter=Q(sheets__keyings__round=2), distinct=True),
        open_mismatches=Count(
            "sheets__mismatches", filter=Q(sheets__mismatches__resolved_at=None), distinct=True
        ),
    )
