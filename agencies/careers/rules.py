"""Who may record what about people and their line. Nothing here writes.

The decree decides a definitive post or a Plt. and is made for the whole city, so the personnel office of the city
records it. Who stands in for a few days is decided, and known first, where the work is.

* The personnel office of the city (BKPSDM) records everything: employees, posts of every kind, service states,
  exceptions of the appraiser, moves, handover notes.
* A unit admin records a Plh. and an additional task for posts in his unit and below, and ends them. He declines or
  forwards what people of his unit ask about their appraiser.
* Everybody asks about his own line, and withdraws what he has asked.
* A handover note is written by the old appraiser or the personnel office of the city until it is signed off.
"""

from agencies.access.roles import Role
from agencies.access.scope import covers, employee_of, grants_on, is_city_office
from agencies.people.models import Assignment

from .models import LineRequest

Kind = Assignment.Kind
OF_UNIT_ADMINS = (Kind.PLH, Kind.ADDITIONAL)


def may_keep_people(user):
    """Employees, posts of every kind, service states, exceptions and moves."""
    return is_city_office(user)


def kinds_to_give(user, post=None):
    """The kinds of assignment `user` may record, for `post` or (None) for some post."""
    if post is not None:
        return kinds_giver(user)(post.unit)
    if is_city_office(user):
        return list(Kind)
    return list(OF_UNIT_ADMINS) if grants_on(user, None, Role.UNIT_ADMIN).exists() else []


def kinds_giver(user):
    """The same for many posts: a function of the unit of each; the roles of `user` are looked up once."""
    if is_city_office(user):
        return lambda unit: list(Kind)
    paths = tuple(grant.unit.path for grant in grants_on(user, None, Role.UNIT_ADMIN))
    return lambda unit: list(OF_UNIT_ADMINS) if unit.path.startswith(paths) else []


def may_end(user, assignment):
    """End, correct or withdraw this assignment."""
    return assignment.kind in kinds_to_give(user, assignment.post)


def may_read_report(user):
    """Who is without the right appraiser, of his units."""
    return grants_on(user, None, Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN).exists()


# --- what people ask about their line -----------------------------------------------------------


def may_mend(user, request):
    """The personnel office of the city: only it changes the posts a line follows from."""
    return hasattr(user, "is_authenticated") and is_city_office(user)


def may_decline(user, request):
    """The personnel office of the city; the unit admin of the asker's unit while it waits with him."""
    return may_mend(user, request) or (request.state == LineRequest.State.OPEN and may_forward(user, request))


def may_forward(user, request):
    """The unit admin of the asker's unit."""
    if not hasattr(user, "is_authenticated") or request.unit is None:
        return False
    return covers(user, request.unit, Role.UNIT_ADMIN)


def may_withdraw(user, request):
    """Whoever asked."""
    return getattr(user, "pk", None) == request.asked_by_id


# --- handover -----------------------------------------------------------------------------------


def may_write_handover(user, note):
    """The old appraiser or the personnel office of the city, until it is signed off."""
    if note.signed_at is not None:
        return False
    person = employee_of(user)
    return is_city_office(user) or (person is not None and person.pk == note.old_appraiser_id)
