"""Who reads the rules: every signed-in person. Who changes them: two persons of the personnel office."""

from agencies.access.rules import may_change_rules

from .catalogue import CATALOGUE


def may_propose(user, key):
    """The personnel office of the city, where the program lets the value be changed at all."""
    return not CATALOGUE[key].locked and may_change_rules(user)
