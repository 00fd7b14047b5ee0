"""The examples the library begins with. What the office has changed or switched off since is never overwritten."""

import re
from decimal import Decimal
from pathlib import Path

import yaml
from django.db import transaction

from ..figures import read_number
from ..models import Indicator, LibraryEntry

ENTRIES = Path(__file__).with_name("entries.yml")
SOURCE = "Contoh awal"
RANGE = re.compile(r"^([\d.,]+)–([\d.,]+) (.+)$")
AMOUNT = re.compile(r"^(≤ )?([\d.,]+) (.+)$")


@transaction.atomic
def fill():
    """Add the examples that are missing; safe to run again."""
    known = set(LibraryEntry.objects.values_list("source", flat=True))
    taken = set(LibraryEntry.objects.values_list("statement", flat=True))
    LibraryEntry.objects.bulk_create(
        entry for entry in entries() if entry.source not in known and entry.statement not in taken
    )


def entries():
    """Every example of the file as an unsaved LibraryEntry; its source is its name for good."""
    for group in yaml.safe_load(ENTRIES.read_text(encoding="utf-8")):
        audience = group.get("audience", "staff")
        for number, result in enumerate(group["results"], start=1):
            yield LibraryEntry(
                audience=audience,
                posts=group["posts"],
                statement=result["is"],
                control=result["control"],
                indicators=[indicator_of(line, audience) for line in result["by"]],
                why=result.get("why", ""),
                source=f"{SOURCE}: {group['posts'][0]} {number}",
            )


def indicator_of(line, audience):
    """ "time | Surat diteruskan | ≤ 2 jam" as the dict a LibraryEntry keeps."""
    first, statement, target = (part.strip() for part in line.split("|"))
    is_leader = audience == "leader"
    return {
        "aspect": "" if is_leader else "+".join(Indicator.Aspect(one).value for one in first.split("+")),
        "perspective": Indicator.Perspective(first).value if is_leader else "",
        "statement": statement,
        **target_of(target),
    }


def target_of(text):
    """The target as it is kept: numbers as texts, since JSON knows no Decimal."""
    if text.startswith("= "):
        empty = {"direction": "higher", "target_low": None, "target_high": None, "unit": ""}
        return empty | {"target_text": text[2:]}
    if found := RANGE.match(text):
        low, high, unit, direction = number(found[1]), number(found[2]), found[3], "range"
    elif found := AMOUNT.match(text):
        low, high, unit = number(found[2]), number(found[2]), found[3]
        direction = "lower" if found[1] else "higher"
    else:
        raise ValueError(f"no target: {text!r}")
    return {
        "direction": direction,
        "target_low": low,
        "target_high": high,
        "unit": unit,
        "target_text": "",
    }


def number(text):
    return str(Decimal(read_number(text)))
