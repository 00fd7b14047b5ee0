"""Who may do what with an agreement. Every employee reads all of them; nothing here writes."""

from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import covers, grants_on, person_of

from .queries import parties_on


def parties_today(unit):
    """The `parties_on` today, asked once per unit as it was read."""
    if not hasattr(unit, "_parties_today"):
        unit._parties_today = parties_on(unit, timezone.localdate())
    return unit._parties_today


def may_write_agreement(by, unit):
    """The head of the unit, its unit admin, or the personnel office; a text (such as "seed") is the program itself."""
    if isinstance(by, str):
        return True
    person = person_of(by)
    if person is not None and parties_today(unit)[0] == person:
        return True
    return covers(by, unit, Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN)


def may_offer(by, agreement):
    """The head of the unit, where somebody stands above him to sign with."""
    head, _, above, _ = parties_today(agreement.unit)
    return head is not None and above is not None and person_of(by) == head


def may_sign(by, agreement):
    """The leader above the head of the unit."""
    above = parties_today(agreement.unit)[2]
    return above is not None and person_of(by) == above


def may_record(by, agreement):
    """The personnel office, for what was signed on paper; needed where nobody stands above, as at the top."""
    return isinstance(by, str) or covers(by, agreement.unit, Role.PERSONNEL_OFFICE)


def may_reopen(by, agreement):
    """Whoever may write the agreement."""
    return may_write_agreement(by, agreement.unit)


def may_change_programmes(by):
    """The personnel office of the city."""
    return any(grant.unit.parent_id is None for grant in grants_on(by, None, Role.PERSONNEL_OFFICE))
