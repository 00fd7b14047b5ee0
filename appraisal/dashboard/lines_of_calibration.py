"""The lines of the start page about achievements to set, sessions, proposals to answer, people left over, closings."""

from datetime import date

from django.urls import reverse

from agencies.access.roles import Role
from agencies.people.reporting_line import subordinate_keys_on
from ambon_kinerja.workdays.queries import working_day_after
from ambon_kinerja.workdays.words import day_words
from appraisal.calibration.missed import waiting_for
from appraisal.calibration.models import CalibrationParticipant, CalibrationProposal, CalibrationSession
from appraisal.calibration.timetable import to_be_closed
from appraisal.cycle.work import WorkItem
from appraisal.organisation.listing import units_waiting
from appraisal.organisation.spans import Span

from . import queries

YEAR_IS_SET_IN = (12, 1)  # months; before and after nobody is asked for the whole year


def worklist_lines(user, today):
    """Named in settings.WORK_LISTS. One query counts everything; one more finds the due day of what waits."""
    facts = queries.facts_of(user)
    person, grants = facts.person, facts.grants
    is_office = any(grant.role == Role.PERSONNEL_OFFICE for grant in grants)
    spans = spans_to_set(facts, today) if person or is_office else {}
    questions = {name: units_waiting(user, span, today, grants) for name, span in spans.items()}
    questions |= due_days(spans)
    if person:
        team = subordinate_keys_on(person, today)
        waiting = CalibrationProposal.objects.filter(state="open", item__employee__in=team)
        questions |= {
            "proposals": waiting,
            "first_item": queries.first_of_field(waiting.order_by("proposed_at"), "item"),
            "missed": waiting_for(person),
            **sessions_of(person),
        }
    if any(grant.role == Role.PERSONNEL_OFFICE and grant.unit.parent_id is None for grant in grants):
        questions["to_close"] = to_be_closed(facts.now)
        questions["first_to_close"] = queries.first_of(questions["to_close"].order_by("closes_at"))
    return list(lines(queries.numbers(user, questions), spans, today))


def sessions_of(person):
    """The open sessions he leads and those he takes part in, and which of each is held first."""
    seats = CalibrationParticipant.objects.filter(
        employee=person, session__state=CalibrationSession.State.OPEN
    ).order_by("session__held_on", "session")
    led, joined = seats.filter(is_chair=True), seats.filter(is_chair=False)
    return {
        "led": led,
        "first_led": queries.first_of_field(led, "session"),
        "led_on": queries.first_of_field(led, "session__held_on"),
        "joined": joined,
        "first_joined": queries.first_of_field(joined, "session"),
        "joined_on": queries.first_of_field(joined, "session__held_on"),
    }


def spans_to_set(facts, today):
    """{name: Span} of what may be set now: the period being evaluated, and around the new year the whole year."""
    found, period = {}, facts.period
    if period is not None and period.is_open(facts.now):
        found["period"] = Span(period.year, period)
    if today.month in YEAR_IS_SET_IN:
        year = Span(today.year if today.month == YEAR_IS_SET_IN[0] else today.year - 1)
        if year.first_day <= today:
            found["year"] = year
    return found


def due_days(spans):
    """What the rulebook says of the due days of `spans`, as ready Subqueries; None where it says nothing."""
    keys = {"period": "organisation_achievement_working_days", "year": "annual_achievement_by"}
    return {f"{name}_rule": queries.rule_value(keys[name], span.ends_on) for name, span in spans.items()}


def due_on(name, span, rule):
    if not rule:
        return None
    if name == "year":
        return date(span.year + 1, rule["month"], rule["day"])
    return working_day_after(span.ends_on, rule)


def lines(found, spans, today):
    for name, span in spans.items():
        due = due_on(name, span, found[f"{name}_rule"]) if found[name] else None
        if found[name] and not (name == "year" and due and due < today):
            yield WorkItem(
                f"Tetapkan capaian organisasi, {span}",
                f"{reverse('appraisal:organisation-list')}?periode={span.code}&keadaan=belum",
                f"{found[name]} unit menunggu",
                due=due,
            )
    if found.get("proposals"):
        address = reverse("appraisal:calibration-item", args=[found["first_item"]])
        yield WorkItem("Jawab usulan kalibrasi", address, f"{found['proposals']} menunggu")
    yield from session_lines(found, today)
    if found.get("missed"):
        yield WorkItem(
            "Nilai pegawai yang terlewat oleh penilainya",
            reverse("appraisal:missed-list"),
            f"{found['missed']} pegawai",
            "Anda menilai sebagai atasan pejabat penilai.",
            kind="warn",
        )
    if found.get("to_close"):
        address = reverse("appraisal:period-closing", args=[found["first_to_close"]])
        yield WorkItem("Tutup periode yang selesai dinilai", address, f"{found['to_close']} periode")


def session_lines(found, today):
    """Whoever leads closes it with the minutes and is late after its day; the others only have to come."""
    if found.get("led"):
        day = found["led_on"]
        is_over = day < today
        yield WorkItem(
            "Tutup sesi kalibrasi dengan notula" if is_over else "Pimpin sesi kalibrasi",
            reverse("appraisal:calibration-session", args=[found["first_led"]]),
            f"{found['led']} sesi",
            f"Sesi {day_words(day)}{' sudah lewat.' if is_over else '.'}",
            due=day,
        )
    if found.get("joined"):
        day = found["joined_on"]
        yield WorkItem(
            "Ikuti sesi kalibrasi",
            reverse("appraisal:calibration-session", args=[found["first_joined"]]),
            f"{found['joined']} sesi",
            f"Sesi {day_words(day)}.",
            due=day if day >= today else None,
        )
