"""Which test handler belongs to which kind of job; settings may import it."""

KINDS = (
    "effect",
    "slow_effect",
    "breaks",
    "refuses",
    "too_slow",
    "cancelled_midway",
    "kills_worker",
    "watched",
)
HANDLERS = {kind: f"ambon_kinerja.jobs.tests.handlers.{kind}" for kind in KINDS}
