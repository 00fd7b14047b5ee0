"""Giving posts to people and taking them back, on dated decrees; and the times in which other rules hold for them.

Rows are added and never edited: a correction closes what was recorded and records it anew (two_clocks).
"""

from datetime import timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from agencies.structure.actions import person
from agencies.structure.models import PostVersion
from agencies.structure.refusals import NotPossible, in_plain_words
from agencies.structure.retroactive import tell_of_change
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.workdays.words import date_words

from .models import AppraiserException, Assignment, ServiceState
from .sessions import end_sessions

REFUSALS = {
    "one_definitive_post_at_a_time": "Pegawai ini sudah memegang jabatan definitif lain pada masa itu.",
    "same_post_held_once_at_a_time": "Pegawai ini sudah bertugas di jabatan itu pada masa itu.",
    "one_plt_post_at_a_time": "Pegawai ini sudah menjadi Plt. di jabatan lain pada masa itu.",
    "a_post_has_one_plt_at_a_time": "Jabatan ini sudah punya Plt. pada masa itu.",
    "a_single_post_has_one_holder_or_plt": "Jabatan ini sudah terisi pada masa itu.",
    "one_service_state_at_a_time": "Pegawai ini sudah tercatat dalam keadaan lain pada masa itu.",
    "one_exception_per_employee_and_day": "Untuk pegawai ini sudah ada penilai khusus pada masa itu.",
    "one_exception_per_post_and_day": "Untuk jabatan ini sudah ada penilai khusus pada masa itu.",
    "no_exception_lets_one_appraise_oneself": "Pegawai tidak boleh menilai dirinya sendiri.",
}

# What a row says besides: a better decree number changes nobody's appraiser.
NO_MATTER = {"id", "term", "recorded", "recorded_by", "reason", "decree", "decree_date"}


@transaction.atomic
def assign(
    employee,
    *,
    post,
    start,
    by,
    end=None,
    kind=Assignment.Kind.DEFINITIVE,
    decree="",
    decree_date=None,
    reason="",
):
    """Give `employee` the post from `start` up to, not including, `end` (None: until further notice).

    Raises NotPossible, with whoever is in the way named, when the law allows no such overlap (PermenPANRB 6/2022
    page 89; a Plt. only for a post that nobody holds).
    """
    term = term_of(start, end)
    refuse_missing_post(post, term)
    refuse_taken(employee, post, kind, term)
    assignment = Assignment(
        employee=employee,
        post=post,
        kind=kind,
        term=term,
        decree=decree,
        decree_date=decree_date,
        reason=reason,
        recorded_by=person(by),
    )
    with in_plain_words(REFUSALS):
        assignment.save()
    tell_of_change(start, end, by=by, reason=reason or decree)
    record_event(
        "assignment.begin",
        assignment,
        by=by,
        reason=decree,
        details={"employee": employee.pk, "post": post.pk, "kind": kind, "start": start, "end": end},
    )
    return assignment


@transaction.atomic
def end_assignment(assignment, *, last_day, by, reason=""):
    """Let the assignment end with `last_day`; the day after, the post is free. Returns the row that counts now."""
    row = counting(assignment)
    if last_day < row.term.lower:
        raise NotPossible("Hari terakhir tidak boleh sebelum tanggal mulai.", "end")
    end = last_day + timedelta(days=1)
    if row.term.upper is not None and end > row.term.upper:
        raise NotPossible(f"Tugas ini sudah berakhir {date_words(row.last_day)}.", "end")
    sign_out(row.employee, by=by, reason="Jabatan berakhir.")
    return replace(row, by=by, reason=reason, action="assignment.end", term=DateRange(row.term.lower, end))


@transaction.atomic
def correct_assignment(assignment, *, by, reason, **changes):
    """Record anew what was recorded wrongly: `post`, `kind`, `start`, `end` (excluded), `decree`, `decree_date`.

    What was known before stays findable. Raises NotPossible as `assign` does.
    """
    row = counting(assignment)
    term = term_of(changes.pop("start", row.term.lower), changes.pop("end", row.term.upper))
    post, kind = changes.get("post", row.post), changes.get("kind", row.kind)
    refuse_missing_post(post, term)
    refuse_taken(row.employee, post, kind, term, besides=row)
    sign_out(row.employee, by=by, reason="Jabatan diralat.")
    return replace(row, by=by, reason=reason, action="assignment.correct", term=term, **changes)


