"""Drawing the second reader: by a number nobody can choose, out of a list anybody entitled can check (docs/adr/0021).

The seed mixes the receipt of the result, the moment of filing, and the last hash of the audit chain before the draw:
each is fixed and recorded, and none of the three can be picked by one person to get a certain reader.
"""

import hashlib

from django.utils import timezone

from agencies.people.models import Assignment, Employee, ServiceState
from agencies.people.reporting_line import appraiser_keys_on
from agencies.structure.models import Post
from ambon_kinerja.audit.models import AuditEvent

from ..parties import line_of

# Structural levels, highest first; whoever leads a unit from a functional post stands on the last.
LEVELS = {Post.Kind.HIGH: 1, Post.Kind.ADMINISTRATOR: 2, Post.Kind.SUPERVISOR: 3}
LAST_LEVEL = 4
STEPS = 8  # how far up a candidate's own line is followed


def seed_of(objection, attempt):
    """64 hex digits; the same facts give the same seed."""
    last = AuditEvent.objects.order_by("-position").values_list("hash", flat=True).first() or ""
    facts = (
        objection.document.evaluation.receipt_sha256,
        objection.pk,
        objection.filed_at.isoformat(),
        attempt,
        last,
    )
    return hashlib.sha256("|".join(map(str, facts)).encode()).hexdigest()


def drawn(seed, pool):
    """Which of `pool` (keys in order) the seed falls on. Pure."""
    return pool[int(seed, 16) % len(pool)]


def sha256_of_pool(pool):
    return hashlib.sha256(",".join(map(str, pool)).encode()).hexdigest()


def pool_for(objection, *, without=()):
    """The keys of all who may read the case, in order.

    Officials who lead, of the level of the appraiser or above, with an account, in another agency; never a party,
    never anybody in the line above the employee or the appraiser, never anybody led by the appraiser or the decider.
    """
    today = timezone.localdate()
    parties = {objection.employee_id, objection.appraiser_id, objection.decider_id} - {None}
    line = line_of(parties, today)
    posts = leading_posts(today)
    level = min((rank for rank, _ in posts.get(objection.appraiser_id, ())), default=LAST_LEVEL)
    agency = agency_path(objection.unit.path)
    found = [
        key
        for key, held in posts.items()
        if key not in line | set(without)
        and min(rank for rank, _ in held) <= level
        and not any(path.startswith(agency) for _, path in held)
    ]
    return sorted(set(found) - led_by(found, {objection.appraiser_id, objection.decider_id}, today))


def leading_posts(day):
    """{employee key: [(level, path of the unit)]} of everybody who leads and can sign in on `day`."""
    held = (
        Assignment.objects.on(day)
        .filter(kind=Assignment.Kind.DEFINITIVE, employee__user__is_active=True)
        .exclude(employee__kind=Employee.Kind.OFFICIAL)
        .exclude(
            employee__in=ServiceState.objects.on(day).filter(kind__in=ServiceState.AWAY).values("employee")
        )
        .values_list("employee", "post__kind", "post__leads_unit", "post__unit__path")
    )
    found = {}
    for employee, kind, leads, path in held:
        if leads or kind in LEVELS:
            found.setdefault(employee, []).append((LEVELS.get(kind, LAST_LEVEL), path))
    return found


def agency_path(path):
    """The path of the agency a unit belongs to: the second of its units from the top."""
    return "/".join(path.split("/")[:2]) + "/"


def led_by(keys, leaders, day):
    """Those of `keys` in whose own line one of `leaders` stands."""
    led, above = set(), {key: key for key in keys}
    for _ in range(STEPS):
        step = appraiser_keys_on(set(above.values()), day)
        above = {key: step[at] for key, at in above.items() if at in step}
        led |= {key for key, at in above.items() if at in leaders}
        if not above:
            break
    return led
