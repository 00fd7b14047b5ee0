"""What changes rights: giving and ending, proposing and deciding, delegating."""

from .grants import end_role, grant_role

__all__ = ["end_role", "grant_role"]
