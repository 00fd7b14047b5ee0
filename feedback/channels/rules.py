"""Who may keep kiosks, fill in for citizens and key paper. Nothing here writes.

* A service manager (of the unit, of one above it, of the city) keeps kiosks, names enumerators, opens, accepts and
  cancels batches of paper.
* A service manager or an enumerator of the unit fills in for citizens and keys paper.
* Nobody does so for a counter at which he is judged: he is on duty there, or stands above or below somebody who is in
  the line of appraisers.
"""

from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import covers, employee_of, grants_on

from .models import Enumerator
from .queries import is_judged_at


def manages_counters(user):
    """Is `user` a service manager of some unit today?"""
    return grants_on(user, None, Role.SERVICE_MANAGER).exists()


def may_manage(user, unit):
    """The service manager of the unit, of a unit above it, or of the city."""
    return hasattr(user, "is_authenticated") and covers(user, unit, Role.SERVICE_MANAGER)


def fills_in(user, unit, day=None):
    """A service manager or an enumerator of the unit."""
    return may_manage(user, unit) or is_enumerator(user, unit, day or timezone.localdate())


def is_enumerator(user, unit, day):
    person = employee_of(user) if hasattr(user, "is_authenticated") else None
    if person is None:
        return False
    paths = Enumerator.objects.filter(employee=person, term__contains=day).values_list(
        "unit__path", flat=True
    )
    return any(unit.path.startswith(path) for path in paths)


def may_assist(user, service, counter, day):
    """Fill in for a citizen served at `counter` (None: the service has no counters) on `day`."""
    return fills_in(user, service.unit, day) and not is_judged_at(
        user, service=service, counter=counter, first_day=day, last_day=day
    )


# --- kiosks -------------------------------------------------------------------------------------


def may_keep_kiosk(user, device):
    """The service manager of the kiosk's unit."""
    return may_manage(user, device.service.unit)


# --- paper --------------------------------------------------------------------------------------


def may_key(user, batch):
    """A service manager or an enumerator of the unit who is not judged by these sheets."""
    return fills_in(user, batch.service.unit) and not is_judged_by(user, batch)


def may_conclude(user, batch):
    """A service manager of the unit who is not judged by these sheets."""
    return may_manage(user, batch.service.unit) and not is_judged_by(user, batch)


def is_judged_by(user, batch):
    return is_judged_at(
        user,
        service=batch.service,
        counter=batch.counter,
        first_day=batch.first_day,
        last_day=batch.last_day,
    )