@transaction.atomic
def withdraw_assignment(assignment, *, by, reason):
    """It was never so: the row no longer counts, and stays findable as what was known."""
    row = counting(assignment)
    Assignment.objects.filter(pk=row.pk).close()
    tell_of_change(row.term.lower, row.term.upper, by=by, reason=reason)
    sign_out(row.employee, by=by, reason="Jabatan dibatalkan.")
    record_event("assignment.withdraw", row, by=by, reason=reason)


@transaction.atomic
def move(employee, *, post, start, by, decree="", decree_date=None, reason=""):
    """Give `employee` another definitive post from `start` on; the one he holds ends the day before.

    Raises NotPossible when he holds none on the day before `start`, or when something already begins later.
    """
    held = (
        Assignment.objects.on(start - timedelta(days=1))
        .filter(employee=employee, kind=Assignment.Kind.DEFINITIVE)
        .first()
    )
    if held is None:
        raise NotPossible(
            "Pegawai ini tidak memegang jabatan definitif sehari sebelumnya. Catat jabatan baru saja.",
            "start",
        )
    if held.post_id == post.pk:
        raise NotPossible("Itu jabatan yang sedang dipegangnya.", "post")
    if held.term.upper is None or held.term.upper > start:
        end_assignment(held, last_day=start - timedelta(days=1), by=by, reason=reason or decree)
    return assign(
        employee, post=post, start=start, by=by, decree=decree, decree_date=decree_date, reason=reason
    )


@transaction.atomic
def enter_state(employee, *, kind, start, by, end=None, decree="", decree_date=None, reason=""):
    """Record a service state (leave, suspension, retirement …) from `start` up to, not including, `end`."""
    state = ServiceState(
        employee=employee,
        kind=kind,
        term=term_of(start, end),
        decree=decree,
        decree_date=decree_date,
        reason=reason,
        recorded_by=person(by),
    )
    with in_plain_words(REFUSALS):
        state.save()
    tell_of_change(start, end, by=by, reason=reason or decree)
    details = {"employee": employee.pk, "kind": kind, "start": start, "end": end}
    record_event("state.enter", state, by=by, reason=decree, details=details)
    if kind in ServiceState.GONE:
        sign_out(employee, by=by, reason=state.get_kind_display())
    return state


@transaction.atomic
def end_state(state, *, last_day, by, reason=""):
    """Let the state end with `last_day`. Returns the row that counts now."""
    row = counting(state)
    if last_day < row.term.lower:
        raise NotPossible("Hari terakhir tidak boleh sebelum tanggal mulai.", "end")
    term = DateRange(row.term.lower, last_day + timedelta(days=1))
    return replace(row, by=by, reason=reason, action="state.end", term=term)


@transaction.atomic
def except_appraiser(
    *,
    kind,
    start,
    by,
    employee=None,
    post=None,
    appraiser=None,
    end=None,
    decree="",
    decree_date=None,
    reason="",
):
    """Let `appraiser` appraise `employee`, or all whose line reaches `post`, in the term; None: pass `post` over.

    PermenPANRB 6/2022 page 89 no. 2, 3 and 7. Raises NotPossible.
    """
    exception = AppraiserException(
        kind=kind,
        employee=employee,
        post=post,
        appraiser=appraiser,
        term=term_of(start, end),
        decree=decree,
        decree_date=decree_date,
        reason=reason,
        recorded_by=person(by),
    )
    with in_plain_words(REFUSALS):
        exception.save()
    tell_of_change(start, end, by=by, reason=reason or decree)
    details = {
        "employee": getattr(employee, "pk", None),
        "post": getattr(post, "pk", None),
        "appraiser": getattr(appraiser, "pk", None),
        "start": start,
        "end": end,
    }
    record_event("appraiser.except", exception, by=by, reason=decree or reason, details=details)
    return exception


@transaction.atomic
def end_exception(exception, *, last_day, by, reason=""):
    """Let the exception end with `last_day`; one that has not begun by then never counts."""
    row = counting(exception)
    if last_day < row.term.lower:
        AppraiserException.objects.filter(pk=row.pk).close()
        tell_of_change(row.term.lower, row.term.upper, by=by, reason=reason)
        record_event("appraiser.withdraw", row, by=by, reason=reason)
        return None
    term = DateRange(row.term.lower, last_day + timedelta(days=1))
    return replace(row, by=by, reason=reason, action="appraiser.end", term=term)


