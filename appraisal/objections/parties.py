"""Who the three of a document were on the day it was signed, as the form prints them (boxes 1 to 3)."""

from agencies.people.line_sql import AMBIGUOUS
from agencies.people.models import Employee
from agencies.people.reporting_line import appraiser_keys_on, appraiser_on, definitive_assignment_on
from appraisal.organisation.queries import achievement_for, organisation_of

HIGHEST = 12  # steps up a line; no agency has as many


def head_of(person, day):
    """The five lines of a box. What the form asks and nobody knows stays empty."""
    if person is None:
        return None
    held = definitive_assignment_on(person, day)
    return {
        "key": person.pk,
        "name": person.name,
        "nip": person.nip or "",
        "rank": person.rank,
        "post": held.post.name if held else "",
        "unit": held.post.unit.name if held else "",
    }


def parties_of(evaluation, day):
    """{"employee", "appraiser", "superior"}: three heads; a superior who is not there is None."""
    employee, signer = evaluation.skp.employee, evaluation.appraiser
    if role_of(evaluation) == "superior":
        appraiser, superior = appraiser_on(employee, day), signer
        if (
            appraiser == signer
        ):  # the post of the appraiser is vacant, so the line leads to the superior himself
            appraiser = None
    else:
        appraiser, superior = signer, appraiser_on(signer, day)
    return {
        "employee": head_of(employee, day),
        "appraiser": head_of(appraiser, day),
        "superior": head_of(superior, day),
    }


def role_of(evaluation):
    """Who rated: "appraiser", "superior" or "regional_head"."""
    return evaluation.rated_by_role


def organisation_words(evaluation, day):
    """The achievement of the unit the appraiser leads (page 94 g) as the form writes it, or ""."""
    unit = organisation_of(evaluation.skp.employee, evaluation.appraiser, day)
    found = achievement_for(unit, evaluation.period, day=day) if unit else None
    return found.get_level_display() if found else ""


def superior_for(document, today):
    """The superior of whoever signed, on `today`: to him an objection goes (page 117 no. 2), or None.

    When the signer stands in no line any more, it is the superior of the employee's appraiser of today. Nobody decides
    who is a party, so the line is followed upwards past them.
    """
    parties = {document.employee_id, document.signer_id}
    found = appraiser_on(document.signer, today)
    if found is None:
        found = appraiser_on(document.employee, today)
    return next_above(found, parties, today)


def next_above(person, parties, today):
    """`person`, or who stands above him, outside `parties`; None at the end of the line."""
    for _ in range(HIGHEST):
        if person is None or person.pk not in parties:
            return person
        person = appraiser_on(person, today)
    return None


def line_of(keys, day):
    """The keys of everybody above `keys` on `day`, themselves with them; one question for each step up."""
    known, level = set(keys), set(keys)
    for _ in range(HIGHEST):
        level = {key for key in appraiser_keys_on(level, day).values() if key != AMBIGUOUS} - known
        if not level:
            break
        known |= level
    return known


def is_head_of_region(person):
    return person.kind == Employee.Kind.OFFICIAL
