"""Gathers the tables of the rooms so that Django finds them."""

from .access.models import RoleGrant
from .intake.models import ImportBatch
from .people.models import Assignment, Employee, SignInAttempt, User
from .structure.models import Post, Unit

__all__ = ["Assignment", "Employee", "ImportBatch", "Post", "RoleGrant", "SignInAttempt", "Unit", "User"]
