"""Who may do what with guidance and counselling. Nothing here writes."""

from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import covers, person_of
from agencies.people.reporting_line import appraiser_on

from .boxes import EMPLOYEE, is_shared


def appraiser_today(record):
    """The Pejabat Penilai of the record's employee today, or None; asked once per record as it was read."""
    if not hasattr(record, "_appraiser_today"):
        record._appraiser_today = appraiser_on(record.employee, timezone.localdate())
    return record._appraiser_today


def superior_today(record):
    """The appraiser's own appraiser today, or None."""
    if not hasattr(record, "_superior_today"):
        appraiser = appraiser_today(record)
        record._superior_today = appraiser_on(appraiser, timezone.localdate()) if appraiser else None
    return record._superior_today


def is_guided(by, record):
    """The employee himself."""
    person = person_of(by)
    return person is not None and person.pk == record.employee_id


def is_guide(by, guidance):
    """Who guides: the leader, or somebody with a special assignment."""
    person = person_of(by)
    return person is not None and person.pk == guidance.guide_id


def may_lead(by, record):
    """The employee's appraiser of today."""
    person = person_of(by)
    return person is not None and person.pk != record.employee_id and appraiser_today(record) == person


def is_superior(by, record):
    """The appraiser's superior of today, never the employee himself."""
    person = person_of(by)
    return person is not None and person.pk != record.employee_id and superior_today(record) == person


def may_arrange(by, guidance):
    """The appraiser or the guide: day, place, calling it off."""
    return may_lead(by, guidance) or is_guide(by, guidance)


def may_fill(by, guidance, part):
    """Each his own boxes; what is written together by either of the two."""
    if part == EMPLOYEE:
        return is_guided(by, guidance)
    return is_guide(by, guidance) or (is_shared(guidance.kind, part) and is_guided(by, guidance))


def is_office(by, record):
    """The personnel office of the employee's unit, never about oneself."""
    return (
        hasattr(by, "is_authenticated")
        and not is_guided(by, record)
        and covers(by, record.unit, Role.PERSONNEL_OFFICE)
    )


def may_follow_up(by, guidance):
    """The appraiser's superior or the personnel office (page 85 k)."""
    return is_superior(by, guidance) or is_office(by, guidance)


def may_read_opinion(by, guidance):
    """The employee, and the superior of his leader to whom it is handed; never the guide (page 83)."""
    return is_guided(by, guidance) or (is_superior(by, guidance) and not is_guide(by, guidance))


def is_counsellor(by, counselling):
    """Who counsels."""
    person = person_of(by)
    return person is not None and person.pk == counselling.counsellor_id


def may_read_notes(by, counselling):
    """The two, and nobody else."""
    return is_guided(by, counselling) or is_counsellor(by, counselling)


def may_manage_counselling(by, counselling):
    """The personnel office of the unit: day, place, another counsellor. It reads no note."""
    return is_office(by, counselling.report)


def may_read_conclusion(by, counselling):
    """The two, and to whom page 88 sends it: by the kind of counsellor."""
    kinds = counselling.CounsellorKind
    if may_read_notes(by, counselling):
        return True
    if counselling.counsellor_kind == kinds.INDEPENDENT:
        return is_office(by, counselling.report)
    if is_superior(by, counselling):
        return True
    return counselling.counsellor_kind == kinds.OFFICIAL and may_lead(by, counselling)


def may_follow_counselling(by, counselling):
    """Whoever it was reported to decides, but not the appraiser alone (page 88 e) and never a party."""
    return (
        may_read_conclusion(by, counselling)
        and not may_read_notes(by, counselling)
        and not may_lead(by, counselling)
    )
