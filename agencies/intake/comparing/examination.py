"""Everything a file would do, found in one go: what a page shows, and what is looked at once more before applying."""

from dataclasses import dataclass, field

from django.utils import timezone

from ..reading.columns import TEMPLATE
from ..reading.rows import read_rows
from .comparison import CHANGED, NEW, UNCHANGED, compare
from .gone import gone_from
from .occupied import taken_posts
from .suspicions import suspicions_in

GONE, SUSPICIOUS = "gone", "suspicious"


@dataclass
class Examination:
    """`changes` hold the unchanged rows as well; `faults` stand in the order of their rows."""

    rows: list
    layout: object = TEMPLATE
    changes: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    gone: list = field(default_factory=list)
    suspicions: list = field(default_factory=list)

    def of_kind(self, kind):
        return [change for change in self.changes if change.kind == kind]

    @property
    def counts(self):
        kinds = [change.kind for change in self.changes]
        return {
            "rows": len(self.rows),
            "faults": len(self.faults),
            "rows_at_fault": len({fault.row for fault in self.faults}),
            **{kind: kinds.count(kind) for kind in (NEW, CHANGED, UNCHANGED)},
            GONE: len(self.gone),
            SUSPICIOUS: len(self.suspicions),
        }

    @property
    def in_words(self):
        """What a person reads, by kind; rows that change nothing are only counted."""
        return {
            NEW: [in_words(change) for change in self.of_kind(NEW)],
            CHANGED: [in_words(change) for change in self.of_kind(CHANGED)],
            GONE: [gone.as_json() for gone in self.gone],
            SUSPICIOUS: [suspicion.as_json() for suspicion in self.suspicions],
        }


def in_words(change):
    return {"row": change.entry.number, "name": change.entry.name, "words": change.words}


def examine(
    rows, faults, *, layout, paths, covers_all, lock=False, report_progress=lambda percent, text="": None
):
    """The Examination of rows as read. With `lock` the employees stay locked until the end of the transaction."""
    entries, wrong = read_rows(rows, layout)
    report_progress(55, f"Membandingkan {len(entries)} baris dengan data yang tercatat.")
    changes, impossible = compare(entries, rows, paths=paths, layout=layout, lock=lock)
    taken = taken_posts(changes, rows, layout)
    report_progress(75, "Mencari yang hilang dan yang mencurigakan.")
    today = timezone.localdate()
    return Examination(
        rows,
        layout,
        changes,
        sorted([*faults, *wrong, *impossible, *taken], key=lambda fault: fault.row),
        gone_from(rows, changes, paths=paths, covers_all=covers_all, today=today),
        suspicions_in(changes, today=today),
    )
