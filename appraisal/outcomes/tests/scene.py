"""Functional officials with decided results, written straight to the tables: what was decided, not how."""

from datetime import date, timedelta

from django.utils import timezone

from agencies.access.actions.proposals import approve_proposal
from agencies.access.tests.cast import build_cast, synthetic_nip
from agencies.people.actions import assign, hire
from agencies.people.assigning import move
from agencies.structure.actions import add_post
from agencies.structure.models import Post
from ambon_kinerja.tests.remembered import remembered
from appraisal.cycle.calendar import days_of
from appraisal.cycle.models import Period
from appraisal.guidance.actions import open_guidance
from appraisal.outcomes import actions
from appraisal.planning.models import Skp
from appraisal.planning.terms import whole_year
from appraisal.rulebook.reference_data import fill
from appraisal.scoring.models import Evaluation
from appraisal.scoring.reopening import propose_reopening

NOW = "2026-02-16T10:00:00+09:00"
RATINGS = {
    "sangat_baik": ("above", "above"),
    "baik": ("meets", "meets"),
    "butuh_perbaikan": ("below", "meets"),
    "kurang": ("meets", "below"),
    "sangat_kurang": ("below", "below"),
}


class Scene:
    def __init__(self):
        fill()
        self.cast = build_cast()
        self.units, self.posts = self.cast["self"].cast_units, self.cast["self"].cast_posts
        self.me = self.cast["self"].employee
        self.office, self.appraiser = self.cast["personnel_office"], self.cast["appraiser"]
        self.clinic = self.units["clinic"]
        Post.objects.filter(pk=self.posts["self"].pk).update(level="mahir")
        self.me.rank = "Penata Muda, III/a"
        self.me.save(update_fields=["rank"])
        self.serial = 40

    def period(self, year, number=0):
        cadence = "annual" if number == 0 else "quarterly"
        starts_on, ends_on = days_of(year, number, cadence)
        now = timezone.now()
        return Period.objects.get_or_create(
            year=year,
            number=number,
            defaults={
                "cadence": cadence,
                "starts_on": starts_on,
                "ends_on": ends_on,
                "opens_at": now - timedelta(days=20),
                "closes_at": now - timedelta(days=1),
            },
        )[0]

    def result(self, predikat, *, year=2025, number=0, employee=None, unit=None):
        """A final evaluation: of the whole year (0) or of a quarter."""
        employee = employee or self.me
        plan, _ = Skp.objects.get_or_create(
            employee=employee,
            year=year,
            defaults={
                **whole_year(year),
                "unit": unit or self.clinic,
                "post_name": "Bidan",
                "state": "agreed",
                "appraiser": self.appraiser.employee,
                "agreed_at": timezone.now(),
            },
        )
        work, behaviour = RATINGS[predikat]
        return Evaluation.objects.create(
            skp=plan,
            period=self.period(year, number),
            appraiser=self.appraiser.employee,
            state="final",
            suggested_rating=work,
            work_rating=work,
            behaviour_rating=behaviour,
            behaviour_reason="Uji",
            predikat=predikat,
            receipt="{}",
            receipt_sha256="a" * 64,
            finalised_at=timezone.now(),
        )

    def reopen(self, evaluation):
        """The evaluation is opened again by two persons; returns the draft of its revision."""
        proposal = propose_reopening(evaluation, error="Keliru", reason="Bukti tertukar.", by=self.appraiser)
        approve_proposal(proposal, by=self.cast["superior"])
        return Evaluation.objects.get(replaces=evaluation)

    def overtake(self, evaluation, predikat="sangat_baik"):
        """Opened again and decided otherwise."""
        revision = self.reopen(evaluation)
        work, behaviour = RATINGS[predikat]
        Evaluation.objects.filter(pk=revision.pk).update(
            state="final",
            suggested_rating=work,
            work_rating=work,
            behaviour_rating=behaviour,
            predikat=predikat,
            receipt="{}",
            receipt_sha256="b" * 64,
            finalised_at=timezone.now(),
        )
        revision.refresh_from_db()
        return revision

    def colleague(self, *, kind="pns", rank="Penata Muda, III/a", level="", post_kind="pelaksana"):
        """Somebody more in the clinic, whom the appraiser leads."""
        self.serial += 1
        person = hire(
            name=f"Pegawai {self.serial}", nip=synthetic_nip(self.serial), kind=kind, rank=rank, by="test"
        )
        post = add_post(
            unit=self.clinic,
            code=f"P{self.serial}",
            name="Petugas",
            kind=post_kind,
            level=level,
            by="test",
            superior=self.posts["appraiser"],
        )
        assign(person, post=post, start=date(2020, 1, 1), by="test")
        return person

    def moved_up(self, day, level):
        """The midwife has held another post at `level` since `day`."""
        post = add_post(
            unit=self.clinic,
            code=f"naik-{level}",
            name="Bidan",
            kind="jf_keterampilan",
            level=level,
            by="test",
            superior=self.posts["appraiser"],
        )
        move(self.me, post=post, start=day, by="test")

    def guided(self, person):
        """Guidance that the appraiser has opened for him."""
        return open_guidance(
            person,
            kind="coaching",
            topic="Uji",
            guide=self.appraiser.employee,
            meets_at=self.period(2026, 1).closes_at,
            place="Ruang",
            by=self.appraiser,
        )

    def converted(self, year=2025, *, sign=True):
        made = actions.prepare_conversions(self.me, year=year, unit=self.clinic, by=self.office)
        return [actions.sign_form(each, by=self.appraiser) for each in made] if sign else made

    def assessed(self, until=date(2025, 12, 31), *, sign=True, level="mahir"):
        made = actions.prepare_assessment(self.me, level=level, until=until, unit=self.clinic, by=self.office)
        return actions.sign_form(made, by=self.appraiser) if sign else made


@remembered
def build_scene():
    return Scene()
