"""The moment a page is asked for: a day, and optionally what was known at the end of another."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.utils import timezone


@dataclass(frozen=True)
class Moment:
    """`day`: the day shown; `recorded_on`: shown as recorded at the end of this day, None: as known now."""

    day: date
    recorded_on: date | None
    today: date

    @property
    def known_at(self):
        """The first moment after `recorded_on` in WIT, or None."""
        if self.recorded_on is None:
            return None
        return timezone.make_aware(datetime.combine(self.recorded_on + timedelta(days=1), time()))

    @property
    def is_now(self):
        return self.day == self.today and self.recorded_on is None

    @property
    def query(self):
        """What an address has to carry to show the same moment: "?tanggal=…", or nothing today."""
        kept = {
            "tanggal": None if self.day == self.today else self.day.isoformat(),
            "tercatat": self.recorded_on and self.recorded_on.isoformat(),
        }
        kept = {name: value for name, value in kept.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


def asked_moment(form):
    """The Moment a MomentForm asks for; a field that is wrong counts as empty."""
    today = timezone.localdate()
    form.is_valid()
    asked = form.cleaned_data
    return Moment(asked.get("tanggal") or today, asked.get("tercatat"), today)
