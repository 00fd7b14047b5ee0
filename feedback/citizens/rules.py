"""Who may do what with questionnaires, set-aside answers, comments and contacts. Citizens need no right."""

from feedback.services.queries import managed_services, manages_city


def may_keep_questionnaires(user):
    """The office that manages the services of the whole city (Bagian Organisasi)."""
    return manages_city(user)


def may_decide_on_set_aside(user, group):
    """The survey office of the city, never the unit that is assessed."""
    return manages_city(user)


def may_read_comments(user, service):
    """Who manages the service, in the batches in which comments become readable."""
    return managed_services(user).filter(pk=service.pk).exists()


def may_call_citizens(user):
    """The survey office of the city, never the unit that is assessed."""
    return manages_city(user)
