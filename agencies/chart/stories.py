"""Versions of units and posts in words, with what the things around them were called then."""

from agencies.structure.models import PostVersion, UnitVersion


def unit_words(rows):
    """A function from a UnitVersion to words; asks once for the names of all parents."""
    named = names_of(UnitVersion, "unit", {row.parent_id for row in rows if row.parent_id})

    def words(row):
        if row.parent_id is None:
            return row.name
        return f"{row.name}, di bawah {named(row.parent_id, row.term.lower)}"

    return words


def post_words(rows):
    """A function from a PostVersion to words; asks once for the units, once for the superior posts."""
    units = names_of(UnitVersion, "unit", {row.unit_id for row in rows})
    posts = names_of(PostVersion, "post", {row.superior_id for row in rows if row.superior_id})

    def words(row):
        day = row.term.lower
        told = f"{row.name} di {units(row.unit_id, day)}"
        if row.leads_unit:
            told += ", memimpin unit"
        return told + (f", melapor ke {posts(row.superior_id, day)}" if row.superior_id else "")

    return words


def names_of(model, thing, keys):
    """A function (key, day) → what the unit or post was called on that day, as known now."""
    known = {}
    for version in model.objects.known().filter(**{f"{thing}__in": keys}).order_by("term"):
        known.setdefault(getattr(version, f"{thing}_id"), []).append(version)

    def name(key, day):
        versions = known.get(key, [])
        on_day = next((version for version in versions if day in version.term), None)
        nearest = on_day or (versions[0] if versions else None)
        return nearest.name if nearest else "unit atau jabatan yang dibatalkan"

    return name
