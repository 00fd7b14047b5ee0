"""Lines of the start page about proposals to answer, employees left to the superior, and periods to close."""

from django.urls import reverse
from django.utils import timezone

from agencies.access.scope import employee_of, is_city_office
from appraisal.cycle.models import Period
from appraisal.cycle.work import WorkItem

from .missed import waiting_for
from .queries import proposals_awaiting


def worklist_lines(user, today):
    """Named in settings.WORK_LISTS."""
    lines = []
    person = employee_of(user)
    if person is not None:
        waiting = proposals_awaiting(user)
        if waiting:
            parts = tuple(
                (each.item.employee.name, reverse("appraisal:calibration-item", args=[each.item_id]))
                for each in waiting
            )
            lines.append(
                WorkItem(
                    "Jawab usulan kalibrasi",
                    reverse("appraisal:calibration-item", args=[waiting[0].item_id]),
                    f"{len(waiting)} menunggu",
                    parts=parts,
                )
            )
        left = waiting_for(person).count()
        if left:
            lines.append(
                WorkItem(
                    "Nilai pegawai yang terlewat oleh penilainya",
                    reverse("appraisal:missed-list"),
                    f"{left} pegawai",
                    "Anda menilai sebagai atasan pejabat penilai.",
                    kind="warn",
                )
            )
    if is_city_office(user):
        lines += closing_lines(today)
    return lines


def closing_lines(today):
    """Periods of this and last year whose time is over and that nobody has closed."""
    due = Period.objects.filter(
        year__in=(today.year, today.year - 1), closes_at__lte=timezone.now(), closing_row=None
    )
    for period in due.order_by("closes_at"):
        yield WorkItem(
            f"Tutup {period}",
            reverse("appraisal:period-closing", args=[period.pk]),
            "Masa penilaian sudah berakhir",
        )
