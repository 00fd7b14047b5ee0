"""Builds the organisation and its people through the acts an office would use."""

from datetime import date

from agencies.access.actions import grant_role
from agencies.people.actions import assign, hire, open_account
from agencies.structure.actions import add_post, add_unit
from feedback.services.actions import add_service

from .organisation import ACCOUNTS, GRANTS, POSTS, SERVICES, UNITS, person_name, person_nip
from .results.outcomes import LEVELS

BY = "seed"
SINCE = date(2022, 1, 3)
PASSWORD = "demo-ambon-kinerja"  # noqa: S105  the same for all demo accounts, printed by `demo_accounts`


def address_of(name):
    return f"{name}@demo.test"


def build_organisation():
    """All units, posts and people; returns {post code: [Employee, …]} in the order of POSTS."""
    units = build_units(UNITS, {})
    posts = build_posts(units, POSTS)
    people = build_staff(posts, POSTS, ACCOUNTS)
    for post, role, unit, reason in GRANTS:
        grant_role(people[post][0].user, role=role, unit=units[unit], start=SINCE, by=BY, reason=reason)
    for slug, unit, name, description in SERVICES:
        add_service(unit=units[unit], name=name, slug=slug, by=BY, description=description)
    return people


def build_units(rows, above):
    """The units of `rows` by their code, beside those that stand above them."""
    units = dict(above)
    for code, parent, kind, name in rows:
        units[code] = add_unit(
            parent=units.get(parent),
            kind=kind,
            code=code,
            name=name,
            valid_from=SINCE,
            by=BY,
            is_confirmed=False,
        )
    return units


def build_posts(units, rows):
    posts = {}
    for code, unit, name, kind, leads, superior, _, _ in rows:
        posts[code] = add_post(
            unit=units[unit],
            code=code,
            name=name,
            kind=kind,
            by=BY,
            leads_unit=leads,
            superior=posts.get(superior),
            level=LEVELS.get(code, ""),
        )
    return posts


def build_staff(posts, rows, accounts, number=0):
    """Who holds the posts of `rows`, by post; `number` is that of the first of them."""
    sign_in = {post: name for post, name, _ in accounts}
    people = {}
    for code, _, _, kind, _, _, holders, rank in rows:
        people[code] = []
        for holder in range(holders):
            account = sign_in.get(code) if holder == 0 else None
            people[code].append(build_person(number, posts[code], kind, rank, account))
            number += 1
    return people


def build_person(number, post, kind, rank, account):
    temporary = rank == "IX"
    elected = kind == "kepala_daerah"
    employee = hire(
        name=person_name(number),
        nip=None if elected else person_nip(number, temporary=temporary),
        kind="pejabat" if elected else "pppk" if temporary else "pns",
        rank=rank,
        by=BY,
    )
    assign(employee, post=post, start=SINCE, decree=f"800/{100 + number}/2022", by=BY)
    open_account(
        email=address_of(account or f"{post.code}.{number}"),
        name=employee.name,
        by=BY,
        employee=employee,
        password=PASSWORD if account else None,
    )
    return employee
