"""What the citizen does with his code. The trail knows him as a word."""

from django.db import transaction
from django.utils import timezone

from ambon_kinerja.lifecycle.refusals import Refused
from ambon_kinerja.lifecycle.steps import take

from .. import states
from ..clocks import STOPPED, answer_clock, last_day_to_reopen, resumed
from ..codes import key_digest
from ..models import Complaint, ComplaintMessage
from ..rules import REPORTER
from .receiving import add_message, attach, forget
from .telling import tell_managers

Kind, State = ComplaintMessage.Kind, Complaint.State
RATED = (State.DONE, State.REFUSED, State.TRANSFERRED)


def locked(complaint):
    return Complaint.objects.select_for_update(of=("self",)).select_related("unit").get(pk=complaint.pk)


def move(step, complaint, *, changes, reason=""):
    changes = changes | {"version": complaint.version + 1}
    return take(step, complaint, by=REPORTER, reason=reason, changes=changes)


def is_known(key):
    return ComplaintMessage.objects.filter(key_digest=key_digest(key)).exists()


def reply(complaint, *, text, key, attachments=()):
    """Answer a question, or say what is still wrong after an answer: the unit's clock runs again."""
    return write(complaint, text=text, key=key, attachments=attachments, moves=True)


def add_words(complaint, *, text, key, attachments=()):
    """Something more, while nobody waits for it."""
    return write(complaint, text=text, key=key, attachments=attachments, moves=False)


def write(complaint, *, text, key, attachments, moves):
    kept = []
    try:
        with transaction.atomic():
            complaint = locked(complaint)
            if is_known(key):
                return complaint
            if complaint.is_finished and complaint.state != State.MERGED:
                raise Refused(
                    "Laporan ini sudah selesai. Buka kembali bila masih ada yang perlu disampaikan."
                )
            if moves and complaint.state == State.WAITING:
                complaint = move(states.REPLY, complaint, changes=resumed(complaint, on=timezone.localdate()))
            else:
                complaint.version += 1
                complaint.save(update_fields=["version"])
            message, _ = add_message(complaint, Kind.ADDITION, text, key=key)
            attach(complaint, attachments, kept, message=message)
            tell_managers(complaint, "Pelapor menulis")
    except BaseException:
        forget(kept)
        raise
    return complaint


@transaction.atomic
def accept(complaint):
    """The answer is good enough: closed by the one who asked. A second time changes nothing."""
    complaint = locked(complaint)
    if complaint.state == State.DONE:
        return complaint
    return move(states.ACCEPT, complaint, changes=STOPPED | {"closed_on": timezone.localdate()})


@transaction.atomic
def reopen(complaint, *, text, key):
    """Within the term after it was closed or refused, with words."""
    complaint = locked(complaint)
    if is_known(key):
        return complaint
    today = timezone.localdate()
    last_day = last_day_to_reopen(complaint)
    if last_day is not None and today > last_day:
        raise Refused("Waktu untuk membuka kembali sudah lewat. Buat laporan baru.", "text")
    # The citizen's words stand in the thread, where they can be erased; the trail says only that he gave some.
    changes = answer_clock(complaint, on=today) | {"closed_on": None, "satisfaction": None, "rated_on": None}
    moved = move(states.REOPEN, complaint, reason="Alasannya ada di antara pesan laporan.", changes=changes)
    add_message(moved, Kind.ADDITION, text, key=key)
    tell_managers(moved, "Laporan dibuka kembali")
    return moved


@transaction.atomic
def rate(complaint, *, satisfaction):
    """How content the citizen is with the handling, once it is finished; he may change his mind."""
    complaint = locked(complaint)
    if complaint.state not in RATED:
        raise Refused("Penanganan dapat dinilai sesudah laporan selesai.", "satisfaction")
    complaint.satisfaction = satisfaction
    complaint.rated_on = timezone.localdate()
    complaint.save(update_fields=["satisfaction", "rated_on"])
    return complaint


@transaction.atomic
def erase_contact(complaint):
    """Consent is taken back as easily as it was given; a mail that waits is not sent any more."""
    complaint = locked(complaint)
    complaint.name = complaint.email = complaint.phone = complaint.consent_version = ""
    complaint.consented_on = None
    complaint.save(update_fields=["name", "email", "phone", "consent_version", "consented_on"])
    complaint.mails.filter(sent_on=None).delete()
    return complaint
