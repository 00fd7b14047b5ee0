"""The people every access test knows, seen from one employee ("self"), and the small city they work in."""

from datetime import date, timedelta

from agencies.access.actions import grant_role
from agencies.access.roles import Role
from agencies.people.actions import assign, hire, open_account
from agencies.structure.actions import add_post, add_unit
from ambon_kinerja.tests.remembered import remembered

LONG_AGO = date(2020, 1, 1)
UNTIL_LAST_MONTH = date(2026, 1, 1)

# person: (post, kind of post, unit, superior post); the first employee holds it from LONG_AGO on
POSTS = (
    ("mayor", "kepala_daerah", "city", None),
    ("superior", "jpt", "health", "mayor"),
    ("appraiser", "jf_keahlian", "clinic", "superior"),
    ("self", "jf_keterampilan", "clinic", "appraiser"),
    ("peer", "jf_keterampilan", "clinic", "appraiser"),
    ("stranger", "jpt", "schools", "mayor"),
    ("former", "pelaksana", "schools", "stranger"),
    ("acting", "pelaksana", "schools", "stranger"),
)
OFFICES = (
    ("personnel_office", Role.PERSONNEL_OFFICE, "city"),
    ("unit_admin", Role.UNIT_ADMIN, "health"),
    ("other_admin", Role.UNIT_ADMIN, "schools"),
    ("inspector", Role.INSPECTOR, "city"),
    ("system_admin", Role.SYSTEM_ADMIN, "city"),
    ("service_manager", Role.SERVICE_MANAGER, "health"),
    ("survey_office", Role.SERVICE_MANAGER, "city"),
    ("complaint_manager", Role.COMPLAINT_MANAGER, "health"),
)


def build_city():
    """The units and posts, as two dicts by short name."""
    units = {
        "city": add_unit(parent=None, kind="city", code="C", name="Kota", valid_from=LONG_AGO, by="test")
    }
    for name, parent, kind in (
        ("health", "city", "agency"),
        ("clinic", "health", "unit"),
        ("schools", "city", "agency"),
    ):
        units[name] = add_unit(
            parent=units[parent],
            kind=kind,
            code=name.upper(),
            name=name.title(),
            valid_from=LONG_AGO,
            by="test",
        )
    posts = {}
    for name, kind, unit, superior in POSTS:
        posts[name] = add_post(
            unit=units[unit],
            code=name,
            name=f"Jabatan {name}",
            kind=kind,
            by="test",
            leads_unit=name in ("mayor", "superior", "appraiser", "stranger"),
            superior=posts.get(superior),
        )
    return units, posts


def synthetic_nip(number):
    return f"19800101200501{1 + number % 2}{900 + number}"


@remembered
def build_cast():
    """{person: User}; every user carries `cast_units` and `cast_posts` of the same city on `cast["self"]`."""
    units, posts = build_city()
    cast = {}
    for number, (name, *_) in enumerate(POSTS):
        official = name == "mayor"
        employee = hire(
            name=f"Orang {name.title()}",
            nip=None if official else synthetic_nip(number),
            kind="pejabat" if official else "pns",
            by="test",
        )
        start = UNTIL_LAST_MONTH if name == "former" else LONG_AGO
        if name == "appraiser":
            start = UNTIL_LAST_MONTH
        assign(employee, post=posts[name], start=start, by="test")
        cast[name] = open_account(
            email=f"{name}@contoh.test", name=employee.name, by="test", employee=employee
        )
    # `former` led the clinic until `appraiser` came; `acting` acts for the head of the schools.
    assign(cast["former"].employee, post=posts["appraiser"], start=LONG_AGO, end=UNTIL_LAST_MONTH, by="test")
    assign(cast["acting"].employee, post=posts["stranger"], start=UNTIL_LAST_MONTH, kind="plh", by="test")
    for name, role, unit in OFFICES:
        cast[name] = open_account(email=f"{name}@contoh.test", name=f"Orang {name}", by="test")
        grant_role(cast[name], role=role, unit=units[unit], start=LONG_AGO, by="test", reason="uji")
    cast["outsider"] = open_account(email="outsider@contoh.test", name="Orang luar", by="test")
    cast["self"].cast_units, cast["self"].cast_posts = units, posts
    return cast


def add_subordinate(cast):
    """Somebody whom "self" appraises: who stands below reads nothing above."""
    own = cast["self"].cast_posts["self"]
    post = add_post(
        unit=cast["self"].cast_units["clinic"],
        code="subordinate",
        name="Jabatan subordinate",
        kind="pelaksana",
        by="test",
        superior=own,
    )
    cast["subordinate"] = add_person("subordinate", 20)
    assign(cast["subordinate"].employee, post=post, start=LONG_AGO, by="test")


def add_acting_appraisers(cast, today):
    """Three who act (Plt.) for "appraiser" one after the other: until yesterday, today, from tomorrow on."""
    tomorrow = today + timedelta(days=1)
    terms = {"plt_after": (LONG_AGO, today), "plt": (today, tomorrow), "plt_before": (tomorrow, None)}
    for number, (name, (start, end)) in enumerate(terms.items(), start=21):
        cast[name] = add_person(name, number)
        post = cast["self"].cast_posts["appraiser"]
        assign(cast[name].employee, post=post, start=start, end=end, kind="plt", by="test")


def add_person(name, number):
    employee = hire(name=f"Orang {name.title()}", nip=synthetic_nip(number), kind="pns", by="test")
    return open_account(email=f"{name}@contoh.test", name=employee.name, by="test", employee=employee)
