"""Finding an example: by words, and by the post somebody holds."""

from decimal import Decimal

from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from ..models import Indicator, LibraryEntry

# A word of `posts` stands in the name of the post as a whole: "camat" is not in "kecamatan".
FITS = r"""
    EXISTS (
        SELECT 1 FROM unnest(posts) AS word
        WHERE strpos(' ' || regexp_replace(lower(%s), '[^a-z0-9]+', ' ', 'g') || ' ', ' ' || lower(word) || ' ') > 0
    )
"""
MOST_WORDS = 6


def offered_examples(words="", *, post_name=None):
    """The offered examples with all `words`; with `post_name` only those for a post so called."""
    found = search(LibraryEntry.objects.filter(is_offered=True), words)
    if post_name is not None:
        found = found.annotate(
            fits=RawSQL(FITS, [post_name], output_field=BooleanField())  # noqa: S611
        ).filter(fits=True)
    return found


def search(entries, words):
    for word in words.split()[:MOST_WORDS]:
        entries = entries.filter(
            Q(statement__icontains=word) | Q(posts__icontains=word) | Q(indicators__icontains=word)
        )
    return entries


def example_to_use(text):
    """The offered example whose key was sent with the address; None when there is none, or it is no key at all."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        return None
    return LibraryEntry.objects.filter(pk=text, is_offered=True).first()


def rows_of_example(entry):
    """The indicators of an example as the rows of a result's form: numbers as Decimals."""
    return [row_of(one) for one in entry.indicators]


def row_of(one):
    low, high = (Decimal(one[name]) if one.get(name) else None for name in ("target_low", "target_high"))
    return one | {"target_low": low, "target_high": high if one["direction"] == "range" else None}


def indicators_of_example(entry):
    """The same as unsaved indicators, which templates know how to show."""
    names = {field.name for field in Indicator._meta.concrete_fields}
    return [
        Indicator(
            **{name: value for name, value in row.items() if name in names} | {"target_high": high_of(row)}
        )
        for row in rows_of_example(entry)
    ]


def high_of(row):
    return row["target_high"] if row["direction"] == "range" else row["target_low"]
