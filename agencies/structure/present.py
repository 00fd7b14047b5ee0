"""Keeping in Unit and Post what is so today: the facts of their versions, and the paths of the tree.

Called after every change, and by the timetable soon after midnight in WIT for what was decided for this day.
"""

from django.db import connection
from django.utils import timezone

# Of each thing the version of the day; where there is none, the last one before it, else the first one after it.
NEAREST = """
    SELECT DISTINCT ON (version.{thing}_id) version.*,
        min(lower(version.term)) OVER thing AS first_day,
        CASE WHEN bool_or(upper_inf(version.term)) OVER thing THEN NULL
            ELSE max(upper(version.term)) OVER thing - 1 END AS final_day
    FROM agencies_{thing}version version WHERE upper_inf(version.recorded)
    WINDOW thing AS (PARTITION BY version.{thing}_id)
    ORDER BY version.{thing}_id, version.term @> %(day)s::date DESC, lower(version.term) <= %(day)s::date DESC,
        CASE WHEN lower(version.term) <= %(day)s::date THEN lower(version.term) END DESC, lower(version.term)
"""

UNITS = f"""
    UPDATE agencies_unit unit SET name = now.name, parent_id = now.parent_id,
        valid_from = now.first_day, valid_until = now.final_day
    FROM ({NEAREST.format(thing="unit")}) now
    WHERE now.unit_id = unit.id AND (unit.name, unit.parent_id, unit.valid_from, unit.valid_until)
        IS DISTINCT FROM (now.name, now.parent_id, now.first_day, now.final_day)
"""  # noqa: S608 (here and below: put together from constants, the day is a parameter)

POSTS = f"""
    UPDATE agencies_post post SET unit_id = now.unit_id, name = now.name, leads_unit = now.leads_unit,
        superior_id = now.superior_id, valid_until = now.final_day
    FROM ({NEAREST.format(thing="post")}) now
    WHERE now.post_id = post.id
        AND (post.unit_id, post.name, post.leads_unit, post.superior_id, post.valid_until)
        IS DISTINCT FROM (now.unit_id, now.name, now.leads_unit, now.superior_id, now.final_day)
"""  # noqa: S608

PATHS = """
    WITH RECURSIVE tree (id, path) AS (
        SELECT id, id || '/' FROM agencies_unit WHERE parent_id IS NULL
        UNION ALL
        SELECT unit.id, tree.path || unit.id || '/' FROM agencies_unit unit JOIN tree ON unit.parent_id = tree.id
    )
    UPDATE agencies_unit unit SET path = tree.path FROM tree WHERE tree.id = unit.id AND tree.path <> unit.path
"""


def refresh(day=None):
    """Bring the present of all units and posts to `day` (None: today in WIT); three statements, most change nothing."""
    known = {"day": day or timezone.localdate()}
    with connection.cursor() as cursor:
        for statement in (UNITS, POSTS, PATHS):
            cursor.execute(statement, known if statement is not PATHS else None)
