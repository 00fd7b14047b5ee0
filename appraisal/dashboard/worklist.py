"""The list "Yang perlu Anda kerjakan": one task for each kind of thing that waits, in the person's words."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from agencies.access.queries import proposals_awaiting
from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on
from ambon_kinerja.charts import in_words
from appraisal.guidance.queries import counsellings_awaiting, guidances_awaiting, reports_awaiting
from appraisal.planning.duty import Deadlines
from appraisal.planning.models import Skp
from appraisal.planning.queries import plans_awaiting

from . import queries

SOON = 7  # days before the window closes at which the personnel office is reminded
FAILED_LATELY = timedelta(days=7)
OFFICES = (Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN)


@dataclass(frozen=True)
class Task:
    label: str
    url: str
    status: str
    detail: str = ""
    kind: str = "info"
    done: bool = False


@dataclass(frozen=True)
class Progress:
    """How far a whole unit is: `done` of `all`."""

    label: str
    done: int
    all: int
    period: str

    @property
    def words(self):
        return f"{in_words(self.done)} dari {in_words(self.all)}"


@dataclass(frozen=True)
class Desk:
    """Everything the start page shows to one person."""

    tasks: list
    progress: list
    unit_names: str
    has_person: bool
    has_role: bool


def desk_of(user, now=None):
    """The desk of `user` at `now`, in at most six queries whoever it is."""
    now = now or timezone.now()
    person, grants = employee_of(user), list(grants_on(user))
    period, finished = queries.periods_around(now)
    today = timezone.localdate(now)
    plan = queries.plan_of(person, today.year) if person else None
    questions = {
        **questions_of_person(user, person, period, today),
        **(queries.about_the_duty_to_plan(person, plan, today) if person else {}),
        **questions_of_roles(grants, period, finished, now),
        "proposals": proposals_awaiting(user, grants),
        "guidances": guidances_awaiting(user, grants),
        "behaviour": reports_awaiting(user, grants),
        "counsellings": counsellings_awaiting(user, grants),
    }
    found = queries.numbers(user, questions)
    roles = {grant.role for grant in grants}
    tasks = []
    if person and person.kind != person.Kind.OFFICIAL:
        tasks += own_tasks(plan, period, found, now)
    if person:
        tasks += team_tasks(period, found, now)
    tasks += guidance_tasks(found)
    if found["proposals"]:
        status = f"{found['proposals']} menunggu"
        tasks.append(Task("Putuskan usulan", reverse("agencies:proposal-list"), status))
    tasks += office_tasks(roles, grants, period, finished, found, now)
    return Desk(
        tasks=tasks,
        progress=progress_of(period, found),
        unit_names=", ".join(grant.unit.name for grant in grants if grant.role in OFFICES),
        has_person=person is not None,
        has_role=bool(roles),
    )


def questions_of_person(user, person, period, today):
    if person is None:
        return {}
    waiting = plans_awaiting(user)
    asked = {
        "unread": queries.results_to_read(person),
        "unread_first": queries.first_of(queries.results_to_read(person)),
        "plans": waiting,
        "plans_first": queries.first_of(waiting),
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


def own_tasks(plan, period, found, now):
    tasks = [] if found["without_duty"] else plan_tasks(plan, found, timezone.localdate(now))
    if found["unread"]:
        address = reverse("appraisal:evaluation-detail", args=[found["unread_first"]])
        status = "Belum dibaca" if found["unread"] == 1 else f"{found['unread']} belum dibaca"
        tasks.append(Task("Baca hasil penilaian Anda", address, status))
    if period and found.get("without_data"):
        address = reverse("appraisal:realisation-edit", args=[found["plan_of_period"], period.pk])
        status = f"{found['without_data']} tanpa data"
        tasks.append(
            Task(f"Isi realisasi {period}", address, status, closing_words(period, now), urgency(period, now))
        )
    return [task for task in tasks if task]


def plan_tasks(plan, found, today):
    """What the plans of the year ask of their owner: one for each post, and an adjustment that is being written."""
    tasks = []
    if plan and found["moved_to"]:
        address = reverse("appraisal:skp-mine")
        tasks.append(Task(f"Buat SKP {today.year} untuk jabatan baru", address, "Belum dibuat", kind="warn"))
    if found["adjustment"]:
        address = reverse("appraisal:skp-detail", args=[found["adjustment"]])
        label = f"Lengkapi dan ajukan penyesuaian SKP {today.year}"
        tasks.append(Task(label, address, "Sedang disusun"))
    return [plan_task(plan, found, today), *tasks]


def due_words(plan, found, today):
    """Until when the plan has to be agreed, as a sentence; "" while the rulebook says nothing of it."""
    if plan is None and found["posted_on"] is None:
        return ""
    begins = plan.starts_on if plan else max(found["posted_on"], today.replace(month=1, day=1))
    due = Deadlines(found["agreed_by"], found["after_posting"], None).due_on(
        plan or Skp(year=today.year, starts_on=begins)
    )
    if due is None:
        return ""
    if due < today:
        return f"Batas waktu kesepakatan {day_words(due)} sudah lewat."
    return f"Paling lambat disepakati {day_words(due)}."


def plan_task(plan, found, today):
    """What the newest plan of the year asks of its owner; None when it is agreed."""
    year = today.year
    if plan is None:
        due = due_words(plan, found, today)
        return Task(f"Buat SKP {year}", reverse("appraisal:skp-mine"), "Belum dibuat", due, "warn")
    address = reverse("appraisal:skp-detail", args=[plan.pk])
    if plan.state == Skp.State.DRAFT:
        return Task(f"Lengkapi dan ajukan SKP {year}", address, "Draf", due_words(plan, found, today))
    if plan.state == Skp.State.RETURNED:
        detail = f"Baca alasan pejabat penilai. {due_words(plan, found, today)}".strip()
        return Task(f"Perbaiki SKP {year}", address, "Dikembalikan", detail, "warn")
    if plan.state == Skp.State.SUBMITTED:
        detail = "Menunggu persetujuan pejabat penilai. Anda tidak perlu berbuat apa pun."
        return Task(f"SKP {year} sudah diajukan", address, "Menunggu", detail, "", done=True)
    return None


def team_tasks(period, found, now):
    tasks = []
    if found["plans"]:
        address = reverse("appraisal:skp-detail", args=[found["plans_first"]])
        detail = "Yang paling lama menunggu dibuka lebih dahulu." if found["plans"] > 1 else ""
        tasks.append(
            Task("Periksa SKP yang diajukan kepada Anda", address, f"{found['plans']} menunggu", detail)
        )
    if found["to_revise"]:
        address = reverse("appraisal:evaluation-edit", args=[found["to_revise_first"]])
        status = f"{found['to_revise']} dibuka kembali"
        tasks.append(Task("Nilai ulang hasil yang dibuka kembali", address, status, kind="warn"))
    left = found.get("to_evaluate", 0) - found.get("evaluated", 0)
    if period and left:
        status = f"{in_words(found['evaluated'])} dari {in_words(found['to_evaluate'])} selesai"
        label = f"Nilai tim Anda, {period}"
        if period.is_open(now):
            detail = closing_words(period, now)
            tasks.append(Task(label, reverse("appraisal:team"), status, detail, urgency(period, now)))
        elif now < period.opens_at:
            detail = f"Penilaian dibuka {day_words(timezone.localdate(period.opens_at))}."
            tasks.append(Task(label, reverse("appraisal:team"), "Belum dibuka", detail, "", done=True))
    return tasks


def guidance_tasks(found):
    """What waits in the room of guidance and counselling, each with its section of the list."""
    address = reverse("appraisal:guidance-list")
    labels = (
        ("guidances", "Lanjutkan bimbingan kinerja", ""),
        ("behaviour", "Urus laporan perilaku kerja", "?bagian=perilaku"),
        ("counsellings", "Lanjutkan konseling", "?bagian=konseling"),
    )
    return [
        Task(label, f"{address}{section}", f"{found[name]} menunggu")
        for name, label, section in labels
        if found[name]
    ]


def office_tasks(roles, grants, period, finished, found, now):
    tasks = []
    if found.get("lacking"):
        address = f"{reverse('appraisal:report-list')}?periode={finished.pk}"
        tasks.append(Task(f"Minta laporan {finished}", address, f"{found['lacking']} belum terbit"))
    if "issued" in found:
        address = f"{reverse('appraisal:report-list')}?periode={finished.pk}"
        tasks.append(
            Task(f"Baca laporan {finished}", address, f"{found['issued']} terbit", kind="", done=True)
        )
    if Role.PERSONNEL_OFFICE in roles:
        tasks += personnel_office_tasks(grants, period, now)
    if found.get("failed"):
        status = f"{found['failed']} gagal"
        detail = "Dalam tujuh hari terakhir."
        tasks.append(
            Task("Periksa pekerjaan yang gagal", reverse("ambon_kinerja:job-list"), status, detail, "stop")
        )
    return tasks


def personnel_office_tasks(grants, period, now):
    tasks, today = [], timezone.localdate(now)
    units = [grant.unit for grant in grants if grant.role == Role.PERSONNEL_OFFICE]
    alone = queries.count_without_appraiser(units, today)
    if alone:
        label = "Lengkapi jabatan atasan"
        detail = "Tanpa penilai yang benar hari ini; dihitung ulang setiap lima menit."
        tasks.append(
            Task(label, reverse("agencies:orphan-report"), f"{in_words(alone)} pegawai", detail, "warn")
        )
    if period and period.is_open(now) and days_left(period, now) <= SOON:
        label = f"Penilaian {period} hampir ditutup"
        detail = closing_words(period, now)
        tasks.append(Task(label, reverse("appraisal:period-list"), "Segera ditutup", detail, "warn"))
    return tasks


def progress_of(period, found):
    if "staff" not in found:
        return []
    return [
        Progress("SKP disepakati", found["agreed"], found["staff"], str(period.year)),
        Progress("Penilaian ditetapkan", found["final"], found["staff"], str(period)),
    ]


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


def day_words(day):
    return date_format(day, "l, j F Y")
