"""What follows from results: the way to everything, the lists, and their files."""

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from agencies.access.scope import employee_of, path_in
from agencies.structure.models import Unit
from ambon_kinerja.audit.actions import record_event
from appraisal.rulebook.outcome_rules import PREDIKATS

from ..exporting import MOST_AT_ONCE, file_name, made_at_once, request_file
from ..forms.filters import ListForm
from ..lists import LISTS
from ..lists.allowance import factors_on, last_day
from ..lists.files import TYPES, read
from ..lists.rows import PREDIKAT_WORDS
from ..models import OutcomeFile
from ..queries import officials_listed
from ..rules import may_follow_team, may_keep_outcomes, may_read_list

ROWS_A_PAGE = 25


@require_safe
def outcome_list(request):
    """The places of this room that this person has."""
    user = request.user
    person, keeps, leads = employee_of(user), may_keep_outcomes(user), may_follow_team(user)
    lists = [each for each in LISTS.values() if may_read_list(user, each.word)]
    if person is None and not lists:
        raise Http404
    context = {
        "person": person,
        "keeps": keeps,
        "leads": leads,
        "lists": [(each, address_of(each)) for each in lists],
        "has_credit": officials_listed(user).exists(),
    }
    return render(request, "appraisal/outcomes/start.html", context)


def address_of(each):
    if each.word == "talenta":
        return reverse("appraisal:talent")
    return reverse("appraisal:outcome-rows", args=[each.word])


def readable(user, word):
    """The list of this word, for who may read it; else 404."""
    if word not in LISTS or not may_read_list(user, word):
        raise Http404
    return LISTS[word]


def units_to_choose(each, user):
    """The units below those the list is read for, as a tree."""
    units = each.units(user)
    if not units:
        return Unit.objects.none()
    return Unit.objects.filter(path_in([unit.path for unit in units])).order_by("path")


def asked_for(request, each, data=None):
    form = ListForm(
        request.GET if data is None else data, each=each, units=units_to_choose(each, request.user)
    )
    return form, form.asked()


def page_of(each, user, asked, number):
    """A Page of Rows."""
    with each.reading():
        page = Paginator(each.found(user, asked), ROWS_A_PAGE).get_page(number)
        page.object_list = each.rows(page.object_list, user, asked)
    return page


@require_safe
def outcome_rows(request, word):
    each = readable(request.user, word)
    form, asked = asked_for(request, each)
    page = page_of(each, request.user, asked, request.GET.get("halaman"))
    return render(request, "appraisal/outcomes/list.html", context_of(request, each, form, asked, page))


def context_of(request, each, form, asked, page):
    context = {
        "each": each,
        "form": form,
        "asked": asked,
        "page": page,
        "columns": each.columns(asked),
        "is_long": page.paginator.count > MOST_AT_ONCE,
        "query": request.GET.urlencode(),
        "sent": [(name, value) for name, value in request.GET.items() if name != "halaman"],
        "may_export": may_keep_outcomes(request.user),
    }
    if each.numbers:
        context["numbers"] = numbers_of(each, request.user, asked)
    if each.word == "faktor-tunjangan":
        factors = factors_on(last_day(asked.month))
        context["factors"] = [(code, PREDIKAT_WORDS[code], factors[code]) for code, _ in PREDIKATS]
    return context


def numbers_of(each, user, asked):
    """[(state for the address, words, how many, whether it is shown now)], all of them last; empty without anybody."""
    counted = each.numbers(user, asked)
    if not counted:
        return []
    states = [(state, words, counted.get(words, 0)) for state, words in each.states]
    states.append(("semua", "Semua", sum(counted.values())))
    return [(state, words, number, state == (asked.state or "semua")) for state, words, number in states]


@require_safe
def outcome_rows_file(request, word):
    """The whole list as the page asks for it; a long one is drawn by a job (outcome-rows-request)."""
    each, form = exported(request, word), wanted_form(request.GET)
    _, asked = asked_for(request, each)
    with each.reading():
        count = each.found(request.user, asked).count()
    if count > MOST_AT_ONCE:
        raise Http404
    return attachment(
        made_at_once(each, request.user, asked, form), file_name(each, asked, form), TYPES[form]
    )


@require_POST
def outcome_rows_request(request, word):
    """Ask for the file of a long list."""
    each, form = exported(request, word), wanted_form(request.POST)
    _, asked = asked_for(request, each, data=request.POST)
    job = request_file(each, request.user, asked, form)
    return redirect("ambon_kinerja:job-detail", job.pk)


def exported(request, word):
    """Files are for the personnel office; who leads people reads the page."""
    each = readable(request.user, word)
    if not may_keep_outcomes(request.user):
        raise Http404
    return each


def wanted_form(data):
    return "xlsx" if data.get("bentuk") == "xlsx" else "csv"


def attachment(data, name, content_type):
    response = HttpResponse(data, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def outcome_file(request, pk):
    """A file drawn by a job, for who asked for it, as long as his office may read the list."""
    record = get_object_or_404(OutcomeFile, pk=pk, owner=request.user)
    data = read(record) if may_keep_outcomes(request.user) else None
    if data is None:
        raise Http404
    with transaction.atomic():
        record_event("outcomes.download", record, by=request.user)
    return attachment(data, record.name, TYPES[record.name.rpartition(".")[2]])
