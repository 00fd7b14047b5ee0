"""Study leave within a plan (PermenPANRB 6/2022 pages 62-65): never a plan of its own."""

from decimal import Decimal

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from agencies.people.models import ServiceState
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import StepRefused

from ..figures import written
from ..models import Indicator, StudyPlan, WorkResult
from .fingerprints import fingerprint
from .plan import Conflict, count_change, locked_for_edit

FIELDS = (
    "institution",
    "programme",
    "level",
    "is_abroad",
    "university_accreditation",
    "programme_accreditation",
    "starts_on",
    "ends_on",
)
NOT_RECORDED = "Tugas belajar Anda belum tercatat. Minta BKPSDM mencatatnya, lalu isi halaman ini."


def study_state_of(skp):
    """The recorded study leave of the plan's employee that touches the plan's term, or None."""
    term = DateRange(skp.starts_on, skp.ends_on, "[]")
    states = ServiceState.objects.known().filter(
        employee=skp.employee_id, kind=ServiceState.Kind.STUDY_LEAVE, term__overlap=term
    )
    return states.order_by("-term").first()


def study_content(skp):
    study = StudyPlan.objects.filter(skp=skp).first()
    return {name: getattr(study, name) for name in FIELDS} if study else None


@transaction.atomic
def save_study(skp, *, values, seen, by):
    """Write what is studied where; `seen` is the fingerprint of what was read (of None: there was none)."""
    locked = locked_for_edit(skp, by)
    if study_state_of(locked) is None:
        raise StepRefused(NOT_RECORDED)
    stored = study_content(locked)
    values = {name: values[name] for name in FIELDS}
    if values["is_abroad"]:
        values |= {"university_accreditation": "", "programme_accreditation": ""}
    if values == stored:
        return locked.study
    if fingerprint(stored) != seen:
        raise Conflict(stored=stored, sent=values)
    if values["starts_on"] > locked.ends_on or values["ends_on"] < locked.starts_on:
        raise StepRefused(f"Masa studi ini tidak menyentuh masa SKP {locked.year}.")
    study, _ = StudyPlan.objects.update_or_create(skp=locked, defaults=values)
    count_change(locked)
    record_event("skp.save_study", locked, by=by, details={"institution": study.institution})
    return study


@transaction.atomic
def remove_study(skp, *, by):
    """Take the study leave out of the plan; results that were added for it stay until they are removed themselves."""
    locked = locked_for_edit(skp, by)
    deleted, _ = StudyPlan.objects.filter(skp=locked).delete()
    if deleted:
        count_change(locked)
        record_event("skp.remove_study", locked, by=by)


@transaction.atomic
def add_study_results(skp, *, by, aim=None):
    """Add the two usual results of a study leave to the plan, once; returns those that were added.

    `aim`: the lowest grade of the predikat Baik for this person, or None where no table says one.
    """
    locked = locked_for_edit(skp, by)
    study = StudyPlan.objects.filter(skp=locked).first()
    if study is None:
        raise StepRefused("Isi dahulu institusi dan jenjang tugas belajar.")
    there = set(locked.results.filter(origin=WorkResult.Origin.STUDY).values_list("statement", flat=True))
    last = locked.results.filter(kind="main").aggregate(last=Max("position"))["last"] or 0
    added = []
    for statement, indicator in usual_results(study, aim):
        if statement in there:
            continue
        last += 1
        result = WorkResult.objects.create(
            skp=locked, kind="main", position=last, statement=statement, origin=WorkResult.Origin.STUDY
        )
        Indicator.objects.create(result=result, position=1, **indicator)
        added.append(result)
    if added:
        count_change(locked)
        record_event("skp.add_study_results", locked, by=by, details={"results": [one.pk for one in added]})
    return added


def usual_results(study, aim):
    """(statement, the fields of its indicator) for the academic evaluation and for finishing in time."""
    grade = aim if aim is not None else Decimal("3.00")
    ends = f"{study.ends_on.day}-{study.ends_on.month}-{study.ends_on.year}"
    return (
        (
            f"Hasil evaluasi akademik {study.programme} mencapai IPK yang disepakati",
            {
                "aspect": "quality",
                "perspective": Indicator.Perspective.INTERNAL if study.skp.is_for_leader else "",
                "statement": f"IPK di {study.institution}, paling rendah {written(grade)}",
                "target_low": grade,
                "target_high": grade,
                "unit": "IPK",
            },
        ),
        (
            f"Studi {study.programme} berjalan tepat waktu menuju kelulusan {ends}",
            {
                "aspect": "time",
                "perspective": Indicator.Perspective.INTERNAL if study.skp.is_for_leader else "",
                "statement": "Tahap studi yang selesai menurut jadwal program studi",
                "target_low": Decimal(100),
                "target_high": Decimal(100),
                "unit": "persen",
            },
        ),
    )
