"""Every act of this room."""

from ..refusals import Conflict, Refused
from .plans import publish_plan, realise, remind, save_item, start_plan
from .problems import analyse, close, conclude, record_problem, save_problem, try_solution

__all__ = [
    "Conflict",
    "Refused",
    "analyse",
    "close",
    "conclude",
    "publish_plan",
    "realise",
    "record_problem",
    "remind",
    "save_item",
    "save_problem",
    "start_plan",
    "try_solution",
]
