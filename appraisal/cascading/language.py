"""Does a role speak of a result, or of an activity? Advice only, it refuses nothing. Pure."""

import re

# "Melaksanakan …" is done, "Meningkatnya …" is reached (PermenPANRB 6/2022, Anak Lampiran 1, and page 47).
ACTIVITY = re.compile(r"^(me(?:ng|ny|m|n|r|l|w|y)\w{3,})\b", re.IGNORECASE)


def sounds_like_activity(statement):
    found = ACTIVITY.match(statement.strip())
    return found is not None and not found[1].lower().endswith("nya")
