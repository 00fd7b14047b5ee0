"""The tree of performance of a unit: programme → goal → result of the leader → results of the staff, and its gaps.

Only plans the reader may read are in it. A fixed number of questions, however large the unit is.
"""

from dataclasses import dataclass, field

from django.db.models import Q

from agencies.access.scope import visible_employees
from agencies.people.models import Assignment, Employee
from agencies.people.reporting_line import subordinate_pairs_on
from agencies.structure.models import PostVersion
from ambon_kinerja.charts import bar_chart
from appraisal.goals.models import Goal
from appraisal.planning.models import Skp, WorkResult
from appraisal.planning.queries import visible_skps

HIGHEST = 5  # as many levels of goals above a unit as the city has, and more
LIVING = (Skp.State.DRAFT, Skp.State.SUBMITTED, Skp.State.RETURNED, Skp.State.AGREED)


@dataclass
class Node:
    """One line of the tree; `kind`: "programme", "goal" or "result"."""

    kind: str
    record: object
    children: list = field(default_factory=list)
    is_gap: bool = False  # a goal or a leader's result that nothing below serves

    @property
    def size(self):
        return len(self.children)


@dataclass
class Tree:
    roots: list
    unsupported: list  # results of leaders that no result of the staff serves
    idle: list  # people whose plan serves nothing
    without_plan: list  # people without a plan of the year
    orphans: list  # results under no result and no goal
    unserved_goals: list
    chart: object = None

    @property
    def has_gaps(self):
        return bool(self.unsupported or self.idle or self.without_plan or self.orphans or self.unserved_goals)


def tree_of(unit, year, *, user, day):
    """The tree of `unit` itself: its goals, the results of those who plan in it, and what directly serves them."""
    goals = goals_of(unit, year)
    plans = visible_skps(user).plans().filter(year=year, state__in=LIVING).select_related(None).order_by()
    here = list(plans.filter(unit=unit).values_list("pk", flat=True))
    readable = WorkResult.objects.filter(skp__in=plans, withdrawn_on=None).select_related(
        "skp__employee", "skp__unit"
    )
    own = list(readable.filter(skp__in=here).order_by("skp__employee__name", "-kind", "position"))
    known = {result.pk for result in own}
    serving = readable.filter(Q(parent__in=known) | Q(goal__in=[goal.pk for goal in goals])).exclude(
        pk__in=known
    )
    results = own + list(serving.order_by("skp__unit__path", "skp__employee__name", "position"))
    leaders = leaders_among({result.skp.employee_id for result in own}, day)
    nodes = linked(results, leaders, known)
    staff = people_of(unit, user, day)
    planned = {result.skp.employee_id for result in own}
    serving_people = {result.skp.employee_id for result in results if result.parent_id or result.goal_id}
    supported = {result.parent_id for result in results if result.parent_id}
    roots, unserved = roots_of(goals, nodes, results)
    unsupported = [
        result for result in own if result.skp.employee_id in leaders and result.pk not in supported
    ]
    orphans = [result for result in own if result.parent_id is None and result.goal_id is None]
    planning = plans.filter(unit=unit).values_list("employee_id", flat=True)
    with_plan = set(planning) | planned
    return Tree(
        roots=roots,
        unsupported=unsupported,
        idle=[one for one in staff if one.pk in with_plan and one.pk not in serving_people],
        without_plan=[one for one in staff if one.pk not in with_plan],
        orphans=orphans,
        unserved_goals=unserved,
        chart=chart_of(own, orphans, unsupported),
    )


def goals_of(unit, year):
    """The goals of the unit's agreement with what they serve, and the goals of other units that serve them."""
    above = "__".join(["supports"] * HIGHEST)
    goals = Goal.objects.filter(agreement__unit=unit, agreement__year=year).select_related(
        "programme",
        "agreement__unit",
        *("__".join([*["supports"] * step, "programme"]) for step in range(1, HIGHEST)),
        above,
    )
    return list(
        goals.prefetch_related("indicators", "supported_by__agreement__unit").order_by("position", "pk")
    )


def leaders_among(people, day):
    """Of these people those who appraise somebody on `day`. One question."""
    return {leader for leader, _ in subordinate_pairs_on(people, day)} if people else set()


def people_of(unit, user, day):
    """Who has to have a plan in `unit` on `day`, as far as the reader may see them."""
    posts = PostVersion.objects.on(day).filter(unit=unit).values("post")
    held = Assignment.objects.on(day).filter(post__in=posts, kind=Assignment.Kind.DEFINITIVE)
    return list(
        visible_employees(user, day)
        .filter(pk__in=held.values("employee"))
        .exclude(kind=Employee.Kind.OFFICIAL)
        .order_by("name", "pk")
    )


def linked(results, leaders, own):
    """{key: Node} of all results, each under its parent where that is shown too."""
    nodes = {result.pk: Node("result", result) for result in results}
    for result in results:
        if result.parent_id in nodes:
            nodes[result.parent_id].children.append(nodes[result.pk])
    for key, node in nodes.items():
        node.is_gap = key in own and node.record.skp.employee_id in leaders and not node.children
    return nodes


def roots_of(goals, nodes, results):
    """(the roots, goals that nothing serves): programmes with their goals, then results under no shown goal."""
    programmes, roots, unserved = {}, [], []
    for goal in goals:
        mine = [
            nodes[result.pk]
            for result in results
            if result.goal_id == goal.pk and result.parent_id not in nodes
        ]
        below = [Node("goal", other) for other in goal.supported_by.all()]
        node = Node("goal", goal, [*mine, *below], is_gap=not mine and not below)
        if node.is_gap:
            unserved.append(goal)
        programme = programme_of(goal)
        key = programme.pk if programme else None
        if key not in programmes:
            programmes[key] = Node("programme", programme)
            roots.append(programmes[key])
        programmes[key].children.append(node)
    goal_keys = {goal.pk for goal in goals}
    loose = [
        nodes[result.pk]
        for result in results
        if result.parent_id not in nodes and result.goal_id not in goal_keys
    ]
    if loose:
        roots.append(Node("loose", None, loose))
    return roots, unserved


def programme_of(goal):
    """The programme a goal serves, itself or through the goals above it; None when none of them names one."""
    for _ in range(HIGHEST):
        if goal is None or goal.programme is not None:
            break
        goal = goal.supports
    return goal.programme if goal else None


def chart_of(own, orphans, unsupported):
    """How the results of the unit are linked, as bars; None without results."""
    if not own:
        return None
    linked_up = len(own) - len(orphans)
    rows = [
        ("Terhubung ke atas", linked_up, "series-1"),
        ("Belum terhubung ke atas", len(orphans), "series-2"),
        ("Hasil pimpinan tanpa pendukung", len(unsupported), "series-3"),
    ]
    return bar_chart(
        rows, title=f"{linked_up} dari {len(own)} hasil kerja terhubung ke atas", unit="hasil", top=len(own)
    )
