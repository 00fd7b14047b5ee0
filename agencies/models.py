"""Gathers the tables of the rooms so that Django finds them."""

from .access.models import Delegation, Proposal, RoleGrant
from .intake.models import ImportBatch
from .people.models import Assignment, Employee, SignInAttempt, User
from .structure.models import Post, Unit

__all__ = [
    "Assignment",
    "Delegation",
    "Employee",
    "ImportBatch",
    "Post",
    "Proposal",
    "RoleGrant",
    "SignInAttempt",
    "Unit",
    "User",
]
