"""Filling an empty organisation with the first list (ambon.py); what somebody has entered or changed stays."""

from django.db import transaction
from django.utils import timezone

from . import ambon
from .actions import add_post, add_unit
from .models import Post, PostVersion, Unit
from .reorganising import take_turn

WHY = {True: "Daftar awal dari sumber terbuka 2025–2026", False: "Daftar awal, belum dipastikan"}


@transaction.atomic
def seed_organisation(*, by):
    """Add the units and posts of the first list whose codes are not there yet; returns (units, posts) added.

    A unit that is led already keeps its head, and nothing is added under what has ended.
    """
    take_turn()
    units = {unit.code: unit for unit in Unit.objects.all()}
    root = next((unit for unit in units.values() if unit.kind == Unit.Kind.CITY), None)
    if root:
        units.setdefault(ambon.CITY[0], root)
    added = [seed_unit(units, by, *facts) for facts in ambon.units() if facts[0] not in units]
    posts = {post.code: post for post in Post.objects.all()}
    leaders = PostVersion.objects.known().filter(leads_unit=True).select_related("post", "unit")
    heads = {version.unit.code: version.post for version in leaders}
    if root and root.code in heads:
        heads.setdefault(ambon.CITY[0], heads[root.code])
    filled = [seed_post(units, posts, heads, by, *facts) for facts in ambon.posts()]
    return sum(map(bool, added)), sum(map(bool, filled))


def seed_unit(units, by, code, parent_code, kind, name, confirmed):
    parent = units.get(parent_code)
    if parent_code and (parent is None or has_ended(parent)):
        return None
    units[code] = add_unit(
        parent=parent,
        kind=kind,
        code=code,
        name=name,
        valid_from=max(ambon.FIRST_DAY, parent.valid_from) if parent else ambon.FIRST_DAY,
        is_confirmed=confirmed,
        reason=WHY[confirmed],
        by=by,
    )
    return units[code]


def seed_post(units, posts, heads, by, code, unit_code, name, kind, level, leads, superior_code):
    """The new post, or None where there is one already; a head that is called otherwise stands for the listed one."""
    unit = units.get(unit_code)
    if leads and unit_code in heads:
        posts.setdefault(code, heads[unit_code])
        return None
    superior = posts.get(superior_code)
    if (
        code in posts
        or unit is None
        or has_ended(unit)
        or (superior_code and (not superior or has_ended(superior)))
    ):
        return None
    posts[code] = add_post(
        unit=unit,
        code=code,
        name=name,
        kind=kind,
        level=level,
        leads_unit=leads,
        superior=superior,
        reason=WHY[unit.is_confirmed],
        by=by,
    )
    return posts[code]


def has_ended(thing):
    return thing.valid_until is not None and thing.valid_until < timezone.localdate()
