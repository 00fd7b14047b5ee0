"""Who leads a unit and who stands above it on a day: the leader above sets its achievement."""

from dataclasses import dataclass

from django.db.models import Q

from agencies.access.roles import Role
from agencies.access.scope import grants_on, path_in
from agencies.people.models import Assignment, Employee
from agencies.people.reporting_line import appraiser_on, holder_on, subordinate_keys_on
from agencies.structure.models import Post, PostVersion, Unit
from appraisal.goals.queries import leading_post_of, units_led_by

FARTHEST = 12  # posts on the way up; the city has four


@dataclass(frozen=True)
class Line:
    """`head` leads the unit, `above` sets its achievement; both may be None. `is_top`: the head of the city does."""

    post: Post | None = None
    head: Employee | None = None
    above: Employee | None = None
    is_top: bool = False


def line_of(unit, day):
    """The Line of `unit` on `day`; without a leading post nobody sets anything."""
    leading = leading_post_of(unit, day)
    if leading is None:
        return Line()
    head = holder_on(leading.post, day)
    above = appraiser_on(head, day) if head else first_holder_above(leading, day)
    return Line(leading.post, head, above, above is None or is_regional_head(above, day))


def first_holder_above(version, day):
    """Where nobody leads: who answers for the nearest post above."""
    for _ in range(FARTHEST):
        if version is None or version.superior_id is None:
            return None
        version = PostVersion.objects.on(day).filter(post=version.superior_id).select_related("post").first()
        if version and (found := holder_on(version.post, day)):
            return found
    return None


def is_regional_head(person, day):
    """Does he hold the elected post of the Wali Kota on that day, also acting for it?"""
    held = Assignment.objects.on(day).filter(employee=person, post__kind=Post.Kind.ELECTED)
    return held.exists()


def led_units_on(day):
    """The units that somebody can lead on `day`: only they have an achievement."""
    led = PostVersion.objects.on(day).filter(leads_unit=True).values("unit")
    return Unit.objects.filter(pk__in=led)


def units_below(person, day):
    """The units whose achievement `person` sets: led by those he appraises, or vacant under a post of his own."""
    team = Assignment.objects.on(day).filter(employee__in=subordinate_keys_on(person, day))
    own = Assignment.objects.on(day).filter(employee=person).values("post")
    leading = PostVersion.objects.on(day).filter(leads_unit=True)
    vacant = leading.filter(superior__in=own).exclude(post__in=Assignment.objects.on(day).values("post"))
    led = leading.filter(post__in=team.values("post")) | vacant
    mine = units_led_by(person, day).values("pk")
    return Unit.objects.filter(pk__in=led.values("unit")).exclude(pk__in=mine)


def units_at_the_top(user, day, grants=None):
    """The units of his office whose achievement the Wali Kota sets, written down by the personnel office for him.

    `grants`: those of `user` today, where they have been asked already.
    """
    if grants is None:
        grants = grants_on(user, day, Role.PERSONNEL_OFFICE)
    paths = [grant.unit.path for grant in grants if grant.role == Role.PERSONNEL_OFFICE]
    if not paths:
        return Unit.objects.none()
    elected = PostVersion.objects.on(day).filter(post__kind=Post.Kind.ELECTED).values("post")
    top = PostVersion.objects.on(day).filter(leads_unit=True)
    top = top.filter(Q(superior__in=elected) | Q(superior=None) | Q(post__in=elected))
    return Unit.objects.filter(path_in(paths), pk__in=top.values("unit"))
