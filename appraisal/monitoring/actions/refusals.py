"""How an act of this room says no, and the lock every one of them takes first."""

from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from appraisal.planning.models import Skp
from appraisal.planning.rules import is_owner

from ..rules import is_owner_or_appraiser, why_closed

LONGEST_TEXT = 2000


class Refused(StepRefused):
    """What was sent cannot be kept; `errors` maps the field's name to a sentence in Indonesian."""

    def __init__(self, errors):
        self.errors = {
            key: list(value) if isinstance(value, list | tuple) else [value] for key, value in errors.items()
        }
        super().__init__(" ".join(sentence for sentences in self.errors.values() for sentence in sentences))


class Conflict(StepRefused):
    """Somebody saved first. `stored` is what stands in the database, `typed` what this person wanted."""

    def __init__(self, *, stored, typed):
        self.stored, self.typed = stored, typed
        super().__init__("Data ini sudah diubah di tempat lain setelah Anda membukanya.")


def lock_open(skp, period, by):
    """The plan, locked, when `by` may still record in this period; the same lock is taken when it is decided."""
    skp = Skp.objects.select_for_update(of=("self",)).select_related("employee__user").get(pk=skp.pk)
    if not is_owner_or_appraiser(by, skp):
        raise NotAllowed("Hanya pegawai itu sendiri dan pejabat penilainya yang dapat mengisi.")
    if reason := why_closed(skp, period):
        raise NotAllowed(reason)
    return skp


def lock_own(skp, period, by):
    """`lock_open` for what the employee alone writes."""
    if not is_owner(by, skp):
        raise NotAllowed("Hanya pegawai itu sendiri yang dapat mengisi.")
    return lock_open(skp, period, by)


def why_not_text(text, *, empty="Isi bagian ini."):
    """What is wrong with a text that must be there, or ""."""
    if not text.strip():
        return empty
    return f"Tulis paling banyak {LONGEST_TEXT} huruf." if len(text) > LONGEST_TEXT else ""
