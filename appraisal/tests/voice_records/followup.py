"""A plan after a survey and a problem of citizens, in each state that an address is about, for the access table."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from ambon_kinerja.documents.incoming import ExaminedFile
from feedback.followup.models import FollowUpItem, FollowUpPlan, Problem
from feedback.followup.proof_files import keep
from feedback.services.periods import quarter_of

PNG = ExaminedFile(content=b"\x89PNG uji", content_type="image/png", name="foto.png")


def build_followup(cast, service):
    by, last = cast["service_manager"], quarter_of(timezone.localdate()).preceding()
    draft = plan_of(service, last, by)
    published = plan_of(service, last.preceding(), by, state="published", published_on=timezone.localdate())
    done = published.items.get(position=2)
    FollowUpItem.objects.filter(pk=done.pk).update(
        state="done",
        description="Loket kedua dibuka",
        realised_on=published.period.end,
        file_path=keep(PNG),
        file_name=PNG.name,
        content_type=PNG.content_type,
        size=len(PNG.content),
        sha256=PNG.sha256,
        shows_file=True,
    )
    problem = {
        "unit": service.unit,
        "service": service,
        "source": "comments",
        "element": "waktu",
        "label": "Waktu penyelesaian",
        "title": "Antrean lama",
        "text": "Antrean lama",
        "recorded_by": by,
        "recorded_on": date(2026, 1, 5),
    }
    return {
        "service_key": service.pk,
        "voice_piece": "tidak-ada",
        "followup_plan": draft.pk,
        "followup_item": draft.items.get(position=1).pk,
        "followup_published_item": published.items.get(position=1).pk,
        "followup_done_item": done.pk,
        "problem": Problem.objects.create(**problem).pk,
        "public_problem": Problem.objects.create(
            **problem, is_public=True, state="analysed", cause="Satu loket"
        ).pk,
    }


def plan_of(service, quarter, by, **more):
    plan = FollowUpPlan.objects.create(
        unit=service.unit,
        service=service,
        year=quarter.year,
        quarter=quarter.number,
        respondents=30,
        index=Decimal("80.00"),
        started_by=by,
        **more,
    )
    post = service.unit.posts.first()
    for position, element in enumerate(("waktu", "sarana", "biaya"), start=1):
        FollowUpItem.objects.create(
            plan=plan,
            position=position,
            element=element,
            label=element.title(),
            value=Decimal("70.00"),
            programme="Menambah loket",
            due="tw4",
            due_year=quarter.year,
            post=post,
        )
    return plan
