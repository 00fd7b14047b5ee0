"""Typing a worked example of the regulation into the pages, as the people it is about would."""

import pytest
from django.urls import reverse

from agencies.access.tests.cast import LONG_AGO, add_person
from agencies.people.actions import assign
from agencies.structure.actions import add_post, add_unit
from appraisal.demo.examples import central
from appraisal.demo.examples.shapes import ExampleIndicator, ExampleResult
from appraisal.planning.models import Skp
from appraisal.planning.tests.conftest import cast_with_rules
from appraisal.planning.tests.plans import YEAR
from appraisal.rulebook.queries import behaviour_values

USUAL = central().plans["director"].guides
RANGE, SINGLE = "range", "higher"
# Which indicator of his plan a manual is about: (result, indicator). The forms of one person word it in several ways.
MEASURED = {"KEPALA DINAS KESEHATAN": (0, 0), "DIREKTUR JENDERAL III": (2, 0), "DIREKTUR II": (0, 0)}


def page(name, *args):
    return reverse(f"appraisal:{name}", args=args)


class People:
    """The small city with the posts an example needs, each held by one person with an account of his own."""

    def __init__(self, client, cast):
        self.client, self.cast, self.units, self.posts, self.users = client, cast, {}, {}, {}

    def unit(self, name):
        if name not in self.units:
            self.units[name] = add_unit(
                parent=self.cast["self"].cast_units["city"],
                kind="agency",
                code=f"X{len(self.units)}",
                name=name,
                valid_from=LONG_AGO,
                by="test",
            )
        return self.units[name]

    def post(self, name, unit, *, kind="jf_keahlian", superior=None, leads=False):
        post = add_post(
            unit=self.unit(unit),
            code=f"x{len(self.posts)}",
            name=name,
            kind=kind,
            leads_unit=leads,
            superior=self.posts[superior] if superior else self.cast["self"].cast_posts["mayor"],
            by="test",
        )
        user = add_person(f"Contoh {len(self.posts)}", 40 + len(self.posts))
        assign(user.employee, post=post, start=LONG_AGO, by="test")
        self.posts[name], self.users[name] = post, user
        return user

    def as_holder_of(self, post):
        self.client.force_login(self.users[post])
        return self.client


def people_of(client, plan):
    """The two a plan is agreed between."""
    people = People(client, cast_with_rules())
    people.post(plan.appraiser_post, plan.appraiser_unit, kind="jpt", leads=True)
    leads = plan.audience == "leader" and plan.unit != plan.appraiser_unit
    kind = "jpt" if plan.audience == "leader" else "jf_keahlian"
    people.post(plan.post, plan.unit, kind=kind, superior=plan.appraiser_post, leads=leads)
    return people


def sent(client, address, data):
    """Post what was typed; a refusal is shown in its own words."""
    answer = client.post(address, data)
    if answer.status_code != 302:
        form, rows = answer.context.get("form"), answer.context.get("formset")
        pytest.fail(f"{address}: {form and form.errors} {rows and rows.errors} {answer.context.get('gaps')}")
    return answer


def begin_plan(people, post, *, is_qualitative):
    client = people.as_holder_of(post)
    sent(client, page("skp-create"), {"tahun": YEAR})
    skp = Skp.objects.get(employee=people.users[post].employee)
    if is_qualitative:
        sent(client, page("skp-format", skp.pk), {"approach": "qualitative"})
        skp.refresh_from_db()
    return skp


def add_result(client, skp, result):
    """One result with its indicators; the result above is chosen from the list by its words."""
    address = page("result-add", skp.pk)
    form = client.get(address).context["form"]
    above = [one for one in form.fields["parent"].queryset if one.statement == result.superior_result]
    data = {
        "kind": result.kind,
        "statement": result.statement,
        "assigned_by": result.assigned_by,
        "parent": above[0].pk if above else "",
        "version": form["version"].value(),
        "indikator-TOTAL_FORMS": len(result.indicators),
        "indikator-INITIAL_FORMS": 0,
    }
    for place, indicator in enumerate(result.indicators):
        data |= {f"indikator-{place}-{name}": value for name, value in typed(indicator).items()}
    sent(client, address, data)


def typed(indicator):
    target = indicator.target
    row = {"statement": indicator.statement, "perspective": indicator.perspective, "aspect": indicator.aspect}
    if target is None:
        return row
    low, high = (str(number).replace(".", ",") for number in (target.low, target.high))
    return row | {
        "direction": RANGE if target.is_range else SINGLE,
        "target_low": low,
        "target_high": high if target.is_range else "",
        "unit": target.unit,
        "target_text": target.target_text,
    }


