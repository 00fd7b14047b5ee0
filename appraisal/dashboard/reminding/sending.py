"""The daily reminder: at most one message a person and day, that sums up what is due and what is late."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from agencies.access.models import RoleGrant
from agencies.access.roles import Role
from agencies.people.models import User
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.notices.actions import tell_many
from ambon_kinerja.workdays.calendar import is_working_day
from ambon_kinerja.workdays.queries import holidays_between
from appraisal.cycle.calendar import PLANNING
from appraisal.cycle.models import PerformanceYear, Reminder
from appraisal.planning.duty import AFTER_POSTING
from appraisal.rulebook.queries import values_on

from .duties import AGREE, ASSESS, RECORD, SPEAK, WRITE, owed_in
from .stages import APPRAISER, BEFORE, PERSON, SUPERIOR, stages_reached

RULES = ("reminder_working_days_before", "escalation_working_days_after", AFTER_POSTING)
LOCK = 2_706_2022  # any number: a second beat of the same moment waits for the first
FAR = timedelta(days=150)
# {what is owed: (to the one who owes it, about others)}; {n} how many, {scope} the year or the period
WORDS = {
    WRITE: ("SKP {scope} Anda belum diajukan", "{n} pegawai belum mengajukan SKP {scope}"),
    AGREE: ("{n} SKP {scope} menunggu persetujuan Anda", "{n} SKP {scope} belum diputuskan penilainya"),
    RECORD: (
        "Kemajuan {scope} belum Anda catat",
        "{n} pegawai belum mencatat kemajuan {scope}",
    ),
    SPEAK: (
        "{n} pegawai belum Anda beri umpan balik {scope}",
        "{n} pegawai belum diberi umpan balik {scope}",
    ),
    ASSESS: ("{n} pegawai belum Anda nilai, {scope}", "{n} pegawai belum dinilai, {scope}"),
}


@dataclass(frozen=True)
class Line:
    """One sentence of a message; the people it counts are not named in it."""

    what: str
    year: int
    period: object
    due: object
    stage: object

    @property
    def key(self):
        """As in the constraint of Reminder."""
        period = self.period.pk if self.period else None
        return self.what, self.year, period, self.due, self.stage.name, self.stage.days

    @property
    def is_own(self):
        return self.stage.name in (BEFORE, PERSON)

    def words(self, count, today):
        scope = str(self.period) if self.period else str(self.year)
        said = WORDS[self.what][0 if self.is_own else 1].format(n=count, scope=scope)
        day = date_format(self.due, "l, j F Y")
        if self.due < today:
            return f"{said}. Tenggatnya {day} sudah lewat."
        left = (self.due - today).days
        return f"{said}. Tenggatnya {day}, {'hari ini' if not left else f'{left} hari lagi'}."

    def path(self):
        if not self.is_own:
            return reverse("appraisal:unit-progress")
        if self.what in (WRITE, RECORD):
            return reverse("appraisal:skp-mine")
        return reverse("appraisal:home" if self.what == AGREE else "appraisal:team")


@transaction.atomic
def remind(today=None):
    """Send what is to be sent on `today` (in WIT), once however often it is called; returns to how many people."""
    today = today or timezone.localdate()
    holidays = holidays_between(today - FAR, today + FAR)
    if not is_working_day(today, holidays=holidays):
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    messages = Messages(today)
    for opened in PerformanceYear.objects.filter(
        closed_at=None, year__in=(today.year - 1, today.year)
    ).order_by("year"):
        rules = values_on(RULES, today)
        before, after = rules["reminder_working_days_before"], rules["escalation_working_days_after"]
        near = timedelta(days=2 * max(*before, *after.values()) + 14)
        owed = owed_in(
            opened.year,
            today,
            months=rules[AFTER_POSTING]["months"],
            is_due=lambda each, near=near: each.kind == PLANNING or abs(each.last_day - today) <= near,
        )
        reached = {
            due: stages_reached(due, today, before=before, after=after, holidays=holidays)
            for due in {each.due for each in owed}
        }
        for each in owed:
            for stage in reached[each.due]:
                messages.add(opened.year, each, stage)
    return messages.send()


class Messages:
    """Lines by recipient while a day's reminders are gathered."""

    def __init__(self, today):
        self.today = today
        self.lines = defaultdict(lambda: defaultdict(set))  # {account: {Line: employees}}
        self.accounts = dict(
            User.objects.filter(is_active=True, employee__isnull=False).values_list("employee", "pk")
        )
        grants = RoleGrant.objects.filter(
            role=Role.UNIT_ADMIN, term__contains=today, user__is_active=True
        ).values_list("user", "unit__path")
        self.admins = list(grants)

    def add(self, year, owed, stage):
        line = Line(owed.what, year, owed.period, owed.due, stage)
        for account in self.recipients(owed, stage):
            self.lines[account][line].add(owed.employee)

    def recipients(self, owed, stage):
        """The accounts of whoever is told at this stage; who is nobody's account is nobody's reminder."""
        if stage.name == SUPERIOR:
            people = [owed.superior]
            admins = [user for user, path in self.admins if owed.path.startswith(path)]
        else:
            people = [owed.appraiser if stage.name == APPRAISER else owed.owner]
            admins = []
        return {*admins, *(self.accounts[key] for key in people if key in self.accounts)}

    def send(self):
        """One message each, without what was sent before and without those who had one today."""
        years = {line.year for lines in self.lines.values() for line in lines}
        rows = Reminder.objects.filter(year__in=years, recipient__in=self.lines)
        known, had_one = defaultdict(set), set()
        fields = ("recipient", "duty", "year", "period", "due_on", "stage", "days", "sent_on")
        for recipient, *key, sent_on in rows.values_list(*fields):
            known[recipient].add(tuple(key))
            if sent_on == self.today:
                had_one.add(recipient)
        notices, reminders = [], []
        for account, lines in self.lines.items():
            fresh = {line: people for line, people in lines.items() if line.key not in known[account]}
            if not fresh or account in had_one:
                continue
            notices.append((account, *self.message(fresh)))
            reminders += [self.row(account, line) for line in fresh]
        tell_many(notices)
        Reminder.objects.bulk_create(reminders, batch_size=500)
        if notices:
            record_event("reminders.send", str(self.today), by="timetable", details={"sent_to": len(notices)})
        return len(notices)

    def message(self, lines):
        """(subject, body, path): the line itself where it is the only one."""
        in_order = sorted(lines, key=lambda line: (line.due, line.what, line.stage.days))
        said = list(dict.fromkeys(line.words(len(lines[line]), self.today) for line in in_order))
        if len(said) == 1:
            return said[0].split(". Tenggatnya")[0], said[0], in_order[0].path()
        own = any(line.is_own for line in lines)
        body = "\n".join(f"- {words}" for words in said)
        path = reverse("appraisal:home") if own else reverse("appraisal:unit-progress")
        return f"Pengingat kinerja: {len(said)} hal perlu perhatian Anda", body, path

    def row(self, account, line):
        return Reminder(
            recipient_id=account,
            duty=line.what,
            year=line.year,
            period=line.period,
            due_on=line.due,
            stage=line.stage.name,
            days=line.stage.days,
            sent_on=self.today,
        )


def tell_of_change(job, report_progress):
    """Handler of the job asked for when a window is moved or closed: whoever still owes something in it is told."""
    facts, today = job.arguments, timezone.localdate()
    rules = values_on((AFTER_POSTING,), today)
    owed = owed_in(
        facts["year"],
        today,
        months=rules[AFTER_POSTING]["months"],
        is_due=lambda each: True,
        only=(facts["kind"], facts["period"]),
    )
    owners = {each.owner for each in owed}
    accounts = User.objects.filter(is_active=True, employee__in=owners - {None}).values_list("pk", flat=True)
    path = reverse("appraisal:year-detail", args=[facts["year"]])
    if not PerformanceYear.objects.filter(year=facts["year"]).exists():
        path = reverse("appraisal:period-list")
    body = f"Alasannya: {facts['reason']}"
    tell_many([(account, facts["words"], body, path) for account in sorted(accounts)])
    return path
