"""Leading posts that stand empty on a day: since when, who acts there meanwhile, and how many are appraised past them.

A post leads when it leads a unit or is the superior of another. It stands empty while nobody holds it definitively or
as an additional task; a Plt. or Plh. fills it for the time being, and so does who appraises there by exception.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from agencies.people.line_sql import GIVEN, STARTS, away, counts, lines, with_values
from agencies.people.models import AppraiserException, Assignment, Employee
from agencies.people.orphans import owe_appraisal_on
from agencies.structure.models import PostVersion, Unit
from agencies.structure.queries import agencies_of, posts_below
from agencies.structure.two_clocks import PRESENT

from .rules import kinds_giver

Kind = Assignment.Kind
HOLDS = (Kind.DEFINITIVE, Kind.ADDITIONAL)
ACTS = {Kind.PLT: "Plt.", Kind.PLH: "Plh."}

# Who works anywhere below each of the posts, by the posts of that day.
BELOW = with_values(f"""
    WITH RECURSIVE {GIVEN}, below (top, post_id) AS (
        SELECT top, top FROM unnest(%s::bigint[]) top
        UNION
        SELECT below.top, version.post_id FROM below
            JOIN agencies_postversion version ON version.superior_id = below.post_id AND {counts("version")}
    )
    SELECT DISTINCT below.top, held.employee_id
    FROM below JOIN agencies_assignment held ON held.post_id = below.post_id AND {counts("held")}
    WHERE below.post_id <> below.top AND held.kind IN ({", ".join(f"'{kind}'" for kind in STARTS)})
""")  # noqa: S608

# Whose line goes over a post because nobody else answers there; who has a delegated appraiser needs no post.
PAST = with_values(f"""
    {lines(many=True)}
    SELECT line.post_id, count(*) FROM line
    WHERE coalesce(line.answer, line.employee_id) = line.employee_id AND NOT EXISTS (
        SELECT 1 FROM agencies_appraiserexception rule
        WHERE rule.employee_id = line.employee_id AND {counts("rule")} AND NOT {away("rule.appraiser_id")}
    )
    GROUP BY line.post_id
""")  # noqa: S608


@dataclass(frozen=True)
class Vacancy:
    """An empty leading post. `since` is None when nobody is known ever to have held it; `acting` says who stands in."""

    name: str
    unit: Unit
    agency: Unit | None
    since: date | None
    acting: tuple[str, ...]
    below: int
    past: int
    mend_at: str
    mend_words: str

    @property
    def state_words(self):
        return "Diisi sementara" if self.acting else "Kosong"


def vacant_posts(units, day):
    """The PostVersions of empty leading posts in `units` and below on `day`, those without anybody first."""
    held = Assignment.objects.on(day).filter(post=OuterRef("post"))
    standing_in = AppraiserException.objects.on(day).filter(post=OuterRef("post"), appraiser__isnull=False)
    subordinate = PostVersion.objects.on(day).filter(superior=OuterRef("post"))
    ended = Assignment.objects.known().filter(post=OuterRef("post"), kind__in=HOLDS, term__endswith__lte=day)
    there_today = PostVersion.objects.on(timezone.localdate()).filter(post=OuterRef("post"))
    return (
        PostVersion.objects.on(day)
        .filter(post__in=posts_below(units, day))
        .filter(Q(leads_unit=True) | Exists(subordinate))
        .exclude(Exists(held.filter(kind__in=HOLDS)))
        .annotate(
            is_filled=Exists(held.filter(kind__in=tuple(ACTS))) | Exists(standing_in),
            since=Subquery(ended.order_by("-term__endswith").values("term__endswith")[:1]),
            is_there_today=Exists(there_today),
        )
        .select_related("post__unit", "unit")
        .order_by("is_filled", "unit__path", "-leads_unit", "name", "post")
    )


def vacancies_of(versions, day, user):
    """[Vacancy] for these rows of `vacant_posts`, as `user` may mend them. The same queries for any number."""
    versions = list(versions)
    keys = [version.post_id for version in versions]
    acting, (below, past) = acting_in(keys, day), people_under(keys, day)
    agencies, kinds_for = agencies_of({version.unit for version in versions}), kinds_giver(user)
    return [
        Vacancy(
            name=version.name,
            unit=version.unit,
            agency=agencies[version.unit.pk],
            since=version.since,
            acting=tuple(acting.get(version.post_id, ())),
            below=below.get(version.post_id, 0),
            past=past.get(version.post_id, 0),
            mend_at=reverse("agencies:post-appoint", args=[version.post_id]),
            mend_words=words_for(version, kinds_for(version.post.unit)),
        )
        for version in versions
    ]


def words_for(version, kinds):
    """What somebody who may give these kinds of assignment is offered to do about a row of `vacant_posts`."""
    if not version.is_there_today:
        return ""
    if Kind.PLT in kinds:
        return "Isi jabatan" if version.is_filled else "Isi atau tunjuk Plt."
    return "Tunjuk Plh." if kinds and not version.is_filled else ""


def acting_in(post_keys, day):
    """{post pk: ["Plt. Name", …]}: who stands in on `day`, by appointment or as appraiser by exception."""
    found = {}
    held = Assignment.objects.on(day).filter(post__in=post_keys, kind__in=tuple(ACTS))
    for each in held.select_related("employee").order_by("-kind", "pk"):
        found.setdefault(each.post_id, []).append(f"{ACTS[each.kind]} {each.employee.name}")
    rules = AppraiserException.objects.on(day).filter(post__in=post_keys, appraiser__isnull=False)
    for rule in rules.select_related("appraiser"):
        found.setdefault(rule.post_id, []).append(f"{rule.appraiser.name} (penilai khusus)")
    return found


def people_under(post_keys, day):
    """({post pk: how many who owe an appraisal work below}, {post pk: how many of them are appraised past it})."""
    under = rows_of(BELOW, post_keys, day)
    people = Employee.objects.filter(pk__in={person for _, person in under})
    owing = set(owe_appraisal_on(day, employees=people).values_list("pk", flat=True))
    below = Counter(post for post, person in under if person in owing)
    return below, dict(rows_of(PAST, owing, day))


def rows_of(statement, keys, day):
    with connection.cursor() as cursor:
        cursor.execute(statement, {"day": day, "known": PRESENT, "keys": list(keys)})
        return cursor.fetchall()
