"""Gathers the tables of the rooms so that Django finds them."""

from .access.models import Delegation, Proposal, RoleGrant
from .intake.models import ImportBatch
from .people.models import AppraiserException, Assignment, Employee, ServiceState, SignInAttempt, User
from .structure.models import Post, PostVersion, Unit, UnitVersion

__all__ = [
    "AppraiserException",
    "Assignment",
    "Delegation",
    "Employee",
    "ImportBatch",
    "Post",
    "PostVersion",
    "Proposal",
    "RoleGrant",
    "ServiceState",
    "SignInAttempt",
    "Unit",
    "UnitVersion",
    "User",
]
