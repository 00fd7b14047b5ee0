"""Gathers the tables of the rooms so that Django finds them."""

from .access.models import RoleGrant
from .accounts.models import AccountLink, Passkey, RecoveryCode, SignedInDevice, TotpSecret
from .intake.models import ImportBatch
from .people.models import Assignment, Employee, SignInAttempt, User
from .structure.models import Post, Unit

__all__ = [
    "AccountLink",
    "Assignment",
    "Employee",
    "ImportBatch",
    "Passkey",
    "Post",
    "RecoveryCode",
    "RoleGrant",
    "SignInAttempt",
    "SignedInDevice",
    "TotpSecret",
    "Unit",
    "User",
]
