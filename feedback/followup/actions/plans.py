"""From the three lowest elements to a promise, and from the promise to what became of it."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, WrongState, take
from ambon_kinerja.notices.actions import shortened, tell
from ambon_kinerja.notices.models import Notice

from .. import proof_files
from ..figures import told_in
from ..models import FollowUpItem, FollowUpPlan
from ..queries import managers_of, posts_for, slots_from
from ..refusals import Conflict, Refused, why_not_text
from ..rules import may_remind, may_write_for, may_write_item
from ..states.items import COMPLETE, MISS
from ..states.plans import PUBLISH

NOT_YOURS = "Hanya pengelola layanan unit ini yang dapat menyusun tindak lanjutnya."
STANDS = "Rencana ini sudah terbit, maka isinya tidak dapat diubah."
State = FollowUpItem.State


def start_plan(*, quarter, by, service=None, unit=None):
    """The plan for the three lowest elements of a service (or a unit) in a locked quarter; asked twice it is the same.

    Raises NotAllowed, or Refused when too few answered for an index.
    """
    unit = service.unit if service is not None else unit
    if not may_write_for(by, unit):
        raise NotAllowed(NOT_YOURS)
    of = {"unit": unit, "service": service, "year": quarter.year, "quarter": quarter.number}
    if known := FollowUpPlan.objects.filter(**of).first():
        return known
    if quarter.end >= timezone.localdate():
        raise Refused({"quarter": f"{quarter} belum selesai."})
    shown = told_in(quarter, service=service, unit=None if service is not None else unit)
    if not shown.is_final:
        raise Refused({"quarter": f"Hasil {quarter} belum dikunci oleh Bagian Organisasi."})
    if not shown.elements:
        raise Refused({"service": f"Belum cukup jawaban pada {quarter} untuk menyusun tindak lanjut."})
    try:
        with transaction.atomic():
            plan = FollowUpPlan.objects.create(
                **of, respondents=shown.respondents, index=shown.index, started_by=by
            )
            FollowUpItem.objects.bulk_create(
                FollowUpItem(
                    plan=plan, position=position, element=line.key, label=line.label, value=line.index
                )
                for position, line in enumerate(shown.lowest, start=1)
            )
            record_event("followup.start", plan, by=by, details={"quarter": quarter.code})
    except IntegrityError:
        return FollowUpPlan.objects.get(**of)  # begun twice at the same moment
    return plan


def locked_item(item):
    """The part, locked, with its plan locked before it: publishing takes the same lock."""
    FollowUpPlan.objects.select_for_update(of=("self",)).get(pk=item.plan_id)
    found = FollowUpItem.objects.select_for_update(of=("self",)).select_related(
        "plan__unit", "plan__service", "post"
    )
    return found.get(pk=item.pk)


@transaction.atomic
def save_item(item, *, version, programme, when, post, by):
    """What is promised for one element while the plan is a draft; `when` is a slot such as "2026-tw4".

    Raises NotAllowed, Conflict, or Refused (programme, when, post).
    """
    stored = locked_item(item)
    if not may_write_item(by, stored):
        raise NotAllowed(NOT_YOURS)
    if stored.plan.is_published:
        raise WrongState(STANDS)
    errors = {}
    if wrong := why_not_text(programme, empty="Tulis program atau kegiatannya."):
        errors["programme"] = wrong
    if when not in dict(slots_from(stored.plan.period)):
        errors["when"] = "Pilih waktunya dari daftar."
    if not posts_for(stored.plan.unit).filter(pk=getattr(post, "pk", None)).exists():
        errors["post"] = "Pilih penanggung jawab dari daftar."
    if errors:
        raise Refused(errors)
    year, slot = when.split("-")
    typed = {"programme": programme.strip(), "due": slot, "due_year": int(year), "post": post}
    if all(getattr(stored, name) == value for name, value in typed.items()):
        return stored
    if stored.version != version:
        raise Conflict(stored=stored, typed=typed)
    for name, value in typed.items():
        setattr(stored, name, value)
    stored.version += 1
    stored.save(update_fields=[*typed, "version"])
    record_event("followup.save", stored.plan, by=by, details={"element": stored.element})
    return stored


@transaction.atomic
def publish_plan(plan, *, by):
    """Everybody may read it from now on; raises NotAllowed, WrongState, or Refused while something is missing."""
    stored = FollowUpPlan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)
    missing = [item for item in stored.items.all() if not item.is_planned_out]
    if missing and may_write_for(by, stored.unit):
        raise Refused({"items": f"Lengkapi dahulu: {', '.join(item.label for item in missing)}."})
    return take(PUBLISH, stored, by=by, changes={"published_on": timezone.localdate()})


def realise(
    item,
    *,
    version,
    outcome,
    by,
    description="",
    obstacles="",
    realised_on=None,
    upload=None,
    shows_file=False,
):
    """What became of a promise: done with what was done, or not done with why. Proof is a picture or a PDF.

    Raises NotAllowed, WrongState, Conflict, or Refused (outcome, description, obstacles, realised_on, upload).
    """
    path = ""
    proof = {}
    if upload is not None:
        try:
            examined = proof_files.examine(upload)
        except proof_files.FileRefused as error:
            raise Refused({"upload": str(error)}) from None
        path = proof_files.keep(examined)
        proof = {
            "file_path": path,
            "file_name": examined.name,
            "content_type": examined.content_type,
            "size": len(examined.content),
            "sha256": examined.sha256,
        }
    typed = {
        "description": description.strip(),
        "obstacles": obstacles.strip(),
        "realised_on": realised_on if outcome == State.DONE else None,
        "shows_file": bool(shows_file),
    }
    try:
        stored = store_realisation(item, version=version, outcome=outcome, typed=typed, proof=proof, by=by)
    except BaseException:
        if path:
            proof_files.forget(path)
        raise
    if path and stored.file_path != path:  # sent twice: the first one is kept
        proof_files.forget(path)
    return stored


@transaction.atomic
def store_realisation(item, *, version, outcome, typed, proof, by):
    stored = locked_item(item)
    if not may_write_item(by, stored):
        raise NotAllowed(NOT_YOURS)
    if not stored.plan.is_published:
        raise WrongState("Terbitkan rencananya dahulu, lalu catat pelaksanaannya.")
    same = stored.state == outcome and all(getattr(stored, name) == value for name, value in typed.items())
    if same and proof.get("sha256", stored.sha256) == stored.sha256:
        return stored
    errors = why_not_realised(stored, outcome, typed, proof)
    if errors:
        raise Refused(errors)
    if stored.version != version:
        raise Conflict(stored=stored, typed=typed)
    step = COMPLETE if outcome == State.DONE else MISS
    return take(step, stored, by=by, changes=typed | proof | {"version": stored.version + 1})


def why_not_realised(stored, outcome, typed, proof):
    errors = {}
    if outcome not in (State.DONE, State.NOT_DONE):
        errors["outcome"] = "Pilih sudah atau belum dilaksanakan."
    if outcome == State.DONE:
        if wrong := why_not_text(typed["description"], empty="Tulis apa yang sudah dilakukan."):
            errors["description"] = wrong
        day, today = typed["realised_on"], timezone.localdate()
        if day is None:
            errors["realised_on"] = "Isi tanggal pelaksanaannya."
        elif not stored.plan.period.start <= day <= today:
            first = date_format(stored.plan.period.start, "j F Y")
            errors["realised_on"] = f"Tanggalnya harus antara {first} dan hari ini."
    elif outcome == State.NOT_DONE and (
        wrong := why_not_text(typed["obstacles"], empty="Tulis hambatannya: mengapa belum dilaksanakan?")
    ):
        errors["obstacles"] = wrong
    if typed["shows_file"] and not (proof or stored.file_path):
        errors["shows_file"] = "Unggah buktinya dahulu, baru dapat diperlihatkan kepada warga."
    return errors


@transaction.atomic
def remind(*, quarter, by, service=None, unit=None):
    """Tell those who manage the service that its plan or its realisation is waited for; once a day.

    Returns how many were told. Raises NotAllowed.
    """
    if not may_remind(by):
        raise NotAllowed("Hanya Bagian Organisasi yang mengingatkan unit.")
    unit = service.unit if service is not None else unit
    name = service.name if service is not None else unit.name
    subject = shortened(f"Tindak lanjut survei {quarter} ditunggu: {name}")
    told = Notice.objects.filter(subject=subject, created_at__date=timezone.localdate())
    known = set(told.values_list("recipient", flat=True))
    waiting = [user for user in managers_of(unit) if user.pk not in known]
    for user in waiting:
        tell(
            user,
            subject=subject,
            body="Susun rencana untuk tiga unsur terendah, atau catat pelaksanaannya.",
            path=f"{reverse('feedback:followup-list')}?triwulan={quarter.code}",
        )
    if waiting:
        record_event("followup.remind", unit, by=by, details={"quarter": quarter.code, "told": len(waiting)})
    return len(waiting)
