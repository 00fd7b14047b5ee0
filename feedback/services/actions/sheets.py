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

GONE = "Lembar ini sudah dibuat dan kodenya tidak dapat ditampilkan lagi. Buat lembar baru bila perlu."


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
    Service.objects.select_for_update().get(pk=service.pk)
    facts = {"service": service, "unit": service.unit, "counter": counter, "first_day": day}
    sheet = CodeSheet.objects.filter(kind=CodeSheet.Kind.HANDOUT, **facts).first()
    if sheet is None:
        sheet = CodeSheet.objects.create(
            kind=CodeSheet.Kind.HANDOUT,
            last_day=day,
            expires_on=day + timedelta(days=settings.SURVEY_CODE_DAYS),
            made_on=timezone.localdate(),
            **facts,
        )
        record_event("code.sheet", service, by=by, details={"sheet": sheet.pk, "day": day})
    elif sheet.withdrawn_on:
        raise NotPossible("Kode hari ini untuk loket ini sudah dibatalkan.")
    code = code_from(key)
    row = kept(code, sheet)
    known = SurveyCode.objects.filter(digest=row.digest).first()
    if known is None:
        row.save(force_insert=True)
        CodeSheet.objects.filter(pk=sheet.pk).update(given=F("given") + 1)
    elif known.sheet_id != sheet.pk:
        raise NotPossible("Kode ini untuk loket atau hari lain. Tekan tombolnya sekali lagi.")
    sheet.refresh_from_db(fields=["given"])
    return sheet, code


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
