"""Which corrections a person finds."""

from agencies.access.roles import Role
from agencies.access.scope import grants_on, path_in

from .models import CorrectionCase


def visible_cases(user):
    """The cases of the units in which `user` is the personnel office or an inspector."""
    paths = [grant.unit.path for grant in grants_on(user, None, Role.PERSONNEL_OFFICE, Role.INSPECTOR)]
    if not paths:
        return CorrectionCase.objects.none()
    return CorrectionCase.objects.filter(path_in(paths, "evaluation__skp__unit__")).select_related(
        "appraiser_now",
        "evaluation__appraiser",
        "evaluation__period",
        "evaluation__skp__employee",
        "evaluation__skp__unit",
    )
