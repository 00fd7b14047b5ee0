"""Asking the rulebook what holds on a day."""

from .models import BehaviourValue, Rule


def rule_on(key, day):
    """The `Rule` in force on `day`. Raises Rule.DoesNotExist when there was none."""
    rule = Rule.objects.filter(key=key, valid_from__lte=day).order_by("-valid_from").first()
    if rule is None:
        raise Rule.DoesNotExist(f"No rule {key!r} in force on {day}.")
    return rule


def behaviour_values():
    """The seven core values in their official order."""
    return BehaviourValue.objects.order_by("position")


def rules_on(day):
    """Every rule in force on `day`, one version each, by key."""
    return Rule.objects.filter(valid_from__lte=day).order_by("key", "-valid_from").distinct("key")
