"""What a move in mid-period meets on this floor, as settings.MOVE_EFFECTS: plans, evidence, evaluations, drafts."""

from datetime import datetime, time

from django.db.models import Count
from django.utils import timezone

from agencies.careers.moving import Effects
from appraisal.cycle.models import Period
from appraisal.cycle.queries import running

from .models import Skp

DRAFT = "draft"  # of an evaluation; the room that knows them comes later


def effects_of(employee, day, team):
    """Effects of `employee` moving on `day` while he appraises `team`: five queries however large it is."""
    periods = list(Period.objects.periodic().filter(year=day.year))
    plan = Skp.objects.on(day).filter(employee=employee).select_related("unit", "appraiser").first()
    evaluations = list(plan.evaluations.all()) if plan else []
    lines = [plan_line(plan, day.year), evidence_line(plan)]
    lines += [period_line(each, evaluations, day) for each in periods]
    open_drafts = employee.given_evaluations.filter(state=DRAFT, skp__employee__in=team).count()
    if open_drafts:
        lines.append(f"Ia masih menyusun {open_drafts} penilaian untuk orang lain yang belum ditetapkan.")
    noon = timezone.make_aware(datetime.combine(day, time(12)))
    window = next((period for period in periods if period.is_open(noon)), None)
    current = running(periods, noon)
    return Effects(
        lines=[line for line in lines if line],
        window=str(window) if window else "",
        period=str(current) if current else "",
    )


def plan_line(plan, year):
    if plan is None:
        return f"Belum ada SKP {year}."
    words = f"SKP {year} untuk {plan.post_name}, {plan.unit.name}: {plan.get_state_display().lower()}"
    return f"{words} oleh {plan.appraiser.name}." if plan.appraiser else f"{words}."


def evidence_line(plan):
    if plan is None:
        return ""
    number = plan.results.aggregate(number=Count("evidence"))["number"]
    stays = f"{number} bukti pada SKP ini tetap di sana" if number else "Belum ada bukti pada SKP ini"
    return f"{stays}; bukti untuk jabatan baru ditambahkan pada SKP baru."


def period_line(period, evaluations, day):
    """How far the appraisal of a period is; nothing for one that begins only after the move."""
    if period.starts_on > day:
        return ""
    found = next((each for each in evaluations if each.period_id == period.pk), None)
    if found is None:
        return f"{period}: belum dinilai."
    if found.state == DRAFT:
        return f"{period}: penilaian sedang disusun dan belum ditetapkan; penilai baru melanjutkannya."
    return f"{period}: sudah ditetapkan dan tidak berubah oleh perpindahan ini."
