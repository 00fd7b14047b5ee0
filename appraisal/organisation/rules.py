"""Who sets the achievement of a unit. Nothing here writes."""

from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import covers, person_of

from .line import line_of

OWN = "Capaian unit yang Anda pimpin ditetapkan oleh pimpinan di atas Anda."
STRANGER = "Capaian unit ini ditetapkan oleh pimpinan satu tingkat di atas pimpinannya."


def may_set(by, unit, *, line=None, day=None):
    """The leader one level above the head of the unit on that day (SE Menteri PANRB 3/2023)."""
    if isinstance(by, str):
        return True
    line = line or line_of(unit, day or timezone.localdate())
    person = person_of(by)
    return person is not None and line.above is not None and person.pk == line.above.pk


def may_set_on_behalf(by, unit, *, line=None, day=None):
    """The personnel office where the Wali Kota sets it, from his decree or letter; never for one's own unit."""
    line = line or line_of(unit, day or timezone.localdate())
    person = person_of(by)
    if not line.is_top or line.post is None or isinstance(by, str):
        return False
    if person is not None and line.head is not None and person.pk == line.head.pk:
        return False
    return covers(by, unit, Role.PERSONNEL_OFFICE)
