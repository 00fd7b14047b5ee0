"""The report upwards: one page on which many are passed on at once."""

from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import employee_of, has_role
from ambon_kinerja.row_security import as_service

from ..actions import report_many
from ..actions.reporting import receiver_of
from ..forms import ManyForm
from ..models import Deadline, EvaluationDocument
from ..queries import WITH_PEOPLE, reports_to_pass_on, stuck_reports
from .answering import FORMS, Page, answer

PAGE = 200


@FORMS
def document_report(request):
    person, today = employee_of(request.user), timezone.localdate()
    mine = reports_to_pass_on(person, today) if person is not None else EvaluationDocument.objects.none()
    stuck = stuck_reports(request.user, today)
    if person is None and not has_role(request.user, Role.PERSONNEL_OFFICE):
        raise Http404
    with (
        as_service()
    ):  # the scopes have chosen the rows; whoever passes a report on does not read the result itself
        rows = (mine | EvaluationDocument.objects.filter(pk__in=stuck.values("pk"))).order_by(
            "signed_at", "pk"
        )
        page = Paginator(rows.select_related(*WITH_PEOPLE), PAGE).get_page(request.GET.get("halaman"))
        found = list(page.object_list)
        terms = {
            term.document_id: term
            for term in Deadline.objects.filter(
                document__in=[row.pk for row in found],
                kind=Deadline.Kind.REPORT,
                outcome=Deadline.Outcome.RUNNING,
            )
        }
        for row in found:
            row.term = terms.get(row.pk)
        receiver = receiver_of(person, today) if person is not None else None
    form = ManyForm(
        request.POST if request.method == "POST" else None,
        keys=[row.pk for row in found],
        initial={"documents": [row.pk for row in found]},
    )

    def store(values):
        chosen = set(values["documents"])
        with as_service():
            report_many([row for row in found if row.pk in chosen], by=request.user)
        return reverse("appraisal:document-report")

    sheet = Page(
        title="Laporkan dokumen evaluasi",
        submit="Laporkan yang dipilih",
        back=reverse("appraisal:document-list"),
        back_words="Dokumen evaluasi",
        template="appraisal/objections/report.html",
    )
    return answer(
        request,
        form,
        sheet,
        store=store,
        done="Dokumen dilaporkan.",
        rows=found,
        listed=page,
        receiver=receiver,
        today=today,
    )
