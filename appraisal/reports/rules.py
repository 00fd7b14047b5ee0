"""Who may read reports and who may ask for one. Writes nothing."""

from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import covers

READERS = (Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN, Role.INSPECTOR)
REQUESTERS = (Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN)


def may_request(by, agency):
    """The personnel office, the agency's own admin, and the timetable (a text)."""
    return isinstance(by, str) or covers(by, agency, *REQUESTERS)


def why_too_early(period, now=None):
    """Why no report on `period` can be made yet, in Indonesian, or ""."""
    if timezone.localdate(now) <= period.ends_on:
        return f"{period} belum berakhir. Laporan bisa diminta setelah periode dan masa penilaiannya selesai."
    if not period.is_over(now):
        return f"Masa penilaian {period} belum ditutup. Laporan bisa diminta setelah penilaian ditutup."
    return ""
