"""The lists of this room by the word in their address."""

from .allowance import AllowanceList
from .coaching import CoachingList
from .performance import PERFORMANCE_LISTS
from .talent import TalentList

LISTS = {each.word: each for each in (*PERFORMANCE_LISTS, CoachingList(), AllowanceList(), TalentList())}