def agree(people, skp, owner, appraiser, expectations=None):
    """Hand the plan in; its appraiser says what he expects and agrees."""
    sent(people.as_holder_of(owner), page("skp-submit", skp.pk), {})
    client, values = people.as_holder_of(appraiser), {one.name.lower(): one for one in behaviour_values()}
    for name, lines in (expectations or {}).items():
        sent(client, page("expectation-edit", skp.pk, values[name.lower()].pk), {"text": "\r\n".join(lines)})
    read = client.get(page("skp-agree", skp.pk)).context["skp"]
    sent(client, page("skp-agree", skp.pk), {"version": read.version})


def expected_of(plan):
    """What is typed as expected; what p. 186 adds to the guides of one person is expected of this person alone."""
    further = {name: lines[len(USUAL[name]) :] for name, lines in plan.guides.items()}
    found = {name: (*further[name], *plan.expectations.get(name, ())) for name in plan.guides}
    return {name: lines for name, lines in found.items() if lines}


def write_annex(client, skp, annex):
    address = page("annex-edit", skp.pk)
    lines = [("resource", text) for text in annex.resources]
    lines += [("accountability", text) for text in annex.accountability]
    lines += [("consequence", text) for text in annex.consequences]
    data = {"seen": client.get(address).context["seen"], "baris-jumlah": len(lines)}
    for place, (kind, text) in enumerate(lines):
        row = {"kind": kind, "text": text}
        row |= {"resource": "people"} if kind == "resource" else {}
        row |= {"if_met": "ya"} if kind == "consequence" else {}
        data |= {f"baris-{place}-{name}": value for name, value in row.items()}
    sent(client, address, data)


def write_manual(client, skp, manual):
    result, indicator = MEASURED[manual.owner]
    measured = skp.results.all()[result].indicators.all()[indicator]
    address = page("manual-edit", skp.pk, measured.pk)
    form = client.get(address).context["form"]
    data = {
        "purpose": manual.purpose,
        "definition": "\r\n".join(manual.definition),
        "formula": "\r\n".join(manual.formula),
        "unit": manual.unit,
        "control": manual.control,
        "source": manual.source,
        "reporting": manual.reporting,
        "seen": form["seen"].value(),
    }
    sent(client, address, data)


def write_goal(client, agreement, goal):
    """A goal with its indicators; the lines of a method stay lines."""
    data = {"statement": goal.statement, "supports": "", "programme": "", "version": 0}
    data |= {"indikator-TOTAL_FORMS": len(goal.indicators), "indikator-INITIAL_FORMS": 0}
    for place, one in enumerate(goal.indicators):
        row = {"statement": one.statement, "target": one.target, "baseline": one.baseline}
        row |= {"method": "\r\n".join(one.method), "source": one.source}
        data |= {f"indikator-{place}-{name}": value for name, value in row.items()}
    sent(client, page("goal-add", agreement), data)


def begin_strategy(people, post, unit, indicator):
    """The draft of a leader who has one indicator, worded as the form about it words it."""
    people.post(post, unit, kind="jpt", leads=True)
    skp = begin_plan(people, post, is_qualitative=True)
    measured = (ExampleIndicator(indicator, perspective="served"),)
    add_result(
        people.as_holder_of(post), skp, ExampleResult(0, "main", "Layanan membaik", indicators=measured)
    )
    return skp


def write_block(client, skp, block):
    data = {
        "title": block.initiative,
        "indicators": [skp.results.get().indicators.get().pk],
        "owner": block.owner,
        "parties": block.parties,
        "deadline": block.deadline,
        "beneficiaries": block.beneficiaries,
        "purpose": block.purpose,
        "budget": block.budget,
        "method": "service",
        "version": 0,
        "activity_routine": "\r\n".join(block.routine_activities),
        "activity_transformative": "\r\n".join(block.transformative_activities),
        "milestone_routine": "\r\n".join(block.routine_milestones),
        "milestone_transformative": "\r\n".join(block.transformative_milestones),
    }
    sent(client, page("initiative-add", skp.pk), data)


def write_row(client, address, cells, **more):
    """What one person is to bring about, typed under the columns of the page in their order."""
    form = client.get(address).context["form"]
    fields = [cell.name for cell in form.cells()]
    roles = {name: "\r\n".join(lines) for name, lines in zip(fields, cells, strict=True)}
    sent(client, address, roles | {"version": form["version"].value()} | more)


def write_matrices(people, skp, first, second):
    """The leader's matrix and, below the leader of the team, the matrix of his team; returns the key of his row."""
    client = people.as_holder_of(first.leader)
    [head] = first.roles
    lead = people.post(head.post, "Unit contoh", superior=first.leader).employee
    write_row(client, page("matrix-row", skp.pk, lead.pk), head.cells, is_team_lead="on")
    row = skp.matrix.rows.get().pk
    for role in second.roles:
        member = people.post(role.post, "Unit contoh", superior=first.leader).employee
        sent(client, page("matrix-team-person-add", skp.pk, row), {"person": member.name})
        write_row(client, page("matrix-team-row", skp.pk, row, member.pk), role.cells)
    return row
