"""The organisation as its pages show it, on any day and as known at any moment."""

from dataclasses import dataclass, field

from django.db.models import Count, Q

from agencies.access.scope import visible_employees
from agencies.people.models import Assignment
from agencies.structure.models import PostVersion, Unit, UnitVersion

PREFIX = {Assignment.Kind.PLT: "Plt. ", Assignment.Kind.PLH: "Plh. "}
ORDER = (Assignment.Kind.DEFINITIVE, Assignment.Kind.PLT, Assignment.Kind.PLH, Assignment.Kind.ADDITIONAL)


@dataclass
class Seat:
    """A post on the day: `holders` how many hold it, `names` those that may be shown, "Plt." before it where due."""

    version: PostVersion
    holders: int = 0
    names: list = field(default_factory=list)

    @property
    def unnamed(self):
        return self.holders - len(self.names)


@dataclass
class Branch:
    """A unit on the day with what is in it; `people` hold a post definitively in it or below."""

    version: UnitVersion
    children: list = field(default_factory=list)
    seats: list = field(default_factory=list)
    people: int = 0
    units: int = 1

    @property
    def unit(self):
        return self.version.unit

    @property
    def head(self):
        return self.seats[0] if self.seats and self.seats[0].version.leads_unit else None


def tree_on(day, known_at=None):
    """The Branches without a parent on `day`, by name. Four queries for any number of units."""
    branches = {
        version.unit_id: Branch(version)
        for version in UnitVersion.objects.on(day, known_at).select_related("unit").order_by("name", "unit")
    }
    for seat in seats_on(PostVersion.objects.on(day, known_at), day, known_at):
        if seat.version.unit_id in branches:
            branches[seat.version.unit_id].seats.append(seat)
    tops = []
    for branch in branches.values():
        above = branches.get(branch.version.parent_id)
        (above.children if above else tops).append(branch)
    for top in tops:
        add_up(top)
    return tops


def add_up(branch):
    """Let the branch and those below say how many people and units are in them."""
    for child in branch.children:
        add_up(child)
    branch.people += sum(seat.definitive for seat in branch.seats) + sum(
        child.people for child in branch.children
    )
    branch.units += sum(child.units for child in branch.children)


def seats_on(versions, day, known_at=None):
    """Seats of these PostVersions, the leading ones first and with the names of their holders. Three queries."""
    versions = list(versions.select_related("post").order_by("-leads_unit", "name", "post"))
    held = Assignment.objects.on(day, known_at).order_by().values("post")
    counts = {
        row["post"]: row
        for row in held.annotate(
            everybody=Count("employee", distinct=True), definitive=Count("pk", filter=Q(kind="definitive"))
        )
    }
    leading = [version.post_id for version in versions if version.leads_unit]
    names = names_of(Assignment.objects.on(day, known_at).filter(post__in=leading))
    seats = []
    for version in versions:
        row = counts.get(version.post_id, {"everybody": 0, "definitive": 0})
        seat = Seat(version, row["everybody"], names.get(version.post_id, []))
        seat.definitive = row["definitive"]
        seats.append(seat)
    return seats


def names_of(assignments):
    """{post pk: ["Plt. Name", …]}, the definitive holders first."""
    found = {}
    for held in sorted(
        assignments.select_related("employee"), key=lambda held: (ORDER.index(held.kind), held.pk)
    ):
        found.setdefault(held.post_id, []).append(PREFIX.get(held.kind, "") + held.employee.name)
    return found


def named_seats(user, versions, day, known_at=None):
    """Seats in which the holders that `user` may see are named; who leads a unit is a public official."""
    seats = seats_on(versions, day, known_at)
    posts = [seat.version.post_id for seat in seats if not seat.version.leads_unit]
    seen = visible_employees(user).values("pk")
    names = names_of(Assignment.objects.on(day, known_at).filter(post__in=posts, employee__in=seen))
    for seat in seats:
        seat.names = seat.names or names.get(seat.version.post_id, [])
    return seats


def unit_on(unit, day, known_at=None):
    """The UnitVersion of `unit` on `day`, or None."""
    return unit.versions.on(day, known_at).select_related("unit", "parent").first()


def post_on(post, day, known_at=None):
    return post.versions.on(day, known_at).select_related("post", "unit", "superior").first()


def way_to(unit, day, known_at=None):
    """The UnitVersions from the top down to `unit` on `day`; empty when it does not exist. One query."""
    versions = {
        version.unit_id: version for version in UnitVersion.objects.on(day, known_at).select_related("unit")
    }
    way, at = [], unit.pk
    while at in versions and versions[at] not in way:
        way.insert(0, versions[at])
        at = versions[at].parent_id
    return way


def predecessors_of(unit):
    """The units that ended in favour of `unit`."""
    return Unit.objects.filter(successor=unit).order_by("valid_until", "name")


def holders_of(post, user, known_at=None):
    """Who held `post` when, latest first, as far as `user` may see; of a leading post everybody."""
    held = Assignment.objects.known(known_at).filter(post=post).select_related("employee")
    if not PostVersion.objects.known(known_at).filter(post=post, leads_unit=True).exists():
        held = held.filter(employee__in=visible_employees(user).values("pk"))
    return held.order_by("-term", "-pk")
