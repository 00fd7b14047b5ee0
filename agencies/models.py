"""Gathers the tables of the rooms so that Django finds them."""

from .access.models import RoleGrant
from .intake.models import ImportBatch
from .people.models import AppraiserException, Assignment, Employee, ServiceState, SignInAttempt, User
from .structure.models import Post, PostLevel, PostVersion, Rank, Reorganisation, Unit, UnitVersion

__all__ = [
    "AppraiserException",
    "Assignment",
    "Employee",
    "ImportBatch",
    "Post",
    "PostLevel",
    "PostVersion",
    "Rank",
    "Reorganisation",
    "RoleGrant",
    "ServiceState",
    "SignInAttempt",
    "Unit",
    "UnitVersion",
    "User",
]
