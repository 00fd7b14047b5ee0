"""The case: its list and page, the explanation, the hearing, the answers, the minutes, the decision."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access.roles import Role
from agencies.access.scope import employee_of, has_role
from ambon_kinerja.lifecycle.steps import history_of
from ambon_kinerja.personal_data.actions import note_viewing
from ambon_kinerja.row_security import as_service
from ambon_kinerja.workdays.words import moment_words
from appraisal.guidance.forms.guidance import appointment
from appraisal.monitoring.queries import results_in

from .. import actions
from ..clocks import running_term
from ..forms import DecisionForm, HearingForm, MinutesForm, TextForm
from ..models import Deadline, EvaluationDocument, Objection
from ..queries import latest_reading, readable_readings, visible_objections
from ..rules import (
    is_decider,
    is_owner,
    may_explain,
    may_see_reading,
    why_not_decide,
)
from ..words import decided_told, decision_waits_for, now_told
from .answering import FORM_PAGE, FORMS, Page, answer, found_objection

PAGE = 25
BACK = "Keberatan"
WORDS = {
    "file": "Diajukan",
    "uphold": "Diputus: hasil dikuatkan",
    "change": "Diputus: hasil diubah",
    "withdraw": "Ditarik pegawai",
    "pass_up": "Diteruskan ke atasan berikutnya",
    "lapse": "Gugur",
}


def page_of(objection):
    return reverse("appraisal:objection-detail", args=[objection.pk])


@require_safe
def objection_list(request):
    person = employee_of(request.user)
    inspects = has_role(request.user, Role.PERSONNEL_OFFICE, Role.INSPECTOR)
    if person is None and not inspects:
        raise Http404
    sections = sections_of(request.user, person, inspects)
    section = next((each for each in sections if each["word"] == request.GET.get("bagian")), sections[0])
    rows = section["rows"].order_by("-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("halaman"))
    context = {"sections": sections, "section": section, "page": page, "person": person}
    return render(request, "appraisal/objections/objection_list.html", context)


def sections_of(user, person, inspects):
    visible, sections = visible_objections(user), []
    if person is not None:
        sections += [
            {
                "word": "saya",
                "label": "Keberatan saya",
                "rows": visible.filter(employee=person).select_related("document__evaluation__period"),
            },
            {
                "word": "jelaskan",
                "label": "Atas penilaian saya",
                "rows": visible.filter(appraiser=person).exclude(employee=person),
            },
            {"word": "putuskan", "label": "Untuk diputus", "rows": visible.filter(decider=person)},
            {"word": "pembaca", "label": "Pembaca kedua", "rows": readable_readings(user), "blind": True},
        ]
    if inspects:
        sections.append({"word": "semua", "label": "Semua di unit", "rows": visible})
    return sections


@require_safe
def objection_detail(request, pk):
    objection = found_objection(request, pk)
    user, document = request.user, objection.document
    note_viewing(user, about=objection.employee, kind="objection")
    is_own, decides = is_owner(user, objection), is_decider(user, objection)
    with as_service():
        reading = latest_reading(objection)
        terms = list(
            document.deadlines.filter(kind__in=("decide", "read"))
            .select_related("owner")
            .order_by("starts_on")
        )
        evidence = list(objection.evidence.select_related("cited__result", "cited__period"))
        why_waiting = why_not_decide(objection) if objection.state == Objection.State.FILED else ""
        newer = (
            EvaluationDocument.objects.filter(evaluation__replaces=document.evaluation)
            .select_related("evaluation")
            .first()
        )
    is_filed = objection.state == Objection.State.FILED
    hearing = getattr(objection, "hearing", None)
    open_hearing = is_filed and hearing is not None and hearing.held_at is None
    person = employee_of(user)
    explains = may_explain(user, objection)
    may_answer = open_hearing and (is_own or (person is not None and person.pk == objection.appraiser_id))
    decision = next((term for term in reversed(terms) if term.kind == "decide"), None)
    context = {
        "objection": objection,
        "document": document,
        "told": now_told(
            objection,
            term=decision,
            is_own=is_own,
            decides=decides,
            may_explain=explains,
            may_answer=may_answer,
        ),
        "decision": decided_told(objection, document.evaluation, newer.evaluation if newer else None),
        "evaluation": document.evaluation,
        "hearing": hearing,
        "reading": reading,
        "shows_reading": may_see_reading(reading) and (decides or not is_filed),
        "terms": [term for term in terms if term.kind == "decide"],
        "evidence": evidence,
        "is_own": is_own,
        "decides": decides and is_filed,
        "is_filed": is_filed,
        "is_draft": objection.state == Objection.State.DRAFT,
        "why_waiting": decision_waits_for(objection, why_waiting, decision),
        "may_explain": explains,
        "may_answer": may_answer,
        "may_arrange": decides and is_filed and (hearing is None or hearing.held_at is None),
        "may_write_minutes": decides and open_hearing,
        "newer": newer,
        "today": timezone.localdate(),
        "history": [
            {
                "words": WORDS.get(change.step, change.step),
                "by_label": change.by_label if change.by_id else "Sistem",
                "at": change.at,
                "reason": change.reason,
            }
            for change in history_of(objection)
        ][::-1],
    }
    return render(request, "appraisal/objections/objection_detail.html", context)


def one_text(request, pk, *, may, title, submit, label, help_text, act, done, initial=None):
    objection = found_objection(request, pk)
    if not may(objection):
        raise Http404
    back = page_of(objection)

    def store(values):
        act(objection, values["text"])
        return back

    page = Page(title=title, submit=submit, back=back, back_words=BACK, template=FORM_PAGE)
    form = TextForm(
        request.POST if request.method == "POST" else None,
        label=label,
        help_text=help_text,
        initial={"text": initial(objection) if initial else ""},
    )
    quoted = [(f"Alasan keberatan {objection.employee.name}", objection.reasons)]
    if objection.explained_at:
        quoted.append((f"Penjelasan {objection.appraiser.name}", objection.explanation))
    return answer(request, form, page, store=store, done=done, quoted=quoted)


@FORMS
def objection_explain(request, pk):
    return one_text(
        request,
        pk,
        may=lambda objection: is_appraiser_of(request.user, objection),
        title="Penjelasan atas keberatan",
        submit="Sampaikan penjelasan",
        label="Penjelasan Anda",
        help_text="Pegawai dan pemutus membacanya. Setelah disampaikan tidak dapat diubah. Bila hasil diubah,"
        " penjelasan ini tercetak di kotak 7 format D.1.3.",
        act=lambda objection, text: actions.explain(objection, text=text, by=request.user),
        done="Penjelasan disampaikan.",
    )


def is_appraiser_of(user, objection):
    person = employee_of(user)
    return person is not None and person.pk == objection.appraiser_id


@FORMS
def objection_answer(request, pk):
    def stored(objection):
        hearing = getattr(objection, "hearing", None)
        if hearing is None:
            return ""
        return hearing.employee_answer if is_owner(request.user, objection) else hearing.appraiser_answer

    return one_text(
        request,
        pk,
        may=lambda objection: is_owner(request.user, objection) or is_appraiser_of(request.user, objection),
        title="Jawaban Anda dalam pertemuan",
        submit="Simpan jawaban",
        label="Jawaban Anda",
        help_text="Dapat Anda ubah sampai berita acara ditandatangani.",
        act=lambda objection, text: actions.answer(objection, text=text, by=request.user),
        done="Jawaban disimpan.",
        initial=stored,
    )


@FORMS
def objection_hearing(request, pk):
    objection = found_objection(request, pk, is_decider)
    hearing, back = getattr(objection, "hearing", None), page_of(objection)
    initial = {}
    if hearing is not None:
        moment = timezone.localtime(hearing.meets_at)
        initial = {"day": moment.date(), "hour": moment.time(), "place": hearing.place}

    def store(values):
        actions.arrange_hearing(objection, by=request.user, **appointment(values))
        return back

    page = Page(
        title="Jadwal pertemuan dengan keduanya",
        submit="Simpan jadwal",
        back=back,
        back_words=BACK,
        intro=f"Pertemuan dengan {objection.employee.name} dan {objection.appraiser.name}. Keduanya diberi tahu.",
        template=FORM_PAGE,
    )
    form = HearingForm(request.POST if request.method == "POST" else None, initial=initial)
    return answer(request, form, page, store=store, done="Pertemuan dijadwalkan.")


@FORMS
def objection_minutes(request, pk):
    objection = found_objection(request, pk, is_decider)
    hearing, back = getattr(objection, "hearing", None), page_of(objection)
    if hearing is None:
        return redirect(back)

    def store(values):
        actions.keep_minutes(
            objection,
            version=values["version"],
            text=values["text"],
            is_signed="tandatangani" in request.POST,
            by=request.user,
        )
        return back

    page = Page(
        title="Berita acara pertemuan",
        submit="Simpan draf",
        back=back,
        back_words=BACK,
        intro=f"Pertemuan {moment_words(hearing.meets_at)}, {hearing.place}. Berita acara dapat ditandatangani"
        " sesudah pertemuan berlangsung.",
        template="appraisal/objections/minutes.html",
    )
    form = MinutesForm(
        request.POST if request.method == "POST" else None,
        label="Berita acara",
        help_text="Apa yang dibahas, jawaban keduanya, dan kesimpulan pertemuan.",
        initial={"text": hearing.minutes, "version": hearing.version},
    )
    return answer(
        request,
        form,
        page,
        store=store,
        done="Berita acara disimpan.",
        now=lambda stored: [("Berita acara", stored.minutes)],
        hearing=hearing,
    )


@FORMS
def objection_decide(request, pk):
    objection = found_objection(request, pk, is_decider)
    back = page_of(objection)
    if objection.state != Objection.State.FILED and request.method != "POST":
        return redirect(back)
    evaluation = objection.document.evaluation
    hearing = getattr(objection, "hearing", None)
    with as_service():
        reading = latest_reading(objection)
        waiting = decision_waits_for(
            objection, why_not_decide(objection), running_term(objection.document, Deadline.Kind.DECIDE)
        )
        results = list(results_in(evaluation.skp_id, evaluation.period_id))
        form = DecisionForm(
            request.POST if request.method == "POST" else None, results=results, evaluation=evaluation
        )

    def store(values):
        actions.decide_objection(objection, by=request.user, **form.facts())
        return back

    page = Page(
        title="Putuskan keberatan",
        submit="Tetapkan keputusan",
        back=back,
        back_words=BACK,
        is_final=True,
        template="appraisal/objections/decide.html",
    )
    return answer(
        request,
        form,
        page,
        store=store,
        done="Keputusan ditetapkan dan para pihak diberi tahu.",
        objection=objection,
        evaluation=evaluation,
        waiting=waiting,
        unheld=hearing if hearing is not None and hearing.held_at is None else None,
        reading=reading if may_see_reading(reading) else None,
    )
