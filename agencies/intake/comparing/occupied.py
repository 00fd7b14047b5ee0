"""Posts for one person that a file gives to a second one."""

from collections import defaultdict

from agencies.people.models import Assignment

from .places import batches

HOLDS = (Assignment.Kind.DEFINITIVE, Assignment.Kind.PLT)


def holders_of(changes):
    """{post pk: [Assignment]} of those who hold, or are Plt. of, the single posts that begin for somebody."""
    posts = {change.post.pk for change in changes if change.begins and change.post.is_single}
    holders = defaultdict(list)
    for keys in batches(posts):
        held = Assignment.objects.known().filter(post__in=keys, kind__in=HOLDS).select_related("employee")
        for assignment in held.order_by("pk"):
            holders[assignment.post_id].append(assignment)
    return holders


def in_the_way(change, holders, ended):
    """The Assignment that still holds the post of `change` when it begins, or None; `ended` {key: day after}."""
    start, until = change.entry.start, change.term_end
    for held in holders[change.post.pk]:
        upper = ended.get(held.pk, held.term.upper)
        mine = change.employee is not None and held.employee_id == change.employee.pk
        if not mine and (upper is None or upper > start) and (until is None or held.term.lower < until):
            return held
    return None


def ended_by(changes):
    return {held.pk: until for change in changes for held, until in change.ends}


def taken_posts(changes, rows, layout):
    """Faults of rows whose post somebody holds who is in the file too, or whom an earlier row gives it.

    Who holds it and is missing from the file may be ended by a tick, so he is looked at when it is applied.
    """
    places = {row.number: row for row in rows}
    known = {change.employee.pk for change in changes if change.employee is not None}
    holders, ended, given, faults = holders_of(changes), ended_by(changes), defaultdict(list), []
    for change in changes:
        if not (change.begins and change.post.is_single):
            continue
        held = in_the_way(change, holders, ended)
        reason = ""
        if held is not None and held.employee_id in known:
            reason = f"Jabatan ini masih dipegang {held.employee.name}. Akhiri dahulu jabatannya."
        elif other := next((each for each in given[change.post.pk] if overlap(each, change)), None):
            reason = f"Jabatan ini hanya untuk satu orang dan sudah diisi baris {other.entry.number}."
        if reason:
            faults.append(places[change.entry.number].fault(layout.by_key["post"], reason))
        given[change.post.pk].append(change)
    return faults


def overlap(one, other):
    ends_before = one.term_end is not None and one.term_end <= other.entry.start
    begins_after = other.term_end is not None and one.entry.start >= other.term_end
    return not (ends_before or begins_after)


def still_taken(changes, endings):
    """The first (change, Assignment in the way) once the chosen `endings` [End] are counted too, or None."""
    holders = holders_of(changes)
    ended = ended_by(changes) | {end.assignment.pk: end.until for end in endings}
    for change in changes:
        if change.begins and change.post.is_single and (held := in_the_way(change, holders, ended)):
            return change, held
    return None
