"""The retention table at work: a dry run first, then, by a second command, what that dry run named and no more."""

from calendar import monthrange
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import InternalError, ProgrammingError, transaction
from django.db.models import Count, Min, ProtectedError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from ambon_kinerja.audit.actions import record_event

from .catalogue import catalogue
from .models import RetentionReport, RetentionRule


class RetentionRefused(Exception):
    """Nothing was deleted; `str()` is the reason in plain Indonesian."""


def findings(*, now=None):
    """What each rule would do now: the dicts that RetentionReport keeps, one query a rule that deletes."""
    now = now or timezone.now()
    return [finding(rule, now) for rule in RetentionRule.objects.all()]


def finding(rule, now):
    told = {"record_class": rule.record_class, "title": rule.title, "action": rule.action}
    told |= {"months": rule.months, "cutoff": None, "due": 0, "oldest": None}
    if rule.action == rule.Action.KEEP or not rows_meant(rule):
        return told
    cutoff = months_before(now, rule.months)
    since = catalogue().retention[rule.record_class]["since"]
    found = due_rows(rule, cutoff).aggregate(due=Count("pk"), oldest=Min(since))
    return told | {
        "cutoff": cutoff.isoformat(),
        "due": found["due"],
        "oldest": found["oldest"] and found["oldest"].isoformat(),
    }


def months_before(moment, months):
    """The same day and hour so many months earlier; the last day of the month where there is no such day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def rows_meant(rule):
    """The entry of personal_data.yml that names the rows, or None: then nothing is ever deleted by the rule."""
    entry = catalogue().retention.get(rule.record_class, {})
    return entry if entry.get("model") else None


def due_rows(rule, cutoff, using="default"):
    """The rows of the rule that are older than `cutoff`; already emptied ones no longer count."""
    entry = rows_meant(rule)
    rows = apps.get_model(entry["model"])._default_manager.using(using).order_by()
    rows = rows.filter(**{f"{entry['since']}__lt": cutoff}, **entry.get("only", {}))
    if rule.action == rule.Action.ANONYMISE:
        rows = rows.exclude(**entry["clear"])
    return rows


@transaction.atomic
def make_report(*, by):
    """A dry run, kept. Deletes nothing."""
    report = RetentionReport.objects.create(at=timezone.now(), by_label=str(by), findings=findings())
    details = {found["record_class"]: found["due"] for found in report.findings if found["due"]}
    record_event("retention.report", report, by=by, details=details)
    return report


def apply_rule(report, *, record_class, by):
    """Do to the rows what `report` said of `record_class`; returns how many. Raises RetentionRefused.

    Runs as the owner of the tables where there is one, since the application may not delete viewings.
    """
    using = "owner" if "owner" in settings.DATABASES else "default"
    rule, found = checked(report, record_class)
    cutoff = parse_datetime(found["cutoff"])
    try:
        with transaction.atomic(using=using), transaction.atomic():
            locked = RetentionReport.objects.select_for_update().get(pk=report.pk)
            if record_class in locked.applied:
                raise RetentionRefused(f"“{rule.title}” sudah dijalankan dari laporan ini.")
            count = carry_out(rule, due_rows(rule, cutoff, using))
            note = {"at": timezone.now().isoformat(), "by": str(by), "count": count}
            locked.applied = locked.applied | {record_class: note}
            locked.save(update_fields=["applied"])
            details = {"class": record_class, "count": count, "cutoff": found["cutoff"]}
            record_event("retention.apply", locked, by=by, details=details)
    except ProtectedError as held:
        raise RetentionRefused(
            f"“{rule.title}” tidak dijalankan: sebagian catatan masih dirujuk catatan lain."
        ) from held
    except ProgrammingError as trouble:
        raise RetentionRefused(
            f"“{rule.title}” tidak dijalankan: peran basis data ini tidak boleh menghapusnya."
            " Jalankan perintah ini sebagai pemilik tabel (DATABASE_OWNER_URL)."
        ) from trouble
    except InternalError as trouble:
        raise RetentionRefused(
            f"“{rule.title}” tidak dijalankan: basis data menolak penghapusan ini."
        ) from trouble
    report.applied = locked.applied
    return count


def carry_out(rule, rows):
    if rule.action == rule.Action.ANONYMISE:
        return rows.update(**rows_meant(rule)["clear"])
    model = rows.model._meta.label
    return rows.delete()[1].get(model, 0)


def checked(report, record_class):
    """(rule, finding) when the report may be carried out for the class. Raises RetentionRefused."""
    found = next((each for each in report.findings if each["record_class"] == record_class), None)
    rule = RetentionRule.objects.filter(record_class=record_class).first()
    if found is None or rule is None:
        raise RetentionRefused(f"Laporan ini tidak memuat “{record_class}”.")
    if timezone.now() - report.at > timedelta(hours=settings.RETENTION_REPORT_HOURS):
        raise RetentionRefused(
            f"Laporan {report.pk} lebih tua dari {settings.RETENTION_REPORT_HOURS} jam. Buat laporan baru."
        )
    if rule.action == rule.Action.KEEP or not rows_meant(rule):
        raise RetentionRefused(f"“{rule.title}” disimpan permanen.")
    if (rule.action, rule.months) != (found["action"], found["months"]):
        raise RetentionRefused(f"Aturan “{rule.title}” berubah sesudah laporan dibuat. Buat laporan baru.")
    return rule, found


@transaction.atomic
def change_rule(rule, *, by, why, **values):
    """Another period, action or basis; `why` is kept with the values before and after."""
    locked = RetentionRule.objects.select_for_update().get(pk=rule.pk)
    before = {name: getattr(locked, name) for name in values}
    for name, value in values.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(values))
    record_event("retention.change", locked, by=by, reason=why, details={"before": before, "after": values})
    return locked
