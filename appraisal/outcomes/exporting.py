"""A list as a file: at once where it is short, by a job where it is long."""

from datetime import date

from django.core.paginator import Paginator
from django.db import transaction
from django.urls import reverse

from agencies.structure.models import Unit
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.jobs.actions import queue_job
from ambon_kinerja.notices.actions import tell

from .lists import LISTS
from .lists.files import KEPT_DAYS, drawn, keep, until
from .lists.rows import Asked, headings_of
from .models import OutcomeFile

MOST_AT_ONCE = 500
PART = 500  # rows read at a time
JOB_KIND = "outcome_list"


def file_name(each, asked, form):
    when = f"{asked.month:%Y-%m}" if "month" in each.needs else str(asked.year)
    return f"{each.word}-{when}.{form}"


def lines_of(each, user, asked, told=lambda share: None):
    """The texts of all rows, read part by part."""
    lines = []
    with each.reading():
        paginator = Paginator(each.found(user, asked), PART)
        for number in paginator.page_range:
            rows = each.rows(paginator.page(number).object_list, user, asked)
            lines += [row.texts() for row in rows]
            told(number / paginator.num_pages)
    return lines


def made_at_once(each, user, asked, form):
    """The bytes, and the event that personal data left the system; the caller has counted the rows."""
    data = drawn(form, each.title, headings_of(each.columns(asked)), lines_of(each, user, asked))
    with transaction.atomic():
        record_event("outcomes.export", "appraisal.OutcomeFile", by=user, details=facts_of(each, asked, form))
    return data


def facts_of(each, asked, form):
    return {
        "list": each.word,
        "form": form,
        "year": asked.year,
        "month": f"{asked.month:%Y-%m-%d}" if asked.month else "",
        "unit": asked.unit.pk if asked.unit else None,
        "state": asked.state,
        "box": asked.box,
    }


@transaction.atomic
def request_file(each, user, asked, form):
    """The job that draws the list; a second click joins the one under way. What was searched for is not kept."""
    facts = facts_of(each, asked, form)
    subject = "-".join(str(value or 0) for value in (user.pk, *facts.values()))
    return queue_job(
        JOB_KIND, subject=f"outcomes:{subject}"[:120], title=f"Berkas {each.title}", by=user, arguments=facts
    )


@transaction.atomic
def make_file(job, report_progress):
    """Handler of the job: with the rights its owner has now. Returns the address of the file."""
    facts, user = job.arguments, job.requested_by
    each = LISTS[facts["list"]]
    month = facts["month"]
    asked = Asked(
        year=facts["year"],
        month=date.fromisoformat(month) if month else None,
        unit=Unit.objects.filter(pk=facts["unit"]).first() if facts["unit"] else None,
        state=facts["state"],
        box=facts["box"],
    )
    report_progress(5, "Mengumpulkan baris")
    lines = lines_of(
        each, user, asked, lambda share: report_progress(5 + int(share * 80), "Mengumpulkan baris")
    )
    data = drawn(facts["form"], each.title, headings_of(each.columns(asked)), lines)
    record = OutcomeFile.objects.create(
        owner=user,
        name=file_name(each, asked, facts["form"]),
        file_path=keep(data),
        rows=len(lines),
        size=len(data),
        expires_at=until(),
    )
    record_event("outcomes.export", record, by=user, details=facts | {"rows": len(lines)})
    path = reverse("appraisal:outcome-file", args=[record.pk])
    tell(
        user,
        subject=f"Berkas {each.title} siap diunduh",
        body=f"{len(lines)} baris. Anda dapat mengunduhnya selama {KEPT_DAYS} hari.",
        path=path,
    )
    return path
