"""Which rule of the rulebook each term follows (PermenPANRB 6/2022 pages 114–118; a table of numbers only). Pure."""

from .models import Deadline

Kind = Deadline.Kind

# Where the appraiser rated; where his superior did in his place (pages 115–116 no. 8–10), if that differs.
RULES = {
    Kind.SIGN: "superior_sign_working_days",
    Kind.HAND_OVER: "hand_over_working_days",
    Kind.RETURN: "acknowledge_working_days",
    Kind.OBJECT: "objection_working_days",
    Kind.READ: "blind_reading_working_days",
    Kind.DECIDE: "objection_decision_working_days",
    Kind.REPORT: "report_working_days",
}
RULES_OF_A_SUPERIOR = {
    Kind.HAND_OVER: "superior_hand_over_working_days",
    Kind.RETURN: "superior_acknowledge_working_days",
}


def rule_of(kind, *, by_superior=False):
    """The key of the rule that says how many working days a term of `kind` has."""
    return (RULES_OF_A_SUPERIOR if by_superior else {}).get(kind, RULES[kind])


def starts_of_report(*, window_ends_on, signed_on, is_later_revision):
    """The day from which the report is counted: the end of the evaluation's window (page 115 no. 7, page 117 no. 11).

    A revision can be signed after that window; it is counted from its own signature then, because a report cannot be
    due before there is anything to report.
    """
    return max(window_ends_on, signed_on) if is_later_revision else window_ends_on
