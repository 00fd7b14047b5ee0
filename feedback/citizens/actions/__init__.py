"""What changes things in the citizens' survey."""

from .answers import PROFILE, NotOpen, WrongAnswers, record_response

__all__ = ["PROFILE", "NotOpen", "WrongAnswers", "record_response"]
