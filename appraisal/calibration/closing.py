"""Closing a period: how every unit stands, who was not evaluated, and who has to hear of it. One job, run once."""

from time import monotonic

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from agencies.access.models import RoleGrant
from agencies.access.roles import Role
from agencies.people.models import Assignment, Employee
from agencies.people.reporting_line import appraiser_keys_on
from agencies.structure.models import PostVersion
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.jobs.actions import queue_job
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from ambon_kinerja.notices.actions import tell_many
from appraisal.organisation.line import led_units_on
from appraisal.planning.queries import assignments_with_a_plan
from appraisal.scoring.models import Evaluation
from appraisal.scoring.turns.raters import superiors_last_day

from .counting import DECIDED, plans_in_force
from .distributing import counted_rows
from .models import DistributionSnapshot, MissedEvaluation, PeriodClosing
from .rules import may_close_period

BATCH = 1000


@transaction.atomic
def close_period(period, *, by):
    """The closing of a period whose time for evaluating is over, with the job that works it out; a second is the same.

    Raises NotAllowed, StepRefused.
    """
    if not may_close_period(by):
        raise NotAllowed("Periode ditutup oleh BKPSDM.")
    if not period.is_over():
        raise StepRefused(f"Masa penilaian {period} belum berakhir: {period.closing}.")
    closing, is_new = PeriodClosing.objects.select_for_update(of=("self",)).get_or_create(
        period=period, defaults={"started_by": by if hasattr(by, "pk") else None}
    )
    if closing.finished_at is not None:
        return closing
    job = queue_job(
        "period_closing",
        subject=f"period-closing:{closing.pk}",
        title=f"Menutup {period}",
        by=by,
        arguments={"closing": closing.pk, "period": period.pk},
    )
    if closing.job_id != job.pk:
        closing.job = job
        closing.save(update_fields=["job"])
    if is_new:
        record_event("periodclosing.start", closing, by=by, details={"period": period.pk})
    return closing


@transaction.atomic
def close_job(job, report_progress):
    """Work a closing out, once however often it is called; returns the address of its page."""
    closing = PeriodClosing.objects.select_for_update(of=("self",)).get(pk=job.arguments["closing"])
    path = page_of(closing.period)
    if closing.finished_at is not None:
        return path
    begun, today = monotonic(), timezone.localdate()
    report_progress(5, "Menghitung predikat setiap unit")
    snapshots = keep_snapshots(closing)
    report_progress(35, "Mencari pegawai yang belum dinilai")
    missed = keep_missed(closing, today)
    report_progress(75, "Mengirim pemberitahuan")
    notices = send_notices(closing, snapshots, missed, today)
    closing.finished_at = timezone.now()
    closing.figures = figures_of(snapshots, missed, notices) | {"seconds": round(monotonic() - begun, 1)}
    closing.save(update_fields=["finished_at", "figures"])
    record_event("periodclosing.finish", closing, by=job.requested_by or "timetable", details=closing.figures)
    return path


def page_of(period):
    return reverse("appraisal:period-closing", args=[period.pk])


def keep_snapshots(closing):
    """One row for each unit that somebody leads: five questions however many units there are."""
    period = closing.period
    units = list(led_units_on(period.ends_on))
    rows = [
        DistributionSnapshot(
            closing=closing,
            unit=unit,
            achievement=achievement.level if achievement else "",
            counts=counts.final,
            employees=counts.employees,
            decided=counts.decided,
            warnings=[{"code": each.code, "text": each.text} for each in warnings],
        )
        for unit, counts, achievement, warnings in counted_rows(units, period, decided_only=True)
    ]
    return DistributionSnapshot.objects.bulk_create(rows, batch_size=BATCH)


def keep_missed(closing, today):
    """One row for each who owes a plan and whose evaluation is not final."""
    period, why = closing.period, MissedEvaluation.Why
    owing = dict(assignments_with_a_plan(period.ends_on).order_by().values_list("employee", "post__unit"))
    plans = plans_in_force(period).order_by().values_list("employee", "unit", "pk", "of__state")
    found = {employee: (unit, plan, state) for employee, unit, plan, state in plans}
    waiting = {}
    for employee, unit in owing.items():
        of_plan, plan, state = found.get(employee, (unit, None, None))
        if state in DECIDED:
            continue
        reason = (
            why.NO_PLAN if plan is None else why.DRAFT if state == Evaluation.State.DRAFT else why.NOT_BEGUN
        )
        waiting[employee] = (of_plan, plan, reason)
    above = known(appraiser_keys_on(waiting, today))
    superiors = known(appraiser_keys_on(set(above.values()), today))
    rows = [
        MissedEvaluation(
            closing=closing,
            employee_id=employee,
            unit_id=unit,
            skp_id=plan,
            why=reason,
            appraiser_id=above.get(employee),
            superior_id=superiors.get(above.get(employee)),
        )
        for employee, (unit, plan, reason) in waiting.items()
    ]
    return MissedEvaluation.objects.bulk_create(rows, batch_size=BATCH)


