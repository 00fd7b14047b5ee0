"""The examination: the appraiser explains, both are heard (page 117 no. 3–4)."""

from django.db import transaction

from agencies.access.scope import employee_of
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, WrongState
from ambon_kinerja.notices.actions import tell
from ambon_kinerja.workdays.words import moment_words

from ..models import Hearing, Objection
from ..rules import is_decider, is_owner, may_explain
from ..words import called_for
from .objecting import address_of
from .refusals import Conflict, Refused, now_and_today, refuse_bad_texts, user_of

State = Objection.State
HELD = "Berita acara pertemuan ini sudah ditandatangani, jadi tidak berubah lagi."


def lock_filed(objection):
    found = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    if found.state != State.FILED:
        raise WrongState("Keberatan ini tidak sedang diperiksa.")
    return found


@transaction.atomic
def explain(objection, *, text, by):
    """What the appraiser says to it, once; box 7 of form D.1.3."""
    now, _ = now_and_today()
    filed = lock_filed(objection)
    if not may_explain(by, filed):
        raise NotAllowed("Penjelasan ditulis satu kali oleh pejabat penilai yang menilai.")
    refuse_bad_texts(text=(text, "Tulis penjelasan Anda."))
    filed.explanation, filed.explained_at, filed.explained_by = text.strip(), now, employee_of(by)
    filed.save(update_fields=["explanation", "explained_at", "explained_by"])
    record_event("objection.explain", filed, by=by)
    for person in (filed.decider, filed.employee):
        tell(
            user_of(person),
            subject=f"Penjelasan pejabat penilai atas {called_for(filed, person)}",
            path=address_of(filed),
        )
    return filed


@transaction.atomic
def arrange_hearing(objection, *, meets_at, place, by):
    """Set or move the appointment at which both are heard."""
    now, _ = now_and_today()
    filed = lock_filed(objection)
    if not is_decider(by, filed):
        raise NotAllowed("Pertemuan diatur oleh pemutus keberatan.")
    refuse_bad_texts(place=(place, "Tulis tempat pertemuan."))
    if meets_at <= now:
        raise Refused({"meets_at": "Pilih waktu yang akan datang."})
    hearing, is_new = Hearing.objects.select_for_update().get_or_create(
        objection=filed, defaults={"meets_at": meets_at, "place": place.strip()}
    )
    if hearing.held_at is not None:
        raise WrongState(HELD)
    if not is_new:
        hearing.meets_at, hearing.place = meets_at, place.strip()
        hearing.save(update_fields=["meets_at", "place"])
    record_event("objection.arrange_hearing", filed, by=by, details={"meets_at": meets_at})
    for person in (filed.employee, filed.appraiser):
        tell(
            user_of(person),
            subject=f"Pertemuan tentang {called_for(filed, person)}",
            body=f"{moment_words(meets_at)}, {place.strip()}. Jawaban tertulis dapat Anda isi lebih dahulu.",
            path=address_of(filed),
        )
    return hearing


@transaction.atomic
def answer(objection, *, text, by):
    """What the employee or the appraiser says at the hearing, in his own words; until the minutes are signed."""
    now, _ = now_and_today()
    filed = lock_filed(objection)
    person = employee_of(by)
    if is_owner(by, filed):
        side = "employee"
    elif person is not None and person.pk == filed.appraiser_id:
        side = "appraiser"
    else:
        raise NotAllowed("Jawaban ditulis pegawai dan pejabat penilainya.")
    refuse_bad_texts(text=(text, "Tulis jawaban Anda."))
    hearing = Hearing.objects.select_for_update().filter(objection=filed).first()
    if hearing is None:
        raise WrongState("Pertemuan belum dijadwalkan.")
    if hearing.held_at is not None:
        raise WrongState(HELD)
    setattr(hearing, f"{side}_answer", text.strip())
    setattr(hearing, f"{side}_answered_at", now)
    hearing.save(update_fields=[f"{side}_answer", f"{side}_answered_at"])
    record_event("objection.answer", filed, by=by, details={"side": side})
    return hearing


@transaction.atomic
def keep_minutes(objection, *, version, text, is_signed, by):
    """The minutes of the hearing; signed they stay. Raises Conflict with what stands there."""
    now, _ = now_and_today()
    filed = lock_filed(objection)
    if not is_decider(by, filed):
        raise NotAllowed("Berita acara ditulis pemutus keberatan.")
    refuse_bad_texts(text=(text, "Tulis berita acara pertemuan."))
    hearing = Hearing.objects.select_for_update().filter(objection=filed).first()
    if hearing is None:
        raise WrongState("Pertemuan belum dijadwalkan.")
    if hearing.held_at is not None:
        raise WrongState(HELD)
    if hearing.version != version:
        raise Conflict(stored=hearing, typed={"text": text})
    if is_signed and hearing.meets_at > now:
        raise Refused({"text": "Berita acara ditandatangani sesudah pertemuan berlangsung."})
    hearing.minutes, hearing.version = text.strip(), version + 1
    hearing.held_at = now if is_signed else None
    hearing.save(update_fields=["minutes", "version", "held_at"])
    record_event("objection.keep_minutes", filed, by=by, details={"signed": is_signed})
    if is_signed:
        for person in (filed.employee, filed.appraiser):
            tell(
                user_of(person),
                subject=f"Berita acara pertemuan tentang {called_for(filed, person)}",
                path=address_of(filed),
            )
    return hearing
