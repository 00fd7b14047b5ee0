"""Gathers the tables of the rooms so that Django finds them."""

from .access.models import Delegation, Proposal, RoleGrant
from .accounts.models import AccountLink, Passkey, RecoveryCode, SignedInDevice, TotpSecret
from .careers.models import HandoverNote, LineRequest, OrphanMail, SentForm
from .intake.models import ImportBatch
from .people.models import AppraiserException, Assignment, Employee, ServiceState, SignInAttempt, User
from .structure.models import Post, PostLevel, PostVersion, Rank, Reorganisation, Unit, UnitVersion

__all__ = [
    "AccountLink",
    "AppraiserException",
    "Assignment",
    "Delegation",
    "Employee",
    "HandoverNote",
    "ImportBatch",
    "LineRequest",
    "OrphanMail",
    "Passkey",
    "Post",
    "PostLevel",
    "PostVersion",
    "Proposal",
    "Rank",
    "RecoveryCode",
    "Reorganisation",
    "RoleGrant",
    "SentForm",
    "ServiceState",
    "SignInAttempt",
    "SignedInDevice",
    "TotpSecret",
    "Unit",
    "UnitVersion",
    "User",
]
