"""Who may read and do what with outcomes. Nothing here writes."""

from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import covers, grants_on, has_role, person_of
from agencies.people.models import Assignment
from agencies.people.reporting_line import is_appraiser_on, leads_somebody_on
from agencies.structure.models import Post

SECRETARY = "ii_a"  # the level of the Sekretaris Daerah, who is the Pejabat yang Berwenang of the city


def may_keep_outcomes(user, unit=None):
    """The personnel office, of `unit` if one is given."""
    if unit is None:
        return has_role(user, Role.PERSONNEL_OFFICE)
    return covers(user, unit, Role.PERSONNEL_OFFICE)


def may_prepare(user, employee, unit):
    """The personnel office of the unit, never for oneself."""
    person = person_of(user)
    return (person is None or person.pk != employee.pk) and may_keep_outcomes(user, unit)


def may_sign(by, form):
    """The Pejabat Penilai Kinerja whom the form names, while he is still the appraiser."""
    person = person_of(by)
    return (
        person is not None
        and person.pk == form.signer_id
        and is_appraiser_on(person, form.employee, timezone.localdate())
    )


def may_withdraw(by, form):
    """The personnel office of the unit, before it is signed."""
    return may_prepare(by, form.employee, form.unit)


def may_replace(by, form):
    """The personnel office of the unit, by preparing a new one."""
    return may_prepare(by, form.employee, form.unit)


def may_follow_team(user):
    """Somebody who leads people sees whom of them to help."""
    person = person_of(user)
    return person is not None and leads_somebody_on(person, timezone.localdate())


def may_read_talent(user):
    """The personnel office, the Sekretaris Daerah (PyB) and the head of the city (PPK), also by acting for them."""
    return bool(talent_units(user))


def talent_units(user):
    """The units whose boxes `user` reads: those of his office; all of them for the two above the agencies."""
    units = [grant.unit for grant in grants_on(user, None, Role.PERSONNEL_OFFICE)]
    person = person_of(user)
    if person is None or any(unit.parent_id is None for unit in units):
        return units
    held = Assignment.objects.on(timezone.localdate()).filter(employee=person).select_related("post__unit")
    for each in held.exclude(kind=Assignment.Kind.ADDITIONAL):
        post = each.post
        if post.kind == Post.Kind.ELECTED or (post.kind == Post.Kind.HIGH and post.level == SECRETARY):
            return [city_of(post.unit)]
    return units


def city_of(unit):
    """The root of the tree that `unit` stands in."""
    return type(unit).objects.get(pk=unit.path_keys[0])


def may_read_list(user, word):
    """The lists are for the personnel office; whom to help also for those who lead, the boxes as `may_read_talent`."""
    if word == "talenta":
        return may_read_talent(user)
    if word == "pembinaan" and may_follow_team(user):
        return True
    return may_keep_outcomes(user)
