"""The public survey: no sign-in, no cookie, no script; on one page or three questions at a time."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ambon_kinerja.addresses import address_of
from feedback.services.codes import WrongCode

from ..actions import NotOpen
from ..actions.web import TooMany, take_in
from ..asking import asked_on
from ..carrying import pack, pages_of, unpack
from ..forms import SurveyForm
from ..forms.survey import LONGEST_COMMENT
from ..guard import origin_of
from ..models import SurveyContact, SurveyResponse
from ..sending import StaleForm, erase_code, is_erase_code, new_sending_key, read_sending_key
from .showing import kept_page, private, questions_shown

UNSAID = ("sending_key", "loket", "website")  # fields of every page that are no answer


# No cookie means no CSRF token; the signed, single-use sending key of the form takes its place.
@csrf_exempt
@login_not_required
@private
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request, slug):
    asked = asked_on(timezone.localdate(), slug)
    if asked is None:
        raise Http404
    service, questionnaire = asked.service, asked.questionnaire
    if not service.is_open:
        return render(request, "feedback/citizens/closed.html", {"service": service}, status=410)
    questions = list(questionnaire.questions.all())
    if "tahap" in request.POST or request.GET.get("cara") == "bertahap":
        return step_by_step(request, service, questionnaire, questions)
    if request.method != "POST":
        return begin(request, asked, questions)
    form = SurveyForm(request.POST, questions=questions)
    if not form.is_valid():
        return show(request, service, form, status=422)
    return send(request, service, questionnaire, form, form.answers)


def begin(request, asked, questions):
    """The empty page: drawn once for all who bring the same along, with a key of his own for each."""
    begun = begun_by(request, asked.service)

    def drawn(key):
        return show(
            request, asked.service, SurveyForm(initial=begun | {"sending_key": key}, questions=questions)
        )

    if request.COOKIES:  # whoever is signed in may be told something beside the form
        return drawn(begun["sending_key"])
    words = (asked.service.slug, asked.service.name, asked.service.unit.name, begun["kode"], begun["loket"])
    return kept_page(drawn, key=begun["sending_key"], depends_on=(asked.digest, *words))


def step_by_step(request, service, questionnaire, questions):
    """Three questions a page; each page is checked when it is left, and one may go back."""
    pages = pages_of(questions)
    if request.method != "POST":
        begun = begun_by(request, service)
        return show_step(request, service, pages, 0, {}, begun)
    number, said = step_of(request, pages), unpack(request.POST.get("isian"), request.POST.get("sending_key"))
    form = SurveyForm(request.POST, questions=pages[number], is_last=number == len(pages) - 1)
    is_valid = form.is_valid()
    said |= said_on(form)
    begun = {name: request.POST.get(name, "") for name in ("sending_key", "loket")}
    if "kembali" in request.POST and number:
        return show_step(request, service, pages, number - 1, said, begun)
    if not is_valid:
        return show(request, service, form, status=422, **around(pages, number, said, begun))
    if number < len(pages) - 1:
        return show_step(request, service, pages, number + 1, said, begun)
    answers = {question.element: said.get(question.element) for question in questions}
    for missing, page in enumerate(pages):
        if any(answers[question.element] not in (1, 2, 3, 4) for question in page):
            return show_step(request, service, pages, missing, said, begun, status=422)
    return send(request, service, questionnaire, form, answers, **around(pages, number, said, begun))


def said_on(form):
    """What a page says: right answers, and every other text as it was typed, so that going back loses nothing."""
    typed = {name: form.data.get(name, "") for name in form.fields if name not in UNSAID}
    return {
        name: form.cleaned_data.get(name) if name in form.elements else text[:LONGEST_COMMENT]
        for name, text in typed.items()
    }


def step_of(request, pages):
    """The page that was sent, from 0; the first one for anything that is none."""
    text = request.POST["tahap"]
    return int(text) - 1 if text in [str(number + 1) for number in range(len(pages))] else 0


def show_step(request, service, pages, number, said, begun, status=200):
    is_last = number == len(pages) - 1
    form = SurveyForm(initial=said | begun, questions=pages[number], is_last=is_last)
    return show(request, service, form, status, **around(pages, number, said, begun))


def around(pages, number, said, begun):
    """What a page of a survey in steps shows and carries beside its form."""
    return {
        "step": number + 1,
        "steps": len(pages),
        "question_count": sum(map(len, pages)),
        "carried": pack(begun["sending_key"], said | {"kode": begun.get("kode") or said.get("kode", "")}),
    }


def send(request, service, questionnaire, form, answers, **page):
    """Keep the answers and lead to the thanks; whatever is refused comes back with all that was typed."""
    given, status = form.cleaned_data, 422
    origin = origin_of(
        address=address_of(request),
        agent=request.headers.get("User-Agent", ""),
        day=timezone.localdate(),
    )
    try:
        key, seconds = read_sending_key(given["sending_key"], service)
        response = take_in(
            service,
            origin=origin,
            seconds=seconds,
            sending_key=key,
            questionnaire=questionnaire,
            answers=answers,
            profile=form.profile,
            comment=given["comment"],
            code=given["kode"],
            contact=given["contact"],
            counter=counter_of(service, given["loket"]),
        )
    except WrongCode as refused:
        form.add_error("kode", str(refused))
    except TooMany as refused:
        form.add_error(None, str(refused))
        status = 429
    except StaleForm as stale:
        form = with_new_key(form, new_sending_key(service, stale.begun))
        form.add_error(None, str(stale))
        page |= {"carried": pack(form.data["sending_key"], answers)} if "step" in page else {}
    except NotOpen:
        return render(request, "feedback/citizens/closed.html", {"service": service}, status=410)
    else:
        return HttpResponseRedirect(
            thanks_address(service, response, with_code=bool(given["comment"] or given["contact"]))
        )
    return show(request, service, form, status, **page)


def with_new_key(form, key):
    form.data = form.data.copy()
    form.data["sending_key"] = key
    return form


def thanks_address(service, response, *, with_code):
    """The erase code stands in the address so that a bookmark keeps it; without words there is nothing to erase."""
    address = reverse("feedback:survey-thanks", args=[service.slug, response.reference])
    return f"{address}?hapus={erase_code(response)}" if with_code else address


def begun_by(request, service):
    """What a form begins with: its key, and what the QR code in the citizen's hand brought along."""
    brought = {name: request.GET.get(name, "").replace("\x00", "")[:40] for name in ("kode", "loket")}
    return {"sending_key": new_sending_key(service), **brought}


def counter_of(service, key):
    return service.counters.filter(pk=key, is_active=True).first() if key else None


def show(request, service, form, status=200, **page):
    page = {
        "question_count": len(form.elements),
        "service": service,
        "form": form,
        "questions": questions_shown(form),
        **page,
    }
    return render(request, "feedback/citizens/survey.html", page, status=status)


@login_not_required
@private
@require_safe
def thanks(request, slug, reference):
    given = get_object_or_404(
        SurveyResponse.objects.select_related("service__unit"), service__slug=slug, reference=reference
    )
    code = request.GET.get("hapus", "")
    page = {
        "given": given,
        "service": given.service,
        "is_set_aside": given.state == SurveyResponse.State.QUARANTINED,
        "erase_code": erase_code(given) if code and is_erase_code(given, code) else "",
        "has_words": bool(given.comment) or SurveyContact.objects.filter(response=given).exists(),
    }
    return render(request, "feedback/citizens/thanks.html", page)