def known(pairs):
    """Without those for whom two answer, and who therefore have nobody to tell."""
    people = set(Employee.objects.filter(pk__in=set(pairs.values())).values_list("pk", flat=True))
    return {employee: appraiser for employee, appraiser in pairs.items() if appraiser in people}


def send_notices(closing, snapshots, missed, today):
    """One notice a person: superiors and appraisers of the missed, and heads whose unit departs from the guide."""
    period, path = closing.period, reverse("appraisal:missed-list")
    by_superior, by_appraiser = {}, {}
    for each in missed:
        by_superior[each.superior_id] = by_superior.get(each.superior_id, 0) + 1
        by_appraiser[each.appraiser_id] = by_appraiser.get(each.appraiser_id, 0) + 1
    departing = {row.unit_id: len(row.warnings) for row in snapshots if row.warnings}
    heads = heads_of(departing, today)
    people = {*by_superior, *by_appraiser, *(head for _, head in heads)} - {None}
    accounts = dict(Employee.objects.filter(pk__in=people, user__isnull=False).values_list("pk", "user"))
    notices = []
    for superior, count in by_superior.items():
        if superior in accounts:
            notices.append(
                (
                    accounts[superior],
                    f"{count} pegawai belum dinilai untuk {period}",
                    "Masa penilaian berakhir dan pejabat penilainya belum menetapkan. Penilaiannya sekarang "
                    "dilakukan oleh Anda sebagai atasan pejabat penilai, dan hasilnya final.",
                    path,
                )
            )
    for appraiser, count in by_appraiser.items():
        if appraiser in accounts:
            notices.append(
                (
                    accounts[appraiser],
                    f"{count} penilaian Anda untuk {period} terlewat",
                    "Masa penilaian berakhir. Atasan Anda sudah diberi tahu.",
                    path,
                )
            )
    for unit, head in heads:
        if head in accounts:
            address = reverse("appraisal:distribution-detail", args=[unit, period.pk])
            notices.append(
                (
                    accounts[head],
                    f"Distribusi predikat unit Anda berbeda dari panduan, {period}",
                    f"{departing[unit]} peringatan. Tulis alasannya di halaman distribusi. Rating tidak berubah.",
                    address,
                )
            )
    if closing.job is None or closing.job.requested_by is None:  # whoever closes by hand sees it himself
        notices += notices_to_offices(period, missed, today)
    tell_many(notices)
    return len(notices)


def notices_to_offices(period, missed, today):
    """What the personnel office of the city hears of a period that the timetable has closed."""
    until = date_format(superiors_last_day(period), "l, j F Y")
    body = (
        f"{len(missed)} pegawai belum dinilai. Atasan pejabat penilai diberi tahu dan dapat menilai sampai {until}. "
        "Bila waktunya perlu ditambah, ubah masa penilaian dengan alasan."
    )
    return [(pk, f"{period} ditutup menurut jadwal", body, page_of(period)) for pk in offices_on(today)]


def offices_on(day):
    """The keys of the accounts that work for the personnel office of the whole city."""
    grants = RoleGrant.objects.filter(
        role=Role.PERSONNEL_OFFICE, unit__parent=None, term__contains=day, user__is_active=True
    )
    return sorted(set(grants.values_list("user", flat=True)))


def heads_of(units, today):
    """[(unit pk, head pk)] of those units."""
    leading = dict(
        PostVersion.objects.on(today).filter(leads_unit=True, unit__in=units).values_list("post", "unit")
    )
    held = Assignment.objects.on(today).filter(post__in=leading).values_list("post", "employee")
    return sorted({(leading[post], head) for post, head in held})


def figures_of(snapshots, missed, notices):
    """Numbers for the page of the closing; those of the city stand in its top unit."""
    why = MissedEvaluation.Why
    return {
        "units": len(snapshots),
        "without_achievement": sum(not row.achievement for row in snapshots),
        "departing": sum(bool(row.warnings) for row in snapshots),
        "missed": len(missed),
        **{f"missed_{each}": sum(row.why == each for row in missed) for each in why.values},
        "without_superior": sum(row.superior_id is None for row in missed),
        "notices": notices,
    }
