"""Merging, splitting and moving units on a day. What was so, and what was known, before that day stays.

Each is one transaction with one event in the trail, and raises NotPossible naming what is in the way. Assignments are
no concern here: who holds a post goes with it (agencies/chart/actions.py ends those of posts that end).
"""

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.workdays.words import date_words

from .actions import REFUSALS, add_post, add_unit, person, refuse_loops, told
from .models import PostVersion, Unit, UnitVersion
from .present import refresh
from .queries import keys_below
from .refusals import NotPossible, in_plain_words
from .retroactive import tell_of_change

TURN = 6_2023  # any number, the same for everybody who changes the organisation
END, STAY, LEAD = "end", "stay", "lead"


def take_turn():
    """Wait until nobody else changes the organisation; to the end of the transaction nobody else will."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


@transaction.atomic
def merge_units(
    merged, *, into, on, heads, by, new_unit=None, head_name="", decree="", decree_date=None, reason=""
):
    """From `on`, let everything in the units `merged` belong to `into`, and let them end the day before.

    `heads` says of each leading post of the merged units, by its key, whether it ends, stays as an ordinary post or
    leads (END, STAY, LEAD). `new_unit` (code, name, kind, parent) makes the unit first, `into` then being None; one of
    the heads has to lead it. Whoever reported to a head that ends reports to the head of `into`. Returns that unit.
    """
    take_turn()
    why = {"decree": decree, "decree_date": decree_date, "reason": reason}
    refuse_strange_merger(merged, into, on)
    inside = list(PostVersion.objects.on(on).filter(unit__in=merged).select_related("post"))
    ended = [each.post_id for each in inside if each.leads_unit and heads.get(each.post_id) == END]
    under = (
        PostVersion.objects.on(on).filter(superior__in=ended).exclude(unit__in=merged).select_related("post")
    )
    touched = [*inside, *under]
    refuse_later_changes(merged, [each.post for each in touched], on, superiors=ended)
    if into is None:
        into = add_unit(valid_from=on, by=by, **new_unit, **why)
    head = head_after(into, inside, heads, on)
    plan = {}
    for each in touched:
        if each.post_id not in ended:
            changes = changes_in_merger(each, merged, into, head, ended, head_name, on)
            same = tuple((name, getattr(value, "pk", value)) for name, value in changes.items())
            plan.setdefault(same, (changes, []))[1].append(each.post_id)
    for changes, keys in plan.values():
        rewrite(PostVersion, keys, on, changes, by, why, field="post")
    rewrite(PostVersion, ended, on, None, by, why, field="post")
    children = (
        UnitVersion.objects.on(on).filter(parent__in=merged).exclude(unit=into).exclude(unit__in=merged)
    )
    rewrite(
        UnitVersion,
        list(children.values_list("unit", flat=True)),
        on,
        {"parent": into},
        by,
        why,
        field="unit",
    )
    rewrite(UnitVersion, [unit.pk for unit in merged], on, None, by, why, field="unit")
    Unit.objects.filter(pk__in=[unit.pk for unit in merged]).update(successor=into)
    details = {"merged": [unit.pk for unit in merged], "ended": ended, "head": head.pk}
    finish("unit.merge", into, on, by=by, why=why, details=details)
    return into


def changes_in_merger(version, merged, into, head, ended, head_name, on):
    """What becomes another for one post that does not end."""
    comes, is_head = version.unit in merged, version.post_id == head.pk
    changes = {"unit": into} if comes else {}
    if comes and version.leads_unit:
        changes["leads_unit"] = is_head
        if is_head and head_name:
            changes["name"] = head_name
        if not is_head:
            changes["superior"] = head
    if version.superior_id in ended:
        changes["superior"] = leader_above(into, on) if is_head else head
    return changes


@transaction.atomic
def split_unit(
    unit, *, new_unit, posts, on, by, head=None, new_head=None, decree="", decree_date=None, reason=""
):
    """From `on`, let `posts` of `unit` stand in a new one (`new_unit`: code, name, kind, parent).

    It is led by `head`, one of these posts, or by a new post (`new_head`: code, name, kind, level). Those whose
    superior does not come along report to the new head. Returns the new unit.
    """
    take_turn()
    why = {"decree": decree, "decree_date": decree_date, "reason": reason}
    versions = {version.post_id: version for version in PostVersion.objects.on(on).filter(unit=unit)}
    for post in posts:
        if post.pk not in versions:
            raise NotPossible(f"{post.name} tidak ada di unit ini pada {date_words(on)}.")
        if versions[post.pk].leads_unit:
            raise NotPossible(f"{post.name} memimpin unit ini, jadi tidak dapat ikut pindah.")
    refuse_later_changes([unit], posts, on)
    created = add_unit(valid_from=on, by=by, **new_unit, **why)
    coming = {post.pk for post in posts}
    if head is None:
        above = leader_above(created, on)
        head = add_post(
            unit=created, leads_unit=True, superior=above, valid_from=on, by=by, **new_head, **why
        )
    elif head.pk in coming:
        changes = {"unit": created, "leads_unit": True, "superior": leader_above(created, on)}
        rewrite(PostVersion, [head.pk], on, changes, by, why, field="post")
    else:
        raise NotPossible("Jabatan pimpinan harus salah satu jabatan yang ikut pindah.")
    led = [key for key in coming if key != head.pk and versions[key].superior_id not in coming]
    rewrite(PostVersion, led, on, {"unit": created, "superior": head}, by, why, field="post")
    rest = coming - set(led) - {head.pk}
    rewrite(PostVersion, sorted(rest), on, {"unit": created}, by, why, field="post")
    details = {"from": unit.pk, "posts": sorted(coming), "head": head.pk}
    finish("unit.split", created, on, by=by, why=why, details=details)
    return created


@transaction.atomic
def move_unit(unit, *, parent, on, by, superior=None, decree="", decree_date=None, reason=""):
    """From `on`, let `unit` and all below it belong to `parent`; its head reports to `superior` (None: as before)."""
    take_turn()
    why = {"decree": decree, "decree_date": decree_date, "reason": reason}
    refuse_later_changes([unit], [], on)
    if Unit.objects.filter(pk=parent.pk, pk__in=keys_below([unit], on)).exists():
        raise NotPossible("Unit tidak dapat dipindahkan ke bawah dirinya sendiri.")
    if not rewrite(UnitVersion, [unit.pk], on, {"parent": parent}, by, why, field="unit"):
        raise NotPossible("Unit ini tidak ada pada tanggal itu.")
    head = PostVersion.objects.on(on).filter(unit=unit, leads_unit=True).first()
    if superior is not None and head is not None:
        refuse_later_changes([], [head.post], on)
        rewrite(PostVersion, [head.post_id], on, {"superior": superior}, by, why, field="post")
    finish("unit.move", unit, on, by=by, why=why, details=told({"parent": parent, "superior": superior}))


def rewrite(model, keys, on, changes, by, why, *, field):
    """Rewrite the versions of many units or posts from `on` at once."""
    if not keys:
        return []
    rows = model.objects.filter(**{f"{field}__in": keys})
    with in_plain_words(REFUSALS):
        return rows.rewrite(span=DateRange(on, None), changes=changes, recorded_by=person(by), **why)


def finish(action, unit, on, *, by, why, details):
    refuse_loops(UnitVersion, thing="unit_id", above="parent_id", start=on)
    refuse_loops(PostVersion, thing="post_id", above="superior_id", start=on)
    refresh()
    tell_of_change(on, None, by=by, reason=why["reason"] or why["decree"])
    record_event(action, unit, by=by, reason=why["reason"] or why["decree"], details=details | {"on": on})


def leader_above(unit, day):
    """The post that leads the nearest unit above `unit` on `day` that is led by one, or None."""
    parents = dict(UnitVersion.objects.on(day).values_list("unit", "parent"))
    leaders = {
        version.unit_id: version.post
        for version in PostVersion.objects.on(day).filter(leads_unit=True).select_related("post")
    }
    at, seen = parents.get(unit.pk), set()
    while at is not None and at not in seen:
        if at in leaders:
            return leaders[at]
        seen.add(at)
        at = parents.get(at)
    return None


def leader_of(unit, day):
    """The post that leads `unit` on `day`, or None."""
    version = PostVersion.objects.on(day).filter(unit=unit, leads_unit=True).select_related("post").first()
    return version and version.post


def head_after(into, posts, heads, on):
    """The post that leads `into` after the merger. Raises NotPossible when there is none or more than one."""
    leading = [version.post for version in posts if version.leads_unit and heads.get(version.post_id) == LEAD]
    own = leader_of(into, on)
    if own:
        leading.append(own)
    if len(leading) > 1:
        raise NotPossible(
            f"{into.name} akan dipimpin {leading[-1].name} dan {leading[0].name}. Pilih satu pimpinan."
        )
    if not leading:
        raise NotPossible(f"{into.name} belum punya pimpinan. Pilih satu jabatan yang memimpin.")
    return leading[0]


def refuse_strange_merger(merged, into, on):
    existing = set(UnitVersion.objects.on(on).values_list("unit", flat=True))
    for unit in [*merged, *([into] if into else [])]:
        if unit.pk not in existing:
            raise NotPossible(f"{unit.name} tidak ada pada {date_words(on)}.")
    if into in merged:
        raise NotPossible(f"{into.name} tidak dapat digabung ke dirinya sendiri.")
    if any(unit.kind == Unit.Kind.CITY for unit in merged):
        raise NotPossible("Pemerintah Kota tidak dapat digabung.")
    for unit in merged:
        if into and Unit.objects.filter(pk=into.pk, pk__in=keys_below([unit], on)).exists():
            raise NotPossible(f"{into.name} berada di bawah {unit.name}. Pindahkan dahulu {into.name}.")


def refuse_later_changes(units, posts, on, superiors=()):
    """What was decided for a later day must not be overwritten unseen."""
    later = {"term__startswith__gt": on}
    version = (
        UnitVersion.objects.known().filter(unit__in=units, **later).order_by("term").first()
        or PostVersion.objects.known().filter(post__in=posts, **later).order_by("term").first()
        or PostVersion.objects.known().filter(unit__in=units, **later).order_by("term").first()
        or PostVersion.objects.known().filter(superior__in=superiors, **later).order_by("term").first()
    )
    if version is not None:
        day = date_words(version.term.lower)
        raise NotPossible(
            f"Untuk {version.name} sudah tercatat perubahan mulai {day}. Pilih tanggal sesudahnya."
        )
