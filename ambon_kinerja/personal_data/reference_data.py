"""The first filling of the retention table, from the files beside the models."""

from .catalogue import catalogue
from .models import RetentionRule

FIELDS = ("title", "action", "months", "basis", "reason")


def fill():
    """Add the rules that are missing; what the personnel office changed stays. Returns how many."""
    there = set(RetentionRule.objects.values_list("record_class", flat=True))
    missing = {name: entry for name, entry in catalogue().retention.items() if name not in there}
    RetentionRule.objects.bulk_create(
        RetentionRule(
            record_class=name, **{field: entry[field] for field in FIELDS if entry.get(field) is not None}
        )
        for name, entry in missing.items()
    )
    return len(missing)
