"""Changing the tree of units and the posts in it, from a day on or for a span of days.

Nothing is overwritten: every change adds versions (two_clocks), so what was so, and what was known, before stays.
"""

from datetime import timedelta

from django.db import models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from ambon_kinerja.audit.actions import record_event

from .models import Post, PostVersion, Unit, UnitVersion
from .present import refresh
from .refusals import NotPossible, in_plain_words
from .retroactive import tell_of_change

REFUSALS = {
    "one_leading_post_per_unit": "Unit ini sudah punya jabatan pimpinan pada tanggal itu.",
    "no_post_is_its_own_superior": "Jabatan tidak boleh menjadi atasan dirinya sendiri.",
    "no_unit_is_its_own_parent": "Unit tidak boleh berada di bawah dirinya sendiri.",
    "every_post_but_the_mayors_has_a_superior": "Pilih jabatan atasan. Hanya Wali Kota yang tidak punya atasan.",
}


@transaction.atomic
def add_unit(
    *, parent, kind, code, name, valid_from, by, is_confirmed=False, decree="", decree_date=None, reason=""
):
    """A new unit under `parent` (None for the city itself), with its path."""
    unit = Unit.objects.create(
        parent=parent, kind=kind, code=code, name=name, valid_from=valid_from, is_confirmed=is_confirmed
    )
    unit.path = f"{parent.path if parent else ''}{unit.pk}/"
    unit.save(update_fields=["path"])
    UnitVersion.objects.create(
        unit=unit,
        name=name,
        parent=parent,
        term=DateRange(valid_from, None),
        decree=decree,
        decree_date=decree_date,
        reason=reason,
        recorded_by=person(by),
    )
    record_event("unit.add", unit, by=by, details={"code": code, "kind": kind})
    return unit


@transaction.atomic
def add_post(
    *,
    unit,
    code,
    name,
    kind,
    by,
    leads_unit=False,
    superior=None,
    level="",
    valid_from=None,
    decree="",
    decree_date=None,
    reason="",
):
    """A new post; `superior` is the post whose holder appraises its holders.

    It exists from `valid_from` on, else as long as its unit. Raises NotPossible when the unit is led by another post
    already, or no superior is named.
    """
    start = valid_from or unit.valid_from
    post = Post.objects.create(
        unit=unit, code=code, name=name, kind=kind, level=level, leads_unit=leads_unit, superior=superior
    )
    version = PostVersion(
        post=post,
        unit=unit,
        name=name,
        leads_unit=leads_unit,
        is_elected=kind == Post.Kind.ELECTED,
        superior=superior,
        term=DateRange(start, None),
        decree=decree,
        decree_date=decree_date,
        reason=reason,
        recorded_by=person(by),
    )
    with in_plain_words(REFUSALS):
        version.save()
    record_event("post.add", post, by=by, details={"code": code, "kind": kind})
    return post


@transaction.atomic
def change_unit(unit, *, on, by, until=None, decree="", decree_date=None, reason="", **changes):
    """From `on`, up to not including `until` (None: for good), let the unit's `name` or `parent` be as in `changes`."""
    refuse_unknown(changes, {"name", "parent"})
    why = {"decree": decree, "decree_date": decree_date, "reason": reason, "recorded_by": person(by)}
    span = DateRange(on, until)
    with in_plain_words(REFUSALS):
        if not unit.versions.rewrite(span=span, changes=changes, **why):
            raise NotPossible("Unit ini tidak ada pada tanggal itu.")
    refuse_loops(UnitVersion, thing="unit_id", above="parent_id", start=on)
    refresh()
    tell_of_change(on, until, by=by, reason=reason or decree)
    record_event(
        "unit.change", unit, by=by, reason=reason or decree, details=told(changes, on=on, until=until)
    )


@transaction.atomic
def change_post(post, *, on, by, until=None, decree="", decree_date=None, reason="", **changes):
    """From `on`, up to not including `until`, let `name`, `unit`, `superior` or `leads_unit` be as in `changes`."""
    refuse_unknown(changes, {"name", "unit", "superior", "leads_unit"})
    why = {"decree": decree, "decree_date": decree_date, "reason": reason, "recorded_by": person(by)}
    with in_plain_words(REFUSALS):
        if not post.versions.rewrite(span=DateRange(on, until), changes=changes, **why):
            raise NotPossible("Jabatan ini tidak ada pada tanggal itu.")
    refuse_loops(PostVersion, thing="post_id", above="superior_id", start=on)
    refresh()
    tell_of_change(on, until, by=by, reason=reason or decree)
    record_event(
        "post.change", post, by=by, reason=reason or decree, details=told(changes, on=on, until=until)
    )


