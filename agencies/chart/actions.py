"""Changing the organisation, with what follows for those who hold its posts. Each raises NotPossible in plain words."""

from datetime import timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from agencies.people.assigning import end_assignment, end_exception
from agencies.people.models import AppraiserException, Assignment
from agencies.structure import actions as structure
from agencies.structure.models import Post, PostVersion, Unit, UnitVersion
from agencies.structure.queries import keys_below
from agencies.structure.refusals import NotPossible
from agencies.structure.reorganising import END, leader_of
from agencies.structure.reorganising import merge_units as merge
from agencies.structure.reorganising import split_unit as split
from ambon_kinerja.workdays.words import date_words


@transaction.atomic
def add_unit(*, parent, code, name, kind, on, by, **why):
    """A unit under `parent` from `on`. Returns it."""
    refuse_taken_code(Unit, code, "unit")
    refuse_unit_absent(parent, on)
    return structure.add_unit(
        parent=parent, kind=kind, code=code, name=name, valid_from=on, is_confirmed=True, by=by, **why
    )


@transaction.atomic
def add_post(*, unit, code, name, kind, level, superior, leads_unit, on, by, **why):
    """A post in `unit` from `on`. Returns it."""
    refuse_taken_code(Post, code, "jabatan")
    refuse_unit_absent(unit, on)
    refuse_absent(PostVersion, "post", superior, on)
    return structure.add_post(
        unit=unit,
        code=code,
        name=name,
        kind=kind,
        level=level,
        superior=superior,
        leads_unit=leads_unit,
        valid_from=on,
        by=by,
        **why,
    )


@transaction.atomic
def rename_unit(unit, *, name, on, until, by, head_name="", **why):
    """Let the unit, and the post that leads it when `head_name` is given, be called otherwise."""
    head = leader_of(unit, on)
    refuse_overwriting(unit.versions, on, until, "name")
    structure.change_unit(unit, on=on, until=until, name=name, by=by, **why)
    if head and head_name and head_name != head.versions.on(on).get().name:
        refuse_overwriting(head.versions, on, until, "name")
        structure.change_post(head, on=on, until=until, name=head_name, by=by, **why)
    return unit


@transaction.atomic
def end_unit(unit, *, last_day, successor, by, **why):
    refuse_unit_absent(unit, last_day)
    refuse_unit_absent(successor, last_day)
    structure.end_unit(unit, last_day=last_day, successor=successor, by=by, reason=told_reason(why))
    return unit


@transaction.atomic
def change_post(post, *, on, until, by, level, decree="", decree_date=None, reason="", **facts):
    """Let the post be as in `facts` (name, unit, superior, leads_unit); only what differs on `on` is changed."""
    now = post.versions.on(on).first()
    if now is None:
        raise NotPossible("Jabatan ini tidak ada pada tanggal itu.")
    changes = {name: value for name, value in facts.items() if getattr(now, name) != value}
    if "unit" in changes:
        refuse_unit_absent(changes["unit"], on)
    if "superior" in changes:
        refuse_absent(PostVersion, "post", changes["superior"], on)
    for name in changes:
        refuse_overwriting(post.versions, on, until, name)
    structure.change_level(post, level, by=by)
    if changes:
        structure.change_post(
            post, on=on, until=until, by=by, decree=decree, decree_date=decree_date, reason=reason, **changes
        )
    return post


@transaction.atomic
def end_post(post, *, last_day, by, end_holders=False, **why):
    """Let the post end with `last_day`, and with `end_holders` also what its holders do in it."""
    refuse_absent(PostVersion, "post", post, last_day)
    after = last_day + timedelta(days=1)
    held = holding_after([post], after).first()
    if held and not end_holders:
        raise NotPossible(
            f"Jabatan ini masih dipegang {held.employee.name}. Akhiri juga tugasnya, atau pindahkan."
        )
    structure.end_post(post, last_day=last_day, by=by, reason=told_reason(why))
    free_posts([post], after, by=by, reason=told_reason(why))
    return post


@transaction.atomic
def merge_units(merged, *, into, on, heads, by, **more):
    """As structure.reorganising.merge_units; who holds a head post that ends is relieved the day before."""
    if into is None:
        refuse_new_unit(more["new_unit"], on)
        if Unit.objects.filter(pk=more["new_unit"]["parent"].pk, pk__in=keys_below(merged, on)).exists():
            raise NotPossible("Unit induk tidak boleh berada di unit yang digabung.")
    ended = list(Post.objects.filter(pk__in=[key for key, fate in heads.items() if fate == END]))
    unit = merge(merged, into=into, on=on, heads=heads, by=by, **more)
    free_posts(ended, on, by=by, reason=told_reason(more))
    return unit


@transaction.atomic
def split_unit(unit, *, new_unit, on, by, new_head=None, **more):
    refuse_new_unit(new_unit, on)
    if new_head:
        refuse_taken_code(Post, new_head["code"], "jabatan")
    return split(unit, new_unit=new_unit, new_head=new_head, on=on, by=by, **more)


def free_posts(posts, day, *, by, reason):
    """End what people do in `posts` the day before `day`, and the rules about who appraises for them."""
    for held in holding_after(posts, day):
        if held.term.lower >= day:
            raise NotPossible(
                f"{held.employee.name} sudah ditetapkan di jabatan {held.post.name} mulai"
                f" {date_words(held.term.lower)}. Batalkan penetapan itu dahulu."
            )
        end_assignment(held, last_day=day - timedelta(days=1), by=by, reason=reason)
    for rule in AppraiserException.objects.known().filter(post__in=posts, term__overlap=DateRange(day, None)):
        end_exception(rule, last_day=day - timedelta(days=1), by=by, reason=reason)


def holding_after(posts, day):
    """What people do in `posts` on `day` or later."""
    held = Assignment.objects.known().filter(post__in=posts, term__overlap=DateRange(day, None))
    return held.select_related("employee", "post").order_by("pk")


def refuse_taken_code(model, code, what):
    if model.objects.filter(code=code).exists():
        raise NotPossible(f"Kode {code} sudah dipakai {what} lain.")


def refuse_new_unit(new_unit, on):
    refuse_taken_code(Unit, new_unit["code"], "unit")
    refuse_unit_absent(new_unit["parent"], on)


def refuse_unit_absent(unit, day):
    refuse_absent(UnitVersion, "unit", unit, day)


def refuse_absent(model, thing, record, day):
    """The unit or post has to exist on `day`; None always does."""
    if record is not None and not model.objects.on(day).filter(**{thing: record}).exists():
        raise NotPossible(f"{record.name} tidak ada pada {date_words(day)}.")


def refuse_overwriting(versions, on, until, name):
    """A change for good must not overwrite one of the same fact that was decided for a later day."""
    before = versions.on(on).first()
    for later in versions.known().filter(term__startswith__gt=on).order_by("term"):
        if until is not None and later.term.lower >= until:
            return
        if before is not None and getattr(later, name) != getattr(before, name):
            raise NotPossible(
                f"Mulai {date_words(later.term.lower)} sudah tercatat perubahan lain."
                " Isi “Sampai dengan tanggal” paling lambat sehari sebelumnya."
            )


def told_reason(why):
    return why.get("reason") or why.get("decree") or ""
