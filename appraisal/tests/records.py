"""One record of each kind, around the cast: the arguments of the addresses in access.yml by name."""

import hashlib
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from agencies.access.models import Delegation
from agencies.access.tests.cast import synthetic_nip
from agencies.accounts.models import Passkey, SignedInDevice
from agencies.careers.models import HandoverNote, LineRequest
from agencies.intake.actions import receive_upload
from agencies.intake.tests.workbook_files import workbook_of
from agencies.people.actions import hire
from agencies.people.assigning import assign, enter_state, except_appraiser
from agencies.structure.models import PostLevel, Rank
from agencies.structure.reference_data import fill as fill_organisation
from ambon_kinerja.documents.models import IssuedDocument
from ambon_kinerja.documents.store import stored
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.notices.actions import tell
from ambon_kinerja.personal_data.models import DataCopy, RetentionRule
from ambon_kinerja.personal_data.reference_data import fill as fill_retention
from ambon_kinerja.personal_data.store import stored as stored_copy
from ambon_kinerja.workdays.models import Holiday
from appraisal.corrections.models import CorrectionCase
from appraisal.cycle.actions import open_year
from appraisal.cycle.models import Period
from appraisal.demo.evidence_file import small_pdf
from appraisal.guidance.tests.records import build_guidance_records
from appraisal.monitoring.evidence_files import examine, keep
from appraisal.monitoring.models import ActionStep, Evidence, Feedback, ProgressEntry
from appraisal.objections.tests.records import build_objection_records
from appraisal.planning.content import copy_content, keep_version
from appraisal.planning.models import (
    AnnexLine,
    Indicator,
    LibraryEntry,
    Skp,
    StudyPlan,
    WorkResult,
)
from appraisal.planning.terms import whole_year
from appraisal.reports.figures import agency_figures
from appraisal.reports.models import AgencyReport
from appraisal.rulebook.actions import propose_change
from appraisal.rulebook.models import BehaviourValue
from appraisal.rulebook.reference_data import fill as fill_rulebook
from appraisal.scoring.matrix import Rating
from appraisal.scoring.models import Escalation, Evaluation, ResultRating
from appraisal.scoring.queries import suggestion_for
from appraisal.scoring.receipt import canonical_text, sha256_of
from appraisal.scoring.receipt.contents import receipt_of
from appraisal.scoring.reopening import propose_reopening
from feedback.services.periods import quarter_of

from .calibration_records import build_calibration
from .cascade_records import build_cascade
from .outcome_records import build_outcomes
from .voice_records import build_voice


def build_records(cast):
    """{name: key} for everything an address can be about; the owner is always "self" of the cast."""
    fill_rulebook()
    fill_retention()
    fill_organisation()
    me, appraiser, units = cast["self"].employee, cast["appraiser"].employee, cast["self"].cast_units
    today = timezone.localdate()
    open_period, done_period = build_periods(today)
    # `former` agreed this year's plan and decided its first evaluation: who has left must find neither.
    former = cast["former"].employee
    plans = build_plans(me, former, units["clinic"], today.year)
    plans["adjustment"] = build_adjustment(plans["agreed"])
    evaluations = build_evaluations(plans["agreed"], open_period, done_period, appraiser, former)
    document = build_document("clinic-report")
    job = Job.objects.create(kind="nothing", subject="x", title="Pekerjaan", requested_by=cast["self"])
    office = cast["personnel_office"]
    batch = receive_upload(workbook_of({"nip": "1"}), file_name="pegawai.xlsx", by=office)
    return {
        **build_careers(cast, units, cast["self"].cast_posts),
        **{f"skp_{state}": skp.pk for state, skp in plans.items()},
        **{f"evaluation_{state}": evaluation.pk for state, evaluation in evaluations.items()},
        **{f"result_of_{state}": skp.results.first().pk for state, skp in plans.items()},
        **build_beside_the_plan(plans, me, units["clinic"], today.year - 4),
        **build_access(cast, evaluations["final"]),
        **build_cascade(cast, plans["agreed"], today.year),
        **build_guidance_records(cast, units["clinic"]),
        **build_objection_records(cast, units["clinic"]),
        **build_year(today, office),
        **build_calibration(cast, units["health"], evaluations["draft"]),
        "escalation": Escalation.objects.create(
            rating=evaluations["final"].result_ratings.first(),
            sent_to=cast["superior"].employee,
            missing="belum ada umpan balik.",
        ).pk,
        **build_outcomes(cast, evaluations["final"]),
        "period_open": open_period.pk,
        "period_done": done_period.pk,
        "employee": me.pk,
        "version": keep_version(plans["agreed"]).number,
        "value": BehaviourValue.objects.first().pk,
        "correction": CorrectionCase.objects.create(evaluation=evaluations["final"], reason="uji").pk,
        "evidence": build_evidence(plans["agreed"], open_period, cast["self"]).pk,
        **build_monitoring(plans["agreed"], open_period, cast),
        "job": job.pk,
        "data_copy": build_data_copy(cast["self"]).pk,
        "retention_rule": RetentionRule.objects.get(record_class="viewings").pk,
        "notice": tell(cast["self"], subject="Uji").pk,
        "holiday": Holiday.objects.create(day=date(2030, 1, 1), name="Libur", scope="national").pk,
        "code": document.code,
        "report": AgencyReport.objects.create(
            agency=units["health"],
            period=done_period,
            document=document,
            figures=agency_figures(units["health"], done_period),
        ).pk,
        "agency": units["health"].pk,
        "unit": units["clinic"].pk,
        "post": cast["self"].cast_posts["self"].pk,
        "rank": Rank.objects.first().pk,
        "level": PostLevel.objects.first().pk,
        "import": batch.pk,
        "device": SignedInDevice.objects.create(user=cast["self"], browser="Uji", network="192.0.2.×").pk,
        "passkey": Passkey.objects.create(
            user=cast["self"], name="Uji", credential_id=b"1", public_key=b"2"
        ).pk,
        "password_token": "bukan-tautan",
        **build_voice(cast),
    }