@transaction.atomic
def end_unit(unit, *, last_day, by, successor=None, reason=""):
    """Let the unit exist up to `last_day`. Raises NotPossible while units or posts are in it afterwards."""
    after = DateRange(last_day + timedelta(days=1), None)
    inside = UnitVersion.objects.known().filter(parent=unit, term__overlap=after).first()
    post = PostVersion.objects.known().filter(unit=unit, term__overlap=after).first()
    if inside or post:
        raise NotPossible(
            f"Masih ada {inside or post.name} di unit ini sesudah tanggal itu. Pindahkan dahulu."
        )
    unit.versions.rewrite(span=after, changes=None)
    if successor is not None:
        unit.successor = successor
        unit.save(update_fields=["successor"])
    refresh()
    tell_of_change(after.lower, None, by=by, reason=reason)
    details = {"last_day": last_day, "successor": successor.pk if successor else None}
    record_event("unit.end", unit, by=by, reason=reason, details=details)


@transaction.atomic
def end_post(post, *, last_day, by, reason=""):
    """Let the post exist up to `last_day`. Raises NotPossible while it is the superior of another post afterwards."""
    after = DateRange(last_day + timedelta(days=1), None)
    below = PostVersion.objects.known().filter(superior=post, term__overlap=after).first()
    if below:
        raise NotPossible(
            f"Jabatan ini masih menjadi atasan {below.name}. Pilih atasan baru untuk jabatan itu dahulu."
        )
    post.versions.rewrite(span=after, changes=None)
    refresh()
    tell_of_change(after.lower, None, by=by, reason=reason)
    record_event("post.end", post, by=by, reason=reason, details={"last_day": last_day})


@transaction.atomic
def confirm_unit(unit, *, by, reason=""):
    """Somebody who knows has looked at it: the unit exists, is called so and belongs there."""
    locked = Unit.objects.select_for_update().get(pk=unit.pk)
    if locked.is_confirmed:
        raise NotPossible("Unit ini sudah dipastikan.")
    locked.is_confirmed = True
    locked.save(update_fields=["is_confirmed"])
    record_event("unit.confirm", locked, by=by, reason=reason)


@transaction.atomic
def change_level(post, level, *, by):
    """Let the post have the level with this code (of a PostLevel of its kind, or "")."""
    locked = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if locked.level == level:
        return
    record = {"before": locked.level, "after": level}
    locked.level = level
    locked.save(update_fields=["level"])
    record_event("post.level", locked, by=by, details=record)


@transaction.atomic
def change_reference(record, *, by, **values):
    """Set `values` of a Rank or a PostLevel."""
    locked = type(record).objects.select_for_update().get(pk=record.pk)
    before = {name: getattr(locked, name) for name in values}
    for name, value in values.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(values))
    record_event("reference.change", locked, by=by, details={"before": before, "after": values})
    return locked


def refuse_loops(model, *, thing, above, start):
    """No unit below itself, no post above itself, on `start` or on any later day on which something changes."""
    versions = list(
        model.objects.known().filter(term__overlap=DateRange(start, None)).values_list("term", thing, above)
    )
    days = {start} | {term.lower for term, *_ in versions if term.lower > start}
    for day in sorted(days):
        up = {key: higher for term, key, higher in versions if day in term}
        if looped(up):
            raise NotPossible(
                f"Susunan ini berputar pada {day:%d-%m-%Y}: yang di bawah menjadi atasan dirinya."
            )


def looped(up):
    """Does a way upwards in {key: higher key or None} come back to where it was?"""
    fine = set()
    for key in up:
        way = []
        while key is not None and key not in fine:
            if key in way:
                return True
            way.append(key)
            key = up.get(key)
        fine.update(way)
    return False


def refuse_unknown(changes, allowed):
    if unknown := set(changes) - allowed:
        raise TypeError(f"cannot change {', '.join(sorted(unknown))}")


def person(by):
    """The User behind `by`, or None for texts such as "seed"."""
    return by if isinstance(by, models.Model) else None


def told(changes, **more):
    """Changes as the trail keeps them: keys instead of records."""
    return more | {name: getattr(value, "pk", value) for name, value in changes.items()}
