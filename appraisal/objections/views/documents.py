"""The documents of a person: to hand over, his own, and one of them with its terms; the form on paper."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on
from agencies.structure.models import Unit
from ambon_kinerja.lifecycle.steps import StepRefused, steps_open_to
from ambon_kinerja.personal_data.actions import note_viewing
from ambon_kinerja.row_security import as_service
from appraisal.scoring.models import Evaluation

from .. import actions
from ..forms import ManyForm
from ..models import Deadline, EvaluationDocument, Objection
from ..parties import head_of
from ..queries import WITH_PEOPLE, documents_to_hand_over, visible_documents
from ..rules import is_owner, why_final, why_not_object, why_not_report
from ..states.documents import STEPS
from .answering import found_document, press

PAGE = 50
DONE = {
    "hand_over": "Dokumen diserahkan. Pegawai diberi tahu.",
    "receive": "Tercatat: Anda sudah menerima dokumen ini. Batas waktu Anda dihitung mulai besok.",
    "return": "Dokumen Anda tandatangani dan kembali kepada pejabat penilai. Hak keberatan Anda tidak berubah.",
}


@require_safe
def document_list(request):
    person, today = employee_of(request.user), timezone.localdate()
    grants = list(grants_on(request.user, today, Role.PERSONNEL_OFFICE, Role.INSPECTOR))
    if person is None and not grants:
        raise Http404
    sections = sections_of(request.user, person, grants, today)
    section = next((each for each in sections if each["word"] == request.GET.get("bagian")), sections[0])
    rows = section["rows"].order_by("-signed_at", "-pk")
    with (
        as_service()
    ):  # the scope has chosen the rows; period and plan of each stand behind the wall of evaluations
        page = Paginator(rows.select_related(*WITH_PEOPLE), PAGE).get_page(request.GET.get("halaman"))
        keys = [row.pk for row in page.object_list]
        terms = Deadline.objects.filter(document__in=keys, outcome=Deadline.Outcome.RUNNING)
        due = {}
        for term in terms.exclude(kind=Deadline.Kind.OBJECT):
            due.setdefault(term.document_id, []).append(term)
        for row in page.object_list:
            row.running = due.get(row.pk, [])
    form = ManyForm(keys=[row.pk for row in page.object_list])
    context = {"sections": sections, "section": section, "page": page, "form": form, "person": person}
    return render(request, "appraisal/objections/document_list.html", context)


def sections_of(user, person, grants, today):
    sections = []
    visible = visible_documents(user)
    if person is not None:
        mine = visible.filter(employee=person)
        sections.append({"word": "saya", "label": "Dokumen saya", "rows": mine})
        waiting = documents_to_hand_over(person, today)
        sections.append({"word": "serahkan", "label": "Untuk diserahkan", "rows": waiting})
        sections.append({"word": "tim", "label": "Dokumen tim", "rows": visible.exclude(employee=person)})
    if grants:
        sections.append({"word": "unit", "label": "Semua dokumen unit", "rows": visible})
    return sections


@require_safe
def document_detail(request, pk):
    document = found_document(request, pk)
    note_viewing(request.user, about=document.employee, kind="evaluation_document")
    is_own = is_owner(request.user, document)
    with as_service():  # what is asked of this document's own rows alone
        reports = list(document.report_steps.select_related("sender", "receiver"))
        terms = list(document.deadlines.select_related("owner"))
        steps = {step.name for step in steps_open_to(request.user, document, STEPS)}
        why_no_report = why_not_report(request.user, document)
        final, why_not = why_final(document), why_not_object(document)
        newer = newer_of(document)
    objections = [
        each
        for each in Objection.objects.filter(document=document).select_related("decider")
        if is_own or each.state != Objection.State.DRAFT
    ]
    context = {
        "document": document,
        "evaluation": document.evaluation,
        "is_own": is_own,
        "steps": steps,
        "terms": in_force(terms),
        "due": due_day(terms, steps),
        "reports": reports,
        "may_report": not why_no_report,
        "objections": objections,
        "draft": next((each for each in objections if each.state == Objection.State.DRAFT), None),
        "under_way": any(each.state == Objection.State.FILED for each in objections),
        "final": final,
        "why_not_object": why_not,
        "objection_term": next((each for each in terms if each.kind == Deadline.Kind.OBJECT), None),
        "newer": newer,
        "today": timezone.localdate(),
    }
    return render(request, "appraisal/objections/document_detail.html", context)


def in_force(terms):
    """Without those that gave way to a newer term of their kind."""
    kept = {term.kind for term in terms if term.outcome != Deadline.Outcome.VOID}
    return [term for term in terms if term.outcome != Deadline.Outcome.VOID or term.kind not in kept]


def due_day(terms, steps):
    """The last day of the step that waits for the reader, or None."""
    asked = Deadline.Kind.HAND_OVER if "hand_over" in steps else Deadline.Kind.RETURN
    running = (term.due_on for term in terms if term.kind == asked and term.outcome == term.Outcome.RUNNING)
    return next(running, None) if steps else None


def newer_of(document):
    """The document that counts now, where this one was replaced by a decided revision."""
    if document.evaluation.state != Evaluation.State.SUPERSEDED:
        return None
    return EvaluationDocument.objects.filter(evaluation__replaces=document.evaluation).first()


def step_view(name, act):
    @require_POST
    def view(request, pk):
        document = found_document(request, pk)
        address = reverse("appraisal:document-detail", args=[pk])
        step = next(step for step in STEPS if step.name == name)
        if document.state not in step.sources:
            messages.info(
                request, f"Tidak ada yang berubah. Keadaannya sekarang “{document.get_state_display()}”."
            )
            return redirect(address)
        if not step.may(request.user, document):
            raise Http404
        return press(request, lambda: act(document, by=request.user), address=address, done=DONE[step.name])

    return view


document_hand_over = step_view("hand_over", actions.hand_over)
document_receive = step_view("receive", actions.receive)
document_return = step_view("return", actions.sign_and_return)


@require_POST
def document_hand_over_many(request):
    """Everything ticked, each for itself: what somebody else handed over meanwhile is passed by."""
    person = employee_of(request.user)
    if person is None:
        raise Http404
    waiting = documents_to_hand_over(person, timezone.localdate())
    address = reverse("appraisal:document-list") + "?bagian=serahkan"
    form = ManyForm(request.POST, keys=waiting.values_list("pk", flat=True))
    if not form.is_valid():
        messages.warning(request, " ".join(form.errors.get("documents", ["Pilih dokumen."])))
        return redirect(address)
    chosen = waiting.filter(pk__in=form.cleaned_data["documents"]).select_related("employee__user")
    try:
        count = actions.hand_over_many(list(chosen), by=request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"{count} dokumen diserahkan. Pegawai diberi tahu.")
    return redirect(address)


@require_safe
def document_print(request, pk):
    """The form D.1.1, D.1.2 or D.1.3 with all its boxes, as it was signed."""
    document = found_document(request, pk)
    note_viewing(request.user, about=document.employee, kind="evaluation_document")
    with as_service():
        context = {"document": document, **paper_of(document)}
    return render(request, "appraisal/objections/document_print.html", context)


def paper_of(document):
    """What stands in the boxes of the form. Past the wall."""
    evaluation = document.evaluation
    decided = None
    if document.form == EvaluationDocument.Form.AFTER_OBJECTION:
        decided = (
            Objection.objects.filter(
                document__evaluation=evaluation.replaces_id, state=Objection.State.CHANGED
            )
            .select_related("decider", "explained_by")
            .first()
        )
    old = decided.document.evaluation if decided else None
    return {
        "evaluation": evaluation,
        "period": evaluation.period,
        "agency": agency_name(document.unit),
        "parties": document.parties,
        "objection": decided,
        "decider": head_of(decided.decider, timezone.localdate(document.signed_at)) if decided else None,
        "old": old,
        "note": old.note if old else evaluation.note,
    }


def agency_name(unit):
    found = Unit.objects.agencies().filter(pk__in=unit.path_keys).first()
    return (found or unit).name
