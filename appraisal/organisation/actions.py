"""Setting the achievement of a unit: a version is added, the earlier ones stay."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.module_loading import import_string

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from ambon_kinerja.notices.actions import tell
from appraisal.goals.queries import post_in_words

from .line import line_of
from .models import Achievement, OrganisationAchievement
from .queries import versions_for
from .rules import OWN, STRANGER, may_set, may_set_on_behalf, person_of
from .spans import span_of

LONGEST_REASON = 4000


class Conflict(Exception):
    """Somebody else has set it since it was read; `stored` is the version that counts now."""

    def __init__(self, stored):
        self.stored = stored
        super().__init__("Capaian ini sudah berubah sejak Anda membukanya.")


@transaction.atomic
def set_achievement(unit, *, period, level, reason, by, seen=0, decree="", decree_date=None):
    """The new version, or the one that says just this already (a second click).

    `period` is a Period or a Span; `seen` the number of the version the person had before him (0: none). With a
    `decree` the personnel office writes down what the Wali Kota has set. Raises NotAllowed, StepRefused, Conflict.
    """
    span, today = span_of(period), timezone.localdate()
    line = line_of(unit, today)
    on_behalf = not may_set(by, unit, line=line)
    if on_behalf and not may_set_on_behalf(by, unit, line=line):
        person = person_of(by)
        raise NotAllowed(OWN if person is not None and person == line.head else STRANGER)
    set_on = decree_date if on_behalf else today
    refuse_faults(span, level, reason, today, on_behalf=on_behalf, decree=decree, decree_date=decree_date)
    stored = versions_for(unit, span).first()
    is_same = stored is not None and (stored.level, stored.reason, stored.decree) == (
        level,
        reason.strip(),
        decree.strip() if on_behalf else "",
    )
    if is_same:
        return stored
    if (stored.number if stored else 0) != seen:
        raise Conflict(stored)
    before = import_string(settings.DECIDED_RESULTS)(unit, span)
    try:
        with transaction.atomic():
            achievement = OrganisationAchievement.objects.create(
                unit=unit,
                year=span.year,
                period=span.period,
                number=seen + 1,
                level=level,
                reason=reason.strip(),
                set_by=line.above if line.above else None,
                set_by_post=post_in_words(line.above, today),
                set_on=set_on,
                is_on_behalf=on_behalf,
                decree=decree.strip() if on_behalf else "",
                decree_date=decree_date if on_behalf else None,
                results_before=before,
                recorded_by=by if hasattr(by, "pk") else None,
            )
    except IntegrityError:  # somebody else was faster by a moment
        raise Conflict(versions_for(unit, span).first()) from None
    record_event(
        "organisation.set",
        achievement,
        by=by,
        reason=reason.strip(),
        details={"unit": unit.pk, "span": span.code, "level": level, "number": seen + 1, "decided": before},
    )
    announce(achievement, span, line, stored)
    return achievement


def refuse_faults(span, level, reason, today, *, on_behalf, decree, decree_date):
    if level not in Achievement.values:
        raise StepRefused("Pilih satu dari lima capaian.")
    if not reason.strip():
        raise StepRefused("Tulis alasannya.")
    if len(reason) > LONGEST_REASON:
        raise StepRefused(f"Tulis paling banyak {LONGEST_REASON} huruf.")
    if today < span.first_day:
        day = formats.date_format(span.first_day, "j F Y")
        raise StepRefused(f"Capaian {span} dapat ditetapkan mulai {day}.")
    if on_behalf and not (decree.strip() and decree_date):
        raise StepRefused("Isi nomor dan tanggal keputusan atau surat Wali Kota.")
    if on_behalf and not span.starts_on <= decree_date <= today:
        raise StepRefused("Tanggal keputusan tidak boleh sebelum periode ini mulai atau sesudah hari ini.")


def announce(achievement, span, line, earlier):
    """The head hears of it, and of a change after results were final he hears that they stay."""
    words = f"{achievement.unit.name}: {achievement.get_level_display()}"
    was = f" Sebelumnya {earlier.get_level_display()}." if earlier else ""
    stays = (
        f" {achievement.results_before} hasil pegawai sudah ditetapkan sebelum ini dan tidak berubah."
        if achievement.results_before
        else ""
    )
    tell(
        line.head.user if line.head else None,
        subject=f"Capaian organisasi {span} ditetapkan, {words}",
        body=f"Alasan: {achievement.reason}{was}{stays}",
        path=page_of(achievement.unit, span),
    )


def page_of(unit, span):
    return reverse("appraisal:organisation-detail", args=[unit.pk, span.code])