def sign_out(employee, *, by, reason):
    """What he may do becomes another: his sessions end, so that no open page still shows what he could do before."""
    if employee.user_id is not None:
        end_sessions(employee.user, by=by, reason=reason)


def counting(fact):
    """The row as stored, locked. Raises NotPossible when somebody has changed it since it was read."""
    row = type(fact).objects.known().select_for_update(of=("self",)).filter(pk=fact.pk).first()
    if row is None:
        raise NotPossible("Catatan ini sudah diubah oleh orang lain. Muat ulang halamannya.", "row")
    return row


def replace(row, *, by, reason, action, **changes):
    """Close `row` and add it anew with `changes`; audited on the new row."""
    at = type(row).objects.filter(pk=row.pk).close()
    new = row.once_more(at=at, recorded_by=person(by), reason=reason, **changes)
    with in_plain_words(REFUSALS):
        new.save()
    if (span := changed_days(row, new)) is not None:
        tell_of_change(*span, by=by, reason=reason)
    told = {name: getattr(value, "pk", value) for name, value in changes.items()} | {"replaces": row.pk}
    record_event(action, new, by=by, reason=reason, details=told)
    return new


def changed_days(row, new):
    """(first day, day after the last or None) of the days on which `new` says something else than `row`; None: none."""
    same = all(
        getattr(row, field.attname) == getattr(new, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in NO_MATTER
    )
    starts, ends = {row.term.lower, new.term.lower}, {row.term.upper, new.term.upper}
    if same and len(starts) == len(ends) == 1:
        return None
    if same and len(ends) == 1:
        return min(starts), max(starts)
    first = min(ends - {None}) if same and len(starts) == 1 else min(starts)
    return first, None if None in ends else max(ends)


def term_of(start, end):
    if end is not None and end <= start:
        raise NotPossible("Tanggal selesai harus sesudah tanggal mulai.", "end")
    return DateRange(start, end)


def refuse_missing_post(post, term):
    """The post has to exist on every day of a bounded term, and on the first day of an open one."""
    versions = PostVersion.objects.on(term.lower).filter(post=post)
    if not versions.exists():
        raise NotPossible(f"Jabatan {post.name} tidak ada pada {date_words(term.lower)}.", "post")


def refuse_taken(employee, post, kind, term, besides=None):
    """The same refusals as the database's, but with the name and the days of what is in the way."""
    at_once = Assignment.objects.known().filter(term__overlap=term).select_related("employee", "post")
    if besides is not None:
        at_once = at_once.exclude(pk=besides.pk)
    same = at_once.filter(employee=employee, post=post).first()
    if same:
        raise NotPossible(f"{employee.name} sudah bertugas di jabatan itu {days_of(same)}.", "post")
    if kind in (Assignment.Kind.DEFINITIVE, Assignment.Kind.PLT):
        other = at_once.filter(employee=employee, kind=kind).first()
        if other:
            raise NotPossible(
                f"{employee.name} sudah {'menjadi Plt.' if kind == 'plt' else 'memegang jabatan'} {other.post.name}"
                f" {days_of(other)}.",
                "employee",
            )
        refuse_filled(post, kind, at_once)


def refuse_filled(post, kind, at_once):
    """A post for one person has one holder or one Plt.; any post has one Plt. at most."""
    standing = at_once.filter(post=post)
    plt = standing.filter(kind=Assignment.Kind.PLT).first()
    if plt and (post.is_single or kind == Assignment.Kind.PLT):
        raise NotPossible(
            f"Jabatan ini dijalankan Plt. {plt.employee.name} {days_of(plt)}. Akhiri dahulu.", "post"
        )
    holder = standing.filter(kind=Assignment.Kind.DEFINITIVE).first()
    if holder and post.is_single:
        advice = (
            " Plt. hanya untuk jabatan kosong; pilih Plh. bila pemegangnya berhalangan sementara."
            if kind == Assignment.Kind.PLT
            else ""
        )
        raise NotPossible(f"Jabatan ini dipegang {holder.employee.name} {days_of(holder)}.{advice}", "post")


def days_of(fact):
    last = f"sampai {date_words(fact.last_day)}" if fact.last_day else "sampai sekarang"
    return f"sejak {date_words(fact.term.lower)} {last}"
