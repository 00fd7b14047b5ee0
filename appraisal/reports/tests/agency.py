"""A small agency with a finished quarter, written straight to the tables: what was decided, not how."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from agencies.access.actions import grant_role
from agencies.access.roles import Role
from agencies.people.actions import assign, hire, open_account
from agencies.structure.actions import add_post, add_unit
from ambon_kinerja.tests.remembered import remembered
from appraisal.cycle.models import Period
from appraisal.monitoring.models import Realisation
from appraisal.planning.models import Indicator, Skp, WorkResult
from appraisal.planning.terms import whole_year
from appraisal.scoring.models import Evaluation
from feedback.citizens.elements import Element
from feedback.citizens.models import Questionnaire, SurveyAnswer, SurveyResponse
from feedback.results.actions import lock_quarter
from feedback.services.models import Service
from feedback.services.periods import Quarter

LONG_AGO = date(2020, 1, 1)
AFTER_THE_QUARTER = "2026-10-12T09:00:00+09:00"
RATINGS = {
    "sangat_baik": ("above", "above"),
    "baik": ("meets", "meets"),
    "butuh_perbaikan": ("below", "meets"),
    "kurang": ("meets", "below"),
    "sangat_kurang": ("below", "below"),
}


def third_quarter():
    return Period.objects.create(
        year=2026,
        number=3,
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 9, 30),
        opens_at=datetime(2026, 9, 14, 15, tzinfo=UTC),
        closes_at=datetime(2026, 10, 10, 15, tzinfo=UTC),
    )


@dataclass
class City:
    """A mayor, one agency with its office and one unit below, and the offices that read reports."""

    agency_name: str = "Dinas Kesehatan"
    unit_name: str = "Puskesmas Teluk"
    serial: int = 0
    users: dict = field(default_factory=dict)

    def __post_init__(self):
        self.city = add_unit(
            parent=None, kind="city", code="KOTA", name="Kota", valid_from=LONG_AGO, by="test"
        )
        self.mayor_post = self.post(self.city, "Wali Kota", "kepala_daerah", leads=True)
        self.mayor = hire(name="Wali Kota Contoh", nip=None, kind="pejabat", by="test")
        assign(self.mayor, post=self.mayor_post, start=LONG_AGO, by="test")
        self.agency = self.add_agency("DINKES", self.agency_name)
        self.head_post = self.post(self.agency, "Kepala Dinas", "jpt", leads=True, superior=self.mayor_post)
        self.office_post = self.post(self.agency, "Analis", "jf_keahlian", superior=self.head_post)
        self.unit = add_unit(
            parent=self.agency, kind="unit", code="PKM", name=self.unit_name, valid_from=LONG_AGO, by="test"
        )
        self.unit_post = self.post(self.unit, "Bidan", "jf_keterampilan", superior=self.head_post)
        self.period = third_quarter()

    def add_agency(self, code, name):
        return add_unit(parent=self.city, kind="agency", code=code, name=name, valid_from=LONG_AGO, by="test")

    def post(self, unit, name, kind, *, leads=False, superior=None):
        self.serial += 1
        return add_post(
            unit=unit,
            code=f"J{self.serial}",
            name=name,
            kind=kind,
            by="test",
            leads_unit=leads,
            superior=superior,
        )

    def employee(self, post=None):
        self.serial += 1
        person = hire(
            name=f"Pegawai {self.serial}", nip=f"19800101200501{1000 + self.serial}", kind="pns", by="test"
        )
        assign(person, post=post or self.unit_post, start=LONG_AGO, by="test")
        return person

    def user(self, role, unit=None):
        """The account with `role` in `unit` (the city if None), made once."""
        unit = unit or self.city
        key = (role, unit.pk)
        if key not in self.users:
            self.serial += 1
            account = open_account(email=f"u{self.serial}@contoh.test", name=f"Akun {role}", by="test")
            grant_role(account, role=role, unit=unit, start=LONG_AGO, by="test", reason="uji")
            self.users[key] = account
        return self.users[key]

    def plan(self, person, *values, state="agreed", statement="Ibu yang dilayani", target=100):
        """A plan with one main result and an indicator (target 100) for each of `values`, None being no data."""
        agreed = (
            {"appraiser": self.mayor, "agreed_at": datetime(2026, 2, 1, tzinfo=UTC)}
            if state == "agreed"
            else {}
        )
        skp = Skp.objects.create(
            employee=person, unit=self.unit, post_name="Bidan", state=state, **whole_year(2026), **agreed
        )
        result = WorkResult.objects.create(skp=skp, kind="main", position=1, statement=statement)
        for position, value in enumerate(values, start=1):
            indicator = Indicator.objects.create(
                result=result,
                position=position,
                aspect="quantity",
                statement=statement[:300],
                target_low=target,
                target_high=target,
                unit="orang",
            )
            if value is not None:
                recorder = self.user("system_admin")
                Realisation.objects.create(
                    indicator=indicator, period=self.period, value=Decimal(value), recorded_by=recorder
                )
        return skp

    def evaluate(self, skp, predikat=""):
        """A final evaluation with `predikat`, or a draft."""
        work, behaviour = RATINGS.get(predikat, ("", ""))
        decided = {
            "state": "final",
            "work_rating": work,
            "suggested_rating": work,
            "behaviour_rating": behaviour,
            "predikat": predikat,
            "receipt": "{}",
            "receipt_sha256": "0" * 64,
            "finalised_at": datetime(2026, 10, 1, tzinfo=UTC),
        }
        return Evaluation.objects.create(
            skp=skp, period=self.period, appraiser=self.mayor, **(decided if predikat else {})
        )

    def evaluated(self, predikat, *values, post=None):
        person = self.employee(post)
        self.evaluate(self.plan(person, *values), predikat)
        return person

    def service(self, name, *values, unit=None, day=date(2026, 8, 15)):
        """A service with one response for each of `values`: that answer to all nine elements."""
        service = Service.objects.create(
            unit=unit or self.unit, slug=f"l{Service.objects.count()}", name=name
        )
        self.answers(service, *values, day=day)
        return service

    def answers(self, service, *values, day):
        form, _ = Questionnaire.objects.get_or_create(
            valid_from=LONG_AGO, defaults={"name": "SKM", "legal_basis": "PermenPANRB 14/2017"}
        )
        for value in values:
            self.serial += 1
            response = SurveyResponse.objects.create(
                service=service,
                questionnaire=form,
                answered_on=day,
                service_day=day,
                sending_key=f"k{self.serial}",
                mode="paper",
            )
            SurveyAnswer.objects.bulk_create(
                SurveyAnswer(response=response, element=element, value=value) for element in Element.values
            )

    def lock_survey(self):
        lock_quarter(Quarter(2026, 3), by=self.user(Role.SERVICE_MANAGER))


def large_agency():
    """An agency as big as the demo's: 16 people in two units, one service with an index, one without."""
    city = City()
    for predikat, values, post in (
        ("sangat_baik", (110, 100), city.head_post),
        ("baik", (95, None), city.office_post),
        ("baik", (100, 90), city.office_post),
        ("baik", (100,), city.office_post),
        ("sangat_baik", (120,), city.office_post),
        *[("baik", (100, 80), city.unit_post)] * 5,
        *[("sangat_baik", (105,), city.unit_post)] * 2,
        *[("butuh_perbaikan", (60, None), city.unit_post)] * 3,
    ):
        city.evaluated(predikat, *values, post=post)
    city.evaluate(city.plan(city.employee(), None))
    city.employee()
    city.service("Pelayanan ibu dan anak", *[3] * 30, *[4] * 10)
    city.service("Laboratorium", *[3] * 12)
    city.service("Gizi", *[4] * 3)
    city.lock_survey()
    return city


@remembered
def build_city():
    return City()


@remembered
def build_large_agency():
    return large_agency()
