"""Who may handle a complaint about an officer, and who opens a seal. Nothing here writes."""

from .queries import has_open, visible_cases

CLOCK = "timetable"
OFFICER = (
    "pegawai yang disebut"  # stands in the trail for the named officer, whose account would tell who he is
)
CITIZEN = "warga"


def is_handler(by, case):
    """A person of the lane without any tie to the named officer today."""
    return hasattr(by, "is_authenticated") and visible_cases(by).filter(pk=case.pk).exists()


def is_officer_word(by, case):
    """The named officer, who is a word in the trail; the act has made sure that it is he."""
    return by == OFFICER


def is_clock(by, case):
    """The timetable, when the term of the officer is over."""
    return by == CLOCK


def is_handler_or_clock(by, case):
    """A person of the lane, or the timetable ten working days after the citizen was told."""
    return is_clock(by, case) or is_handler(by, case)


def may_open(by, opening):
    """A second person of the lane: not who asked."""
    return by.pk != opening.asked_by_id and opening.opened_at is None and is_handler(by, opening.case)


def may_read_sealed(by, case, part):
    """Who asked or opened, while the term runs and while he still is a person of the lane."""
    return is_handler(by, case) and has_open(by, case, part)
