"""Why something cannot be done, in plain Indonesian."""

from django.utils import timezone

from agencies.people.reporting_line import appraiser_on, definitive_assignment_on
from ambon_kinerja.lifecycle.refusals import Refused
from ambon_kinerja.lifecycle.steps import StepRefused

NO_POST = "Jabatan definitif pegawai ini belum tercatat. Hubungi admin kepegawaian unit."
NO_APPRAISER = "Pejabat penilai pegawai ini belum tercatat. Hubungi BKPSDM."


class Conflict(StepRefused):
    """Somebody saved first. `stored` is the record as it is now."""

    def __init__(self, stored):
        self.stored = stored
        super().__init__("Isian ini sudah diubah sejak Anda membukanya.")


def place_of(employee):
    """(appraiser, unit) of today. Raises Refused when the records name none."""
    today = timezone.localdate()
    held, appraiser = definitive_assignment_on(employee, today), appraiser_on(employee, today)
    if held is None:
        raise Refused(NO_POST)
    if appraiser is None:
        raise Refused(NO_APPRAISER)
    return appraiser, held.post.unit
