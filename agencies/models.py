"""Gathers the tables of the rooms so that Django finds them."""

from .access.models import RoleGrant
from .careers.models import HandoverNote, LineRequest, OrphanMail, SentForm
from .intake.models import ImportBatch
from .people.models import AppraiserException, Assignment, Employee, ServiceState, SignInAttempt, User
from .structure.models import Post, PostVersion, Unit, UnitVersion

__all__ = [
    "AppraiserException",
    "Assignment",
    "Employee",
    "HandoverNote",
    "ImportBatch",
    "LineRequest",
    "OrphanMail",
    "Post",
    "PostVersion",
    "RoleGrant",
    "SentForm",
    "ServiceState",
    "SignInAttempt",
    "Unit",
    "UnitVersion",
    "User",
]
