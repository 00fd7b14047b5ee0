"""The worked examples of PermenPANRB 6/2022 as plans in the demo, in a unit and with people of their own."""

from .people import ACCOUNTS
from .showing import PLANS, TEAMS, show_regulation

__all__ = ["ACCOUNTS", "PLANS", "TEAMS", "show_regulation"]
