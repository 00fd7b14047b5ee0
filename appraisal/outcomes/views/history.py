"""Results over the years: one's own, those of one's team, and what the office enters from outside."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access.scope import employee_of
from agencies.people.reporting_line import subordinates_on
from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.personal_data.actions import note_viewing
from appraisal.scoring.queries import visible_evaluations

from ..actions import record_past_result, record_past_results, take_back
from ..forms.recording import PastResultForm, PastResultsForm, ReasonForm
from ..history import chart_of, entries_of
from ..lists.performance import with_predikats
from ..lists.rows import PREDIKAT_WORDS, place_of, work_by_person
from ..queries import readable_staff, visible_histories, visible_past_results
from ..rules import may_follow_team, may_keep_outcomes
from .answering import FORMS, Page, answer, kept_employee, unit_of

PAGE, YEARS = 25, 4


@require_safe
def history_mine(request):
    person = employee_of(request.user)
    if person is None:
        raise Http404
    return history_page(request, person, is_own=True)


@require_safe
def history_of(request, employee):
    person = get_object_or_404(visible_histories(request.user), pk=employee)
    note_viewing(request.user, about=person, kind="history")
    own = employee_of(request.user)
    return history_page(request, person, is_own=own is not None and own.pk == person.pk)


def history_page(request, person, *, is_own):
    entries = entries_of(visible_evaluations(request.user), person)
    context = {
        "person": person,
        "is_own": is_own,
        "page": Paginator(entries, PAGE).get_page(request.GET.get("halaman")),
        "chart": chart_of(entries),
        "keeps": not is_own and readable_staff(request.user).filter(pk=person.pk).exists(),
        "leads": may_follow_team(request.user),
    }
    return render(request, "appraisal/outcomes/history.html", context)


@require_safe
def history_team(request):
    """One row a person, the newest year first."""
    person = employee_of(request.user)
    if person is None or not may_follow_team(request.user):
        raise Http404
    today = timezone.localdate()
    years = [today.year - back for back in range(YEARS)]
    team = with_predikats(subordinates_on(person, today), years).order_by("name", "pk")
    page = Paginator(team, PAGE).get_page(request.GET.get("halaman"))
    people = list(page.object_list)
    held = work_by_person(people)
    page.object_list = [
        {
            "person": each,
            "post": place_of(held.get(each.pk))[0],
            "results": [told(year, getattr(each, f"predikat_{place}")) for place, year in enumerate(years)],
        }
        for each in people
    ]
    return render(request, "appraisal/outcomes/history_team.html", {"page": page, "years": years})


def told(year, predikat):
    return {"year": year, "predikat": predikat, "label": PREDIKAT_WORDS.get(predikat, "")}


@FORMS
def past_record(request, employee):
    person = kept_employee(request, employee)
    back = reverse("appraisal:history-of", args=[person.pk])

    def store(values):
        names = ("year", "predikat", "work_rating", "behaviour_rating", "source", "document")
        facts = {name: values[name] for name in names}
        record_past_result(person, unit=unit_of(person), by=request.user, **facts)
        return back

    page = Page(
        title="Catat hasil dari luar sistem",
        submit="Simpan hasil",
        back=back,
        back_words=f"Riwayat hasil {person.name}",
        intro="Hasil ini selalu ditandai “dari luar sistem” dengan sumbernya.",
        facts=[("Pegawai", person.name)],
    )
    form = PastResultForm(request.POST if request.method == "POST" else None)
    return answer(request, form, page, store=store, done="Hasil dicatat.")


@FORMS
def past_take_back(request, pk):
    result = get_object_or_404(visible_past_results(request.user).filter(withdrawn_at=None), pk=pk)
    person = kept_employee(request, result.employee_id)
    back = reverse("appraisal:history-of", args=[person.pk])

    def store(values):
        take_back(result, unit=unit_of(person), reason=values["reason"], by=request.user)
        return back

    page = Page(
        title="Batalkan hasil dari luar sistem",
        submit="Batalkan hasil",
        back=back,
        back_words=f"Riwayat hasil {person.name}",
        intro="Catatan tetap tersimpan dan tidak dipakai lagi.",
        facts=[("Pegawai", person.name), (f"Tahun {result.year}", result.get_predikat_display())],
        is_final=True,
    )
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return answer(request, form, page, store=store, done="Hasil dibatalkan.")


@FORMS
def past_import(request):
    """Many results from outside at once, all or none."""
    if not may_keep_outcomes(request.user):
        raise Http404

    def store(values):
        rows = rows_to_store(request, form, values)
        record_past_results(rows, by=request.user)
        return reverse("appraisal:outcome-list")

    page = Page(
        title="Salin hasil dari e-Kinerja",
        submit="Simpan semua",
        back=reverse("appraisal:outcome-list"),
        back_words="Tindak lanjut",
        intro="Semua baris disimpan, atau tidak satu pun.",
    )
    form = PastResultsForm(request.POST if request.method == "POST" else None)
    return answer(request, form, page, store=store, done="Semua hasil dicatat.")


def rows_to_store(request, form, values):
    """[(employee, unit, facts)]; raises StepRefused for the first NIP that is not in the office's units."""
    nips = [nip for nip, _, _ in values["rows"]]
    people = {each.nip: each for each in readable_staff(request.user).filter(nip__in=nips)}
    held = work_by_person(people.values())
    found = []
    for number, (nip, year, predikat) in enumerate(values["rows"], start=1):
        person = people.get(nip)
        if person is None:
            raise StepRefused(f"Baris {number}: NIP ini tidak ada di unit Anda.")
        facts = {"year": year, "predikat": predikat}
        facts |= {"source": values["source"], "document": values["document"]}
        found.append((person, held[person.pk].post.unit, facts))
    return found
