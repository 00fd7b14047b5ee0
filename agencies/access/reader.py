"""Who reads, worked out once a request for the policies of the guarded tables (ambon_kinerja.row_security).

| setting | employees or units by key |
|---|---|
| me, team, direct, indirect | himself; whom he appraises today; both; whom those appraise today |
| upward, lead | his appraiser today and that appraiser's own; the appraiser alone |
| peers | who has the same appraiser today, without himself |
| units_managed, units_office, units_inspected | those of his roles: office or unit admin; office; inspector |
| everything | the roles he has over the whole city: their units are not listed |
| roles | all his roles, wherever he has them |
"""

from django.utils import timezone

from agencies.structure.two_clocks import PRESENT

from .roles import Role
from .scope import grants_on

NAMES = (
    "me",
    "team",
    "direct",
    "indirect",
    "upward",
    "lead",
    "peers",
    "units_managed",
    "units_office",
    "units_inspected",
    "everything",
    "roles",
)
UNITS = {
    "units_managed": (Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN),
    "units_office": (Role.PERSONNEL_OFFICE,),
    "units_inspected": (Role.INSPECTOR,),
}


def keys(query):
    return f"(SELECT coalesce(array_agg(DISTINCT key), '{{}}') FROM ({query}) listed (key))"  # noqa: S608


def downwards(leaders):
    """The employees whose appraisers `leaders` (an array in SQL) are."""
    return f"SELECT agencies_subordinates(%s, %s, {leaders})"


def upwards(employees):
    """The appraisers of `employees` (an array in SQL)."""
    return f"SELECT appraiser FROM agencies_appraisers(%s, %s, {employees})"  # noqa: S608


def below(roles):
    """The units of these roles, without those held over the whole city."""
    wanted = ", ".join(f"'{role}'" for role in roles)
    found = "SELECT unit.id FROM agencies_unit unit JOIN held ON starts_with(unit.path, held.path)"
    return keys(f"{found} WHERE held.parent_id IS NOT NULL AND held.role IN ({wanted})")


FOUND = f"""
    WITH held (role, path, parent_id) AS MATERIALIZED (%s),
    own (list) AS MATERIALIZED (SELECT {keys("SELECT id FROM agencies_employee WHERE user_id = %s")}),
    team (list) AS MATERIALIZED (SELECT {keys(downwards("(SELECT list FROM own)"))}),
    indirect (list) AS MATERIALIZED (SELECT {keys(downwards("(SELECT list FROM team)"))}),
    first (list) AS MATERIALIZED (SELECT {keys(upwards("(SELECT list FROM own)::bigint[]"))}),
    peers (list) AS MATERIALIZED (SELECT {keys(downwards("(SELECT list FROM first)"))}),
    second (list) AS MATERIALIZED (SELECT {keys(upwards("(SELECT list FROM first)::bigint[]"))})
    SELECT own.list::text AS me, team.list::text AS team, (own.list || team.list)::text AS direct,
        indirect.list::text AS indirect, (first.list || second.list)::text AS upward,
        first.list::text AS lead,
        (SELECT coalesce(array_agg(key), '{{}}')::text FROM unnest(peers.list) key WHERE key <> ALL (own.list))
            AS peers,
        {", ".join(f"{below(roles)}::text AS {name}" for name, roles in UNITS.items())},
        (SELECT coalesce(array_agg(DISTINCT held.role), '{{}}')::text FROM held WHERE held.parent_id IS NULL)
            AS everything,
        (SELECT coalesce(array_agg(DISTINCT held.role), '{{}}')::text FROM held) AS roles
    FROM own, team, indirect, first, peers, second
"""  # noqa: S608
HELD, LINES = FOUND.split("(%s)", 1)


def settings_of(user):
    """(names, a query for one row with a text for each name, its parameters)."""
    today = timezone.localdate()
    grants = grants_on(user, today).order_by().values_list("role", "unit__path", "unit__parent")
    held, parameters = grants.query.sql_with_params()
    moments = [today, PRESENT] * 5
    return NAMES, f"{HELD}({held}){LINES}", [*parameters, user.pk, *moments]
