"""A line of "Yang perlu Anda kerjakan" as any room may add it.

A room that has work for people offers a function `worklist_lines(user, today) -> list[WorkItem]` and its dotted name
stands in settings.WORK_LISTS; the start page asks them all and puts the lines in the order of their due days.
Rules for such a function:

* it returns lines only for `user` himself, and none for work that is finished;
* it asks one query however much waits (ready Subqueries and ArraySubquery help: appraisal/dashboard/queries.py);
* one line for each kind of thing that waits, with a count in `status` ("3 menunggu"), never one line for each thing:
  the things themselves go to `parts`, oldest first;
* `url` leads to the exact place where the work is done; `due` is the last day on which it is in time.
"""

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True)
class WorkItem:
    """`kind`: "info", "warn", "stop" or ""; `done`: nothing to do, only to know; `parts`: (words, address) of each.

    `detail` says in words what the due day does not, or that day itself where the room words it; without it the page
    words `due`.
    """

    label: str
    url: str
    status: str
    detail: str = ""
    kind: str = "info"
    done: bool = False
    due: date | None = None
    parts: tuple = ()

    def days_late(self, today):
        return max(0, (today - self.due).days) if self.due and not self.done else 0


def in_order(items):
    """What is due first stands first, what has no day after it, what asks for nothing last; else as they came."""
    return sorted(items, key=lambda item: (item.done, item.due or date.max))


def told_late(item, today, words):
    """The line with its lateness in words, where it is late."""
    late = item.days_late(today)
    if not late:
        return item
    return replace(item, detail=f"Terlambat {late} hari. Tenggatnya {words(item.due)}.", kind="warn")