def build_access(cast, final):
    """A right and its delegation, a proposal of the appraiser on the final evaluation, accounts."""
    grant = cast["unit_admin"].role_grants.get()
    today = timezone.localdate()
    delegation = Delegation.objects.create(
        grant=grant,
        delegator=grant.user,
        recipient=cast["self"],
        term=DateRange(today, today + timedelta(days=7)),
        reason="Cuti",
    )
    proposal = propose_reopening(final, error="Rating keliru", reason="Bukti tertukar.", by=cast["appraiser"])
    return {
        "grant": grant.pk,
        "delegation": delegation.pk,
        "proposal": proposal.pk,
        "account": cast["self"].pk,
        "employee_new": hire(name="Orang Baru", nip=synthetic_nip(90), kind="pns", by="test").pk,
    }


def build_year(today, office):
    """The year of today, opened around the periods there are, and a proposed change of a rule."""
    year = open_year(today.year, cadence="quarterly", by="test")
    change = propose_change(
        "objection_working_days",
        valid_from=today + timedelta(days=400),
        value=10,
        text="Pegawai dapat mengajukan keberatan paling lambat 10 hari kerja",
        source="Uji",
        reason="Uji",
        by=office,
    )
    return {
        "year": year.year,
        "year_window": year.windows.get(kind="planning").pk,
        "rule": "report_working_days",
        "rule_change": change.pk,
    }


def build_careers(cast, units, posts):
    """A Plh., a state, an exception, a handover note and a question about a line, all around "self"."""
    me, former, appraiser = (cast[name].employee for name in ("self", "former", "appraiser"))
    long_ago, soon = date(2024, 1, 1), date(2024, 2, 1)
    facts = {"start": long_ago, "end": soon, "by": "test"}
    return {
        "post": posts["self"].pk,
        "plh": assign(me, post=posts["appraiser"], kind="plh", **facts).pk,
        "state": enter_state(me, kind="study", **facts).pk,
        "exception": except_appraiser(kind="delegated", employee=me, appraiser=former, **facts).pk,
        "handover": HandoverNote.objects.create(
            employee=me,
            moved_on=long_ago,
            from_post=posts["peer"],
            to_post=posts["self"],
            old_appraiser=former,
            new_appraiser=appraiser,
        ).pk,
        "line_request": LineRequest.objects.create(
            employee=me, asked_by=cast["self"], unit=units["clinic"], since=long_ago, wrong="Keliru"
        ).pk,
    }


def build_periods(today):
    quarter = quarter_of(today)
    other = 1 if quarter.number != 1 else 2
    now = timezone.now()
    open_period = Period.objects.create(
        year=quarter.year,
        number=quarter.number,
        starts_on=quarter.start,
        ends_on=quarter.end,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
    )
    done = type(quarter)(quarter.year, other)
    opened = timezone.make_aware(datetime.combine(done.start, time(8)))
    closed = min(opened + timedelta(days=2), now - timedelta(days=1))
    done_period = Period.objects.create(
        year=done.year,
        number=done.number,
        starts_on=done.start,
        ends_on=done.end,
        opens_at=closed - timedelta(days=1),
        closes_at=closed,
    )
    return open_period, done_period


def build_plans(me, agreed_by, unit, year):
    """Plans of "self": draft, submitted and returned in earlier years, agreed this year."""
    states = ("draft", "submitted", "returned", "agreed")
    plans = {}
    for state, plan_year in zip(states, (year - 3, year - 2, year - 1, year), strict=True):
        agreed = {"appraiser": agreed_by, "agreed_at": timezone.now()} if state == "agreed" else {}
        plans[state] = Skp.objects.create(
            employee=me, unit=unit, post_name="Bidan", state=state, **whole_year(plan_year), **agreed
        )
        result = WorkResult.objects.create(
            skp=plans[state], kind="main", position=1, statement="Pasien dilayani"
        )
        Indicator.objects.create(
            result=result,
            position=1,
            aspect="quantity",
            statement="Pasien",
            target_low=Decimal(10),
            target_high=Decimal(10),
            unit="orang",
        )
    return plans


