"""Who may do what with questionnaires, set-aside answers, comments and contacts. Citizens need no right."""

from feedback.services.queries import manages_city


def may_keep_questionnaires(user):
    """The office that manages the services of the whole city (Bagian Organisasi)."""
    return manages_city(user)


def may_decide_on_set_aside(user, group):
    """The survey office of the city, never the unit that is assessed."""
    return manages_city(user)


def may_call_citizens(user):
    """The survey office of the city, never the unit that is assessed."""
    return manages_city(user)
