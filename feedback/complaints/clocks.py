"""Terms in working days: one runs at a time, it stands still while the citizen is asked, and holidays move it."""

from django.db import transaction

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.jobs.recounting import ask_for_recount, recounted
from ambon_kinerja.workdays.calendar import add_working_days, working_days_between
from ambon_kinerja.workdays.queries import holidays_between, working_day_after

from .models import Complaint, ComplaintTerm

Clock, Term = Complaint.Clock, ComplaintTerm.Kind
STOPPED = {
    "clock": "",
    "clock_from": None,
    "clock_days": None,
    "due_on": None,
    "days_left": None,
    "escalation": Complaint.Escalation.NONE,
    "escalated_on": None,
}


def days_of(kind, day):
    """The working days of a kind of term by the row in force on `day`."""
    return ComplaintTerm.objects.filter(kind=kind, valid_from__lte=day).order_by("-valid_from")[0].days


def answer_term(complaint):
    """Which term an answer has: by kind, and longer where oversight has to look into it."""
    if complaint.kind == Complaint.Kind.COMPLAINT:
        return Term.SUPERVISORY if complaint.is_supervisory else Term.COMPLAINT
    return Term(complaint.kind)


def begun(clock, *, days, on):
    """The fields of a clock that starts on the day `on`."""
    return STOPPED | {
        "clock": clock,
        "clock_from": on,
        "clock_days": days,
        "due_on": working_day_after(on, days),
    }


def verify_clock(day):
    return begun(Clock.VERIFY, days=days_of(Term.VERIFY, day), on=day)


def answer_clock(complaint, *, on):
    return begun(Clock.ANSWER, days=days_of(answer_term(complaint), on), on=on)


def paused(complaint, *, on):
    """The citizen is asked: his own term runs, and what was left of the answer's is remembered."""
    left = complaint.days_left
    if complaint.clock == Clock.ANSWER:
        left = days_between(on, complaint.due_on)
    elif complaint.clock == Clock.VERIFY:
        left = days_between(on, working_day_after(complaint.received_on, days_of(answer_term(complaint), on)))
    return begun(Clock.REPLY, days=days_of(Term.REPLY, on), on=on) | {"days_left": left}


def resumed(complaint, *, on):
    """The citizen has replied: what was left runs on, at least a day; after an answer the whole term begins anew."""
    if complaint.clock == Clock.REPLY and complaint.days_left is not None:
        return begun(Clock.ANSWER, days=max(1, complaint.days_left), on=on)
    return answer_clock(complaint, on=on)


def first_answer(complaint, *, on):
    """What is noted for good when something is answered the first time; nothing afterwards."""
    if complaint.answered_on is not None:
        return {}
    if complaint.clock == Clock.REPLY:
        in_time = (complaint.days_left or 0) >= 0
    elif complaint.clock == Clock.VERIFY:
        in_time = on <= working_day_after(
            complaint.received_on, days_of(answer_term(complaint), complaint.received_on)
        )
    else:
        in_time = complaint.due_on is None or on <= complaint.due_on
    return {
        "answered_on": on,
        "answered_in_time": in_time,
        "handling_days": max(0, days_between(complaint.received_on, on)),
    }


def last_day_to_reopen(complaint):
    if complaint.closed_on is None:
        return None
    return working_day_after(complaint.closed_on, days_of(Term.REOPEN, complaint.closed_on))


def days_between(start, end):
    first, last = sorted((start, end))
    return working_days_between(start, end, holidays=holidays_between(first, last))


@transaction.atomic
def recount():
    """Every running clock by the holidays as they are now; returns how many moved. What has ended stays as it was."""
    running = list(Complaint.objects.select_for_update().exclude(clock=""))
    if not running:
        return 0
    first = min(each.clock_from for each in running)
    longest = max(each.clock_days for each in running)
    last = max(each.clock_from for each in running)
    off = holidays_between(first, last.replace(year=last.year + 1 + longest // 200, day=1))
    moved = []
    for each in running:
        due_on = add_working_days(each.clock_from, each.clock_days, holidays=off)
        if due_on != each.due_on:
            each.due_on = due_on
            moved.append(each)
    Complaint.objects.bulk_update(moved, ["due_on"], batch_size=500)
    if moved:
        record_event("complaint.recount", "clocks", by="timetable", details={"moved": len(moved)})
    return len(moved)


def recount_job(job, report_progress):
    """Handler of the job that `holidays_changed` asks for."""
    return recounted(recount, report_progress)


def holidays_changed(*, by):
    """Named in settings.HOLIDAY_EFFECTS: the calendar changed in this transaction, so clocks are counted anew."""
    title = "Menghitung ulang tenggat pengaduan warga"
    ask_for_recount("complaint_recount", of="complaints", title=title, by=by)


def is_overdue(complaint, today):
    return complaint.clock in (Clock.VERIFY, Clock.ANSWER) and complaint.due_on < today
