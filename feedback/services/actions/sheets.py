"""Making one-time codes, handing them out, taking them back, and dropping them when they are over."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from agencies.structure.refusals import NotPossible
from ambon_kinerja.audit.actions import record_event

from ..codes import code_from, digest_of, kept
from ..models import CodeSheet, Service, SurveyCode
from ..queries import counters_on_duty

GONE = "Lembar ini sudah dibuat dan kodenya tidak dapat ditampilkan lagi. Buat lembar baru bila perlu."

NOT_ON_DUTY = "Anda tidak bertugas di loket ini hari ini."
ASK_FOR_SHEETS = "Bila memang kurang, mintalah lembar kode kepada pengelola layanan."
SHOWN = "Kode itu sudah ditampilkan dan tidak dapat ditampilkan lagi. Tekan tombolnya untuk kode baru."


@transaction.atomic
def make_sheet(service, *, key, count, first_day, last_day, counter=None, by):
    """A printed sheet of `count` codes: (sheet, its codes in clear). The same `key` gives the same sheet again."""
    Service.objects.select_for_update().get(pk=service.pk)
    making = digest_of("making", key)
    codes = [code_from(key, number) for number in range(count)]
    if known := CodeSheet.objects.filter(making_digest=making).first():
        return known, shown_again(known, codes)
    sheet = CodeSheet.objects.create(
        service=service,
        unit=service.unit,
        counter=counter,
        first_day=first_day,
        last_day=last_day,
        expires_on=last_day + timedelta(days=settings.SURVEY_CODE_DAYS),
        made_on=timezone.localdate(),
        making_digest=making,
        given=count,
    )
    # In the order of their digests: the order of the rows tells nothing of the order on the paper.
    SurveyCode.objects.bulk_create(sorted((kept(code, sheet) for code in codes), key=lambda row: row.digest))
    record_event("code.sheet", service, by=by, details={"sheet": sheet.pk, "count": count, "day": first_day})
    return sheet, codes


def shown_again(sheet, codes):
    """The codes of a sheet whose form was sent twice; NotPossible when they are not the ones it was made with."""
    digests = {digest_of("token", code.token) for code in codes}
    if (
        sheet.is_dropped
        or len(digests) != sheet.given
        or sheet.codes.filter(digest__in=digests).count() != sheet.given
    ):
        raise NotPossible(GONE)
    return codes


@transaction.atomic
def hand_out(service, *, key, counter=None, day, by):
    """The next code for one visit on `day`: (sheet, code). The same `key` gives the same code again.

    The trail keeps that codes were handed out at this counter on this day, not when each of them was.
    """
    sheet = locked_sheet(service, CodeSheet.Kind.HANDOUT, counter=counter, day=day, by=by)
    code = code_from(key)
    add_code(sheet, code)
    return sheet, code


@transaction.atomic
def hand_out_on_duty(counter, *, key, day, by):
    """The next code from the officer on duty at `counter`: (sheet, code), shown this once and never again.

    He is judged by what his visitors say, so he hands out a number a day at most and sees no code twice: one that is
    not given away at once is lost, not kept for later. Raises NotPossible.
    """
    if not counters_on_duty(by, day).filter(pk=counter.pk).exists():
        raise NotPossible(NOT_ON_DUTY)
    sheet = locked_sheet(counter.service, CodeSheet.Kind.COUNTER, counter=counter, day=day, by=by)
    most = settings.SURVEY_CODES_OF_A_COUNTER
    if sheet.given >= most:
        raise NotPossible(f"{most} kode sudah diberikan hari ini di loket ini. {ASK_FOR_SHEETS}")
    code = code_from(key)
    if not add_code(sheet, code):
        raise NotPossible(SHOWN)
    return sheet, code


def locked_sheet(service, kind, *, counter, day, by):
    """The sheet of a day from which codes are handed out one by one; whoever hands out the next one waits."""
    Service.objects.select_for_update().get(pk=service.pk)
    facts = {"service": service, "unit": service.unit, "counter": counter, "first_day": day}
    sheet = CodeSheet.objects.filter(kind=kind, **facts).first()
    if sheet is None:
        sheet = CodeSheet.objects.create(
            kind=kind,
            last_day=day,
            expires_on=day + timedelta(days=settings.SURVEY_CODE_DAYS),
            made_on=timezone.localdate(),
            **facts,
        )
        record_event("code.sheet", service, by=by, details={"sheet": sheet.pk, "day": day})
    elif sheet.withdrawn_on:
        raise NotPossible("Kode hari ini untuk loket ini sudah dibatalkan.")
    return sheet


def add_code(sheet, code):
    """Keep `code` in `sheet` and count it; False when it is there already."""
    row = kept(code, sheet)
    known = SurveyCode.objects.filter(digest=row.digest).first()
    if known is not None and known.sheet_id != sheet.pk:
        raise NotPossible("Kode ini untuk loket atau hari lain. Tekan tombolnya sekali lagi.")
    if known is None:
        row.save(force_insert=True)
        CodeSheet.objects.filter(pk=sheet.pk).update(given=F("given") + 1)
        sheet.refresh_from_db(fields=["given"])
    return known is None


@transaction.atomic
def withdraw_sheet(sheet, *, by):
    """Let the unused codes of a sheet count no longer: it was lost, or copied. Answers already sent stay."""
    locked = CodeSheet.objects.select_for_update().get(pk=sheet.pk)
    if locked.withdrawn_on is None:
        locked.withdrawn_on = timezone.localdate()
        locked.save(update_fields=["withdrawn_on"])
        record_event("code.withdraw", locked.service, by=by, details={"sheet": locked.pk})
    return locked


@transaction.atomic
def drop_expired(*, today):
    """Of sheets that nobody can use any more keep two counts and drop the codes; returns how many sheets."""
    over = CodeSheet.objects.select_for_update().filter(expires_on__lt=today, is_dropped=False)
    sheets = list(over.order_by("pk")[:500])
    for sheet in sheets:
        sheet.used = sheet.codes.exclude(used_on=None).count()
        sheet.is_dropped = True
        sheet.save(update_fields=["used", "is_dropped"])
        sheet.codes.all().delete()
    return len(sheets)