def build_adjustment(plan):
    adjustment = Skp.objects.create(
        adjusts=plan,
        adjustment_reason="Uji",
        employee=plan.employee,
        unit=plan.unit,
        post_name=plan.post_name,
        **whole_year(plan.year),
    )
    copy_content(plan, adjustment)
    return adjustment


def build_beside_the_plan(plans, me, unit, year):
    """A promised resource, a study leave and a copied result in the agreed plan; a leader's plan; an example."""
    agreed = plans["agreed"]
    agreed.results.update(copied_from=plans["returned"].results.first())
    line = AnnexLine.objects.create(
        skp=agreed, kind="resource", position=1, text="Alat uji", resource="equipment"
    )
    StudyPlan.objects.create(
        skp=agreed,
        institution="Universitas",
        programme="Kebidanan",
        level="s1",
        is_abroad=True,
        starts_on=agreed.starts_on,
        ends_on=agreed.ends_on,
    )
    leaders = Skp.objects.create(
        employee=me, unit=unit, post_name="Kepala", audience="leader", **whole_year(year)
    )
    result = WorkResult.objects.create(skp=leaders, kind="main", position=1, statement="Layanan membaik")
    indicator = Indicator.objects.create(result=result, position=1, statement="Kepuasan")
    entry = LibraryEntry.objects.create(audience="staff", posts=["bidan"], statement="Ibu selamat")
    return {
        "annex_line": line.pk,
        "skp_leader": leaders.pk,
        "indicator_of_leader": indicator.pk,
        "library_entry": entry.pk,
    }


def build_evaluations(skp, open_period, done_period, appraiser, decided_by):
    draft = Evaluation.objects.create(
        skp=skp,
        period=open_period,
        appraiser=appraiser,
        suggested_rating=Rating.MEETS,
        work_rating=Rating.MEETS,
        behaviour_rating=Rating.MEETS,
        behaviour_reason="Konsisten.",
    )
    ResultRating.objects.create(evaluation=draft, result=skp.results.first(), rating=Rating.MEETS)
    final = Evaluation.objects.create(
        skp=skp,
        period=done_period,
        appraiser=decided_by,
        suggested_rating=Rating.MEETS,
        work_rating=Rating.MEETS,
        behaviour_rating=Rating.MEETS,
        behaviour_reason="Konsisten.",
        predikat="baik",
    )
    row = ResultRating.objects.create(evaluation=final, result=skp.results.first(), rating=Rating.MEETS)
    final.receipt = canonical_text(receipt_of(final, suggestion_for([row.result], {row.result_id: row})))
    final.receipt_sha256 = sha256_of(final.receipt)
    final.state, final.finalised_at = Evaluation.State.FINAL, timezone.now()
    final.save()
    return {"draft": draft, "final": final}


def build_evidence(skp, period, user):
    examined = examine(SimpleUploadedFile("uji.pdf", small_pdf("Uji"), content_type="application/pdf"))
    return Evidence.objects.create(
        result=skp.results.first(),
        period=period,
        title="Bukti",
        dated=period.starts_on,
        file_path=keep(examined),
        file_name=examined.name,
        content_type=examined.content_type,
        size=len(examined.content),
        sha256=examined.sha256,
        added_by=user,
    )


def build_monitoring(skp, period, cast):
    """A line of progress, a step of the action plan, and what the appraiser and a colleague said."""
    result, today = skp.results.first(), timezone.localdate()
    said = {"skp": skp, "period": period, "value": BehaviourValue.objects.first(), "given_on": today}
    said |= {"tone": "positive", "text": "Siap membantu"}
    return {
        "progress": ProgressEntry.objects.create(
            result=result, day=today, text="Pasien dilayani", written_by=cast["self"]
        ).pk,
        "step": ActionStep.objects.create(
            result=result, text="Menyusun jadwal", due_on=skp.ends_on, written_by=cast["self"]
        ).pk,
        "feedback": Feedback.objects.create(giver="leader", given_by=cast["appraiser"], **said).pk,
        "feedback_of_peer": Feedback.objects.create(giver="peer", given_by=cast["peer"], **said).pk,
    }


def build_data_copy(owner):
    now = timezone.now()
    with stored_copy(b"PK") as path:
        return DataCopy.objects.create(
            owner=owner, made_at=now, expires_at=now + timedelta(days=7), file_path=path, size=2
        )


def build_document(subject):
    content = b"%PDF-1.7 uji"
    with stored(content) as path:
        return IssuedDocument.objects.create(
            kind="agency_report",
            subject_key=subject,
            number="AK/LAP/2026/000001",
            title="Laporan",
            issued_at=timezone.now(),
            issued_by_name="Uji",
            is_public=True,
            file_path=path,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
