"""The lines of the start page that come from this room: plans, realisations, evaluations, reports, proposals, jobs."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from agencies.access.queries import proposals_awaiting
from agencies.access.roles import Role
from ambon_kinerja.charts import in_words
from ambon_kinerja.workdays.words import day_words
from appraisal.cycle.calendar import DOCUMENTATION, PLANNING
from appraisal.cycle.work import WorkItem
from appraisal.planning.duty import AGREED_BY, states_without_plan
from appraisal.planning.models import Skp
from appraisal.planning.queries import plans_awaiting

from . import queries

SOON = 7  # days before the window closes at which the personnel office is reminded
FAILED_LATELY = timedelta(days=7)
OFFICES = (Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN)
MOST_PARTS = 50  # so many plans are listed by name; the rest is counted


def worklist_lines(user, today):
    """Named in settings.WORK_LISTS. At most six queries whoever it is: they count everything at once."""
    facts = queries.facts_of(user)
    person, grants, period, finished, now = (
        facts.person,
        facts.grants,
        facts.period,
        facts.finished,
        facts.now,
    )
    owes_plan = person is not None and person.kind != person.Kind.OFFICIAL
    plan = queries.plan_of(person, today.year) if owes_plan else None
    found = queries.numbers(
        user,
        {
            **questions_of_person(user, person, period, today),
            **questions_of_roles(grants, period, finished, now),
            **questions_of_plan(person, plan, today),
            "proposals": proposals_awaiting(user, grants),
        },
    )
    facts.found.update(found)
    due = queries.due_days_of(facts, found) if person else {}
    items = []
    if owes_plan and not found["free"]:
        items += own_items(plan, period, found, now, due)
    if person:
        items += team_items(period, found, now, due)
    if found["proposals"]:
        status = f"{found['proposals']} menunggu"
        items.append(WorkItem("Putuskan usulan", reverse("agencies:proposal-list"), status))
    return items + office_items({grant.role for grant in grants}, grants, period, finished, found, now)


def questions_of_person(user, person, period, today):
    if person is None:
        return {}
    asked = {
        "posted_on": queries.posted_on(person, today),
        "agreed_by": queries.rule_value(AGREED_BY, today),
        "free": states_without_plan(today).filter(employee=person),
        "unread": queries.results_to_read(person),
        "unread_first": queries.first_of(queries.results_to_read(person)),
        "plans": plans_awaiting(user),
        "plans_by_name": queries.waiting_by_name(user, MOST_PARTS),
        "windows": queries.windows_of(today.year),
        "to_revise": queries.evaluations_to_revise(person, today),
        "to_revise_first": queries.first_of(queries.evaluations_to_revise(person, today)),
    }
    if period:
        plans = queries.plans_to_evaluate(person, period, today)
        asked |= {
            "without_data": queries.indicators_without_data(person, period),
            "plan_of_period": queries.first_of(queries.plan_at_the_end_of(person, period)),
            "to_evaluate": plans,
            "evaluated": queries.evaluated(plans, period),
        }
    return asked


def questions_of_plan(person, plan, today):
    if plan is None:
        return {}
    return {
        "adjustment": queries.adjustment_of(plan),
        "moved_to": queries.moved_from(plan, person, today),
    }


def questions_of_roles(grants, period, finished, now):
    asked, today = {}, timezone.localdate(now)
    offices = paths_of(grants, *OFFICES)
    if offices and period:
        staff = queries.staff_in(offices, today)
        asked |= {
            "staff": staff,
            "agreed": queries.with_agreed_plan(staff, period.year),
            "final": queries.decided(staff, period),
        }
    if offices and finished:
        asked["lacking"] = queries.agencies_lacking_report(offices, finished)
    if finished and (inspected := paths_of(grants, Role.INSPECTOR)):
        asked["issued"] = queries.issued_reports(inspected, finished)
    if paths_of(grants, Role.SYSTEM_ADMIN):
        asked["failed"] = queries.failed_jobs(now - FAILED_LATELY)
    return asked


def paths_of(grants, *roles):
    return [grant.unit.path for grant in grants if grant.role in roles]


def own_items(plan, period, found, now, due):
    year = timezone.localdate(now).year
    tasks = [plan_item(plan, year, due.get((PLANNING, None)))]
    if found.get("moved_to"):
        label, address = f"Buat SKP {year} untuk jabatan baru", reverse("appraisal:skp-mine")
        tasks.append(WorkItem(label, address, "Belum dibuat", kind="warn", due=due.get((PLANNING, None))))
    if found.get("adjustment"):
        address = reverse("appraisal:skp-detail", args=[found["adjustment"]])
        tasks.append(WorkItem(f"Lengkapi dan ajukan penyesuaian SKP {year}", address, "Sedang disusun"))
    if found["unread"]:
        address = reverse("appraisal:evaluation-detail", args=[found["unread_first"]])
        status = "Belum dibaca" if found["unread"] == 1 else f"{found['unread']} belum dibaca"
        tasks.append(WorkItem("Baca hasil penilaian Anda", address, status))
    if period and plan and found["without_data"]:
        address = reverse("appraisal:realisation-edit", args=[found["plan_of_period"], period.pk])
        status = f"{found['without_data']} tanpa data"
        last = due.get((DOCUMENTATION, period.pk))
        words = due_words(last, timezone.localdate(now)) if last else closing_words(period, now)
        tasks.append(
            WorkItem(
                f"Isi realisasi {period}",
                address,
                status,
                words,
                urgency(period, now),
                due=last or period.last_day,
            )
        )
    return [task for task in tasks if task]


def plan_item(plan, year, due):
    """What the plan of the year asks of its owner; None when it is agreed."""
    if plan is None:
        return WorkItem(
            f"Buat SKP {year}", reverse("appraisal:skp-mine"), "Belum dibuat", kind="warn", due=due
        )
    address = reverse("appraisal:skp-detail", args=[plan.pk])
    if plan.state == Skp.State.DRAFT:
        return WorkItem(f"Lengkapi dan ajukan SKP {year}", address, "Draf", due=due)
    if plan.state == Skp.State.RETURNED:
        return WorkItem(
            f"Perbaiki SKP {year}",
            address,
            "Dikembalikan",
            "Baca alasan pejabat penilai.",
            "warn",
            due=due,
        )
    if plan.state == Skp.State.SUBMITTED:
        detail = "Menunggu persetujuan pejabat penilai. Anda tidak perlu berbuat apa pun."
        return WorkItem(f"SKP {year} sudah diajukan", address, "Menunggu", detail, "", done=True)
    return None


def team_items(period, found, now, due):
    tasks = []
    if found["plans"]:
        parts = tuple(
            (each["name"], reverse("appraisal:skp-detail", args=[each["plan"]]))
            for each in found["plans_by_name"]
        )
        more = found["plans"] - len(parts)
        tasks.append(
            WorkItem(
                "Periksa SKP yang diajukan kepada Anda",
                parts[0][1],
                f"{found['plans']} menunggu",
                f"Dan {more} lagi setelah yang ini selesai." if more > 0 else "",
                due=due.get((PLANNING, None)),
                parts=parts if len(parts) > 1 else (),
            )
        )
    if found["to_revise"]:
        address = reverse("appraisal:evaluation-edit", args=[found["to_revise_first"]])
        status = f"{found['to_revise']} dibuka kembali"
        tasks.append(WorkItem("Nilai ulang hasil yang dibuka kembali", address, status, kind="warn"))
    left = found.get("to_evaluate", 0) - found.get("evaluated", 0)
    if period and left:
        status = f"{in_words(found['evaluated'])} dari {in_words(found['to_evaluate'])} selesai"
        label = f"Nilai tim Anda, {period}"
        if period.is_open(now):
            detail = closing_words(period, now)
            address, kind = reverse("appraisal:team"), urgency(period, now)
            tasks.append(WorkItem(label, address, status, detail, kind, due=period.last_day))
        elif now < period.opens_at:
            detail = f"Penilaian dibuka {day_words(timezone.localdate(period.opens_at))}."
            tasks.append(WorkItem(label, reverse("appraisal:team"), "Belum dibuka", detail, "", done=True))
    return tasks


def office_items(roles, grants, period, finished, found, now):
    tasks = []
    if found.get("lacking"):
        address = f"{reverse('appraisal:report-list')}?periode={finished.pk}"
        tasks.append(WorkItem(f"Minta laporan {finished}", address, f"{found['lacking']} belum terbit"))
    if "issued" in found:
        address = f"{reverse('appraisal:report-list')}?periode={finished.pk}"
        tasks.append(
            WorkItem(f"Baca laporan {finished}", address, f"{found['issued']} terbit", kind="", done=True)
        )
    if Role.PERSONNEL_OFFICE in roles:
        tasks += personnel_office_items(grants, period, now)
    if found.get("failed"):
        status = f"{found['failed']} gagal"
        detail = "Dalam tujuh hari terakhir."
        tasks.append(
            WorkItem(
                "Periksa pekerjaan yang gagal", reverse("ambon_kinerja:job-list"), status, detail, "stop"
            )
        )
    return tasks


def personnel_office_items(grants, period, now):
    tasks, today = [], timezone.localdate(now)
    units = [grant.unit for grant in grants if grant.role == Role.PERSONNEL_OFFICE]
    alone = queries.count_without_appraiser(units, today)
    if alone:
        label = "Lengkapi jabatan atasan"
        detail = "Tanpa penilai yang benar hari ini; dihitung ulang setiap lima menit."
        tasks.append(
            WorkItem(label, reverse("agencies:orphan-report"), f"{in_words(alone)} pegawai", detail, "warn")
        )
    if period and period.is_open(now) and days_left(period, now) <= SOON:
        label = f"Penilaian {period} hampir ditutup"
        detail = closing_words(period, now)
        address = reverse("appraisal:period-list")
        tasks.append(WorkItem(label, address, "Segera ditutup", detail, "warn", due=period.last_day))
    return tasks


def closing_words(period, now):
    """The last day in words and how many days are left; a window that closes within a day says the hour."""
    moment = timezone.localtime(period.closes_at)
    hour = "" if moment.date() != period.last_day else f" pukul {moment:%H.%M} WIT"
    left = days_left(period, now)
    words = {0: "hari ini", 1: "besok"}.get(left, f"{left} hari lagi")
    return f"Paling lambat {day_words(period.last_day)}{hour}, {words}."


def days_left(period, now):
    return (period.last_day - timezone.localdate(now)).days


def urgency(period, now):
    return "warn" if days_left(period, now) <= SOON else "info"


def due_words(day, today):
    left = (day - today).days
    words = {0: "hari ini", 1: "besok"}.get(left, f"{left} hari lagi")
    return f"Paling lambat {day_words(day)}, {words}."
