"""What a service asks today, in one statement: every page and every answer of the survey begins with it."""

from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from agencies.structure.models import Unit
from ambon_kinerja.statements import rows_of
from feedback.services.models import Service

from .elements import Kind
from .models import Questionnaire
from .queries import in_force

SERVICE, UNIT = ("id", "unit_id", "slug", "name", "is_open"), ("id", "name")
# The digest of the questionnaire is of its rows, whatever they hold.
STATEMENT = f"""
    SELECT service.id, service.unit_id, service.slug, service.name, service.is_open, unit.id, unit.name, version.id,
        md5(version::text || (
            SELECT string_agg(question::text, '' ORDER BY question.id)
            FROM feedback_question question WHERE question.questionnaire_id = version.id
        ))
    FROM feedback_service service
    JOIN agencies_unit unit ON unit.id = service.unit_id
    LEFT JOIN LATERAL ({in_force("service.id")}) version ON true
    WHERE service.slug = %(slug)s
"""  # noqa: S608


@dataclass(frozen=True)
class Asked:
    """A service with its unit, the questionnaire in force with its questions, and a digest of all these words."""

    service: Service
    questionnaire: Questionnaire
    digest: str


def asked_on(day, slug):
    """What the service of this address asks on `day`; None if there is no such service, or nothing is asked yet."""
    found = rows_of(STATEMENT, day=day, slug=slug, general=Kind.GENERAL)
    *columns, version, digest = found[0] if found else (None, None)
    if version is None:
        return None
    service = Service.from_db(connection.alias, SERVICE, columns[: len(SERVICE)])
    service.unit = Unit.from_db(connection.alias, UNIT, columns[len(SERVICE) :])
    return Asked(service, questionnaire_kept(version, digest), digest)


@lru_cache(maxsize=64)
def questionnaire_kept(key, digest):
    """A questionnaire with its questions; other rows have another digest, so that what is kept is never old."""
    return Questionnaire.objects.prefetch_related("questions").get(pk=key)
