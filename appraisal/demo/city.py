"""The whole demo city, built by the acts of its own people in the order of a year."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from agencies.people.models import User
from agencies.structure.models import Unit
from ambon_kinerja.lifecycle.steps import StepRefused
from appraisal.cycle.actions import change_window, plan_period
from appraisal.reports.actions import request_report
from feedback.citizens.actions import record_response
from feedback.services.models import Service
from feedback.services.periods import quarter_of

from .adjusting import adjust_plans
from .cascade import build_cascade
from .cycle import open_years, propose_more_days
from .guidance import guide_people
from .organisation import CLINIC_SERVICE
from .people import address_of, build_organisation
from .quarter import begin, work_through
from .regulation import show_regulation
from .regulation.rating import rate_examples
from .results.calibration import compare_drafts, discuss_the_clinic, set_achievements
from .results.documents import carry_documents
from .results.outcomes import conclude
from .survey_answers import BY_SERVICE, responses
from .voice.channels import fill_in_at_the_counter
from .voice.colleagues import ask_colleagues
from .voice.complaints import publish_figures, write_letters
from .voice.conduct import report_conduct
from .voice.followup import follow_up
from .voice.results import publish_results
from .voice.services import keep_services
from .voice.survey import ask_about_the_waiting_room, receive_comments, said_of_the_waiting_room
from .year import plan_year

REPORTED = "DINKES"


def is_built():
    return User.objects.filter(email=address_of("bidan")).exists()


def build_city(today=None, *, say=lambda text: None):
    """The finished quarter before `today`'s and the open one that it lies in."""
    today = today or timezone.localdate()
    current = quarter_of(today)
    last = current.preceding()
    people = build_organisation()
    say(f"{sum(map(len, people.values()))} pegawai di {Unit.objects.count()} unit")
    office = people["kabid-kinerja"][0].user
    finished = open_window(last, office, closes_at=timezone.now() + timedelta(days=1))
    running = open_window(current, office, closes_at=midnight(current.following().start + timedelta(days=31)))
    for year in sorted({last.year, current.year}):
        plan_year(people, year, today, finished=year != current.year)
    adjust_plans(people, current.year, today)
    say("SKP disepakati")
    build_cascade(people, current.year)
    say("Perjanjian Kinerja, strategi, dan matriks peran")
    work_through(finished, today, discuss=discuss_the_clinic)
    begin(running, today)
    say(f"{finished} dinilai, {running} berjalan")
    carry_documents(finished)
    say("Dokumen evaluasi, satu keberatan berjalan dan satu diputus")
    guide_people(people, today)
    set_achievements(finished, office, today)
    compare_drafts(running, today)
    say("capaian organisasi dan sesi kalibrasi")
    keep_services(people, today)
    receive_comments(today)
    fill_in_at_the_counter(people, today)
    say("standar pelayanan, loket, dan kode survei")
    ask_citizens(last, BY_SERVICE, beside={CLINIC_SERVICE: ask_about_the_waiting_room(last)})
    ask_citizens(current, ("ktp-dan-kartu-keluarga",))
    ask_colleagues(people, last, current)
    publish_results(last)
    say("hasil survei dikunci dan terbit")
    follow_up(last)
    say("tindak lanjut survei dan masalah warga")
    finished = change_window(
        finished, by=office, closes_at=timezone.now(), reason="Semua penilaian sudah masuk."
    )
    request_first_report(finished, office)
    first = sum(map(len, people.values()))
    examples = show_regulation(Unit.objects.get(code="KOTA"), current.year, office, first=first)
    rate_examples(examples, running)
    say("contoh PermenPANRB 6/2022")
    open_years(sorted({last.year, current.year}), office)
    propose_more_days(today, office)
    conclude(people, today, office)
    say("angka kredit, riwayat, dan talenta")
    say("tahun kinerja dibuka")
    publish_figures(last, today)
    write_letters()
    say("lima laporan warga dan angka pengaduan triwulan lalu")
    report_conduct(people)
    say("dua laporan perilaku, disegel")


def open_window(quarter, office, *, closes_at):
    """The appraisal window of a quarter, from the morning of its first day."""
    return plan_period(
        year=quarter.year,
        number=quarter.number,
        opens_at=midnight(quarter.start) + timedelta(hours=8),
        closes_at=closes_at,
        by=office,
    )


def midnight(day):
    """The first moment of `day` in WIT."""
    return timezone.make_aware(datetime.combine(day, time()))


def ask_citizens(quarter, services, *, beside=None):
    """The published answer counts of these services, spread over the weeks of the quarter up to today.

    `beside` holds by service the questionnaire that asks about the waiting room too.
    """
    days = min((timezone.localdate() - quarter.start).days, 85) + 1
    for service in Service.objects.filter(slug__in=services):
        asked = (beside or {}).get(service.slug)
        for number, answers in enumerate(responses(BY_SERVICE[service.slug])):
            record_response(
                service,
                answers=answers | (said_of_the_waiting_room(number) if asked else {}),
                questionnaire=asked,
                sending_key=f"demo-{service.slug}-{quarter.code}-{number}",
                answered_on=quarter.start + timedelta(days=number * 7 % days),
                mode="paper",
            )


def request_first_report(period, office):
    try:
        request_report(Unit.objects.get(code=REPORTED), period=period, by=office)
    except StepRefused as refused:
        raise RuntimeError(f"the demo's report was refused: {refused}") from refused
