"""Asking the rulebook what holds on a day."""

from django.conf import settings
from django.utils.module_loading import import_string

from agencies.access.models import Proposal
from agencies.access.scope import visible_proposals

from .catalogue import CATALOGUE, JUDGING, TOPICS
from .models import BehaviourValue, Rule, RuleChange


def rule_on(key, day):
    """The `Rule` in force on `day`. Raises Rule.DoesNotExist when there was none."""
    rule = Rule.objects.filter(key=key, valid_from__lte=day).order_by("-valid_from").first()
    if rule is None:
        raise Rule.DoesNotExist(f"No rule {key!r} in force on {day}.")
    return rule


def value_on(key, day):
    return rule_on(key, day).value


def values_on(keys, day):
    """{key: value in force on `day`} in one query. Raises Rule.DoesNotExist when one is missing."""
    found = {rule.key: rule.value for rule in rules_on(day).filter(key__in=keys)}
    if missing := set(keys) - set(found):
        raise Rule.DoesNotExist(f"No rule {', '.join(sorted(missing))} in force on {day}.")
    return found


def behaviour_values():
    """The seven core values in their official order."""
    return BehaviourValue.objects.order_by("position")


def rules_on(day):
    """Every rule in force on `day`, one version each, by key."""
    return Rule.objects.filter(valid_from__lte=day).order_by("key", "-valid_from").distinct("key")


def rules_by_topic(day):
    """[(topic, [(Entry, Rule)])] of what holds on `day`, in the order of the catalogue; one query."""
    in_force = {rule.key: rule for rule in rules_on(day)}
    return [
        (
            topic,
            [
                (entry, in_force[key])
                for key, entry in CATALOGUE.items()
                if entry.topic == topic and key in in_force
            ],
        )
        for topic in TOPICS
    ]


def history_of(key):
    """The versions of a rule, the newest first, with who proposed them."""
    return Rule.objects.filter(key=key).select_related("change__proposed_by").order_by("-valid_from")


def visible_changes(user):
    """The proposed changes `user` may read: who proposes and decides them, and who inspects."""
    records = visible_proposals(user).filter(kind=Proposal.Kind.RULE_CHANGE).values_list("record", flat=True)
    keys = [int(record.rpartition(":")[2]) for record in records]
    return RuleChange.objects.filter(pk__in=keys).select_related("proposed_by")


def rule_effects(key, valid_from):
    """(first day on which a change may begin or None, the periods that would be judged by it).

    What periods are is known to a later room (settings.RULE_EFFECTS).
    """
    first, waiting = import_string(settings.RULE_EFFECTS)()
    touched = [period for period in waiting if valid_from and period.ends_on >= valid_from]
    return first, touched


def judges_periods(key):
    """Whether the value counts when a period is appraised, so that a change touches the periods not finished."""
    return key in JUDGING
