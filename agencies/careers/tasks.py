"""What the timetable does about people's lines."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from agencies.access.models import RoleGrant
from agencies.access.roles import Role
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.notices.actions import tell

from .models import OrphanMail
from .report import monday_of, orphans_of
from .sending import forget_old_keys

READERS = (Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN)


@shared_task(name="agencies.careers.tasks.mail_orphans")
@transaction.atomic
def mail_orphans():
    """Tell offices and unit admins how many of their people have no right appraiser; once a week, however often begun.

    The mail holds counts and a link and no name. A second beat of the same week waits for the first and does nothing.
    """
    today = timezone.localdate()
    mail, is_new = OrphanMail.objects.get_or_create(week=monday_of(today))
    if not is_new:
        return 0
    forget_old_keys()
    readers = readers_on(today)
    counted = {}
    for user, units in readers.items():
        key = tuple(sorted(unit.path for unit in units))
        if key not in counted:
            counted[key] = len(orphans_of(units, today))
        if counted[key]:
            tell_count(user, counted[key])
            mail.sent_to += 1
    mail.counted = max(counted.values(), default=0)
    mail.save(update_fields=["counted", "sent_to"])
    record_event("orphans.mail", mail, by="timetable", details={"sent_to": mail.sent_to})
    return mail.sent_to


def readers_on(day):
    """{user: [units]} of all who answer for the lines of a unit."""
    readers = {}
    grants = RoleGrant.objects.filter(role__in=READERS, term__contains=day, user__is_active=True)
    for grant in grants.select_related("user", "unit").order_by("user", "pk"):
        readers.setdefault(grant.user, []).append(grant.unit)
    return readers


def tell_count(user, count):
    tell(
        user,
        subject=f"{count} pegawai belum punya penilai yang benar",
        body="Selama belum diperbaiki, SKP dan penilaian mereka tidak dapat berjalan. Buka laporannya untuk melihat "
        "sebab dan cara memperbaikinya.",
        path="/penilai/laporan/",
    )
