"""The page of the second reader: the evidence without a name, then, once he has rated, both readings side by side."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ambon_kinerja.row_security import as_service
from appraisal.monitoring.queries import results_in

from .. import actions
from ..clocks import running_term
from ..forms import BlindForm, ReasonForm
from ..models import BlindReading, Deadline
from ..queries import readable_readings
from ..second_reader.case import case_of, file_of
from .answering import FORM_PAGE, FORMS, Page, answer
from .objecting import attachment

LIST = "appraisal:objection-list"


def found_reading(request, key):
    """The reading with the case behind it; the case never reaches a template."""
    reading = get_object_or_404(readable_readings(request.user), key=key)
    with as_service():  # the reader stands outside the line of the case, so every wall is before him
        return BlindReading.objects.select_related(
            "objection__document__evaluation__period", "objection__unit"
        ).get(pk=reading.pk)


@FORMS
def blind_reading(request, key):
    """Opened by its key. Nothing in the answer names the case: no key of a record, no name, no first rating."""
    reading = found_reading(request, key)
    with as_service():
        case = case_of(reading)
        term = running_term(reading.objection.document, Deadline.Kind.READ)
    if reading.state != BlindReading.State.DRAWN:
        return after_reading(request, reading, case)
    initial = {
        "version": reading.version,
        "work_rating": reading.work_rating,
        "behaviour_rating": reading.behaviour_rating,
        "reason": reading.reason,
    } | {f"rating-{number}": rating for number, rating in reading.ratings.items()}
    form = BlindForm(
        request.POST if request.method == "POST" else None, count=len(case.results), initial=initial
    )
    here = reverse("appraisal:blind-reading", args=[key])

    def store(values):
        with as_service():
            saved = actions.save_reading(reading, by=request.user, **form.facts())
            if "serahkan" in request.POST:
                actions.give_reading(saved, version=saved.version, by=request.user)
        return here

    page = Page(
        title="Pembacaan kedua tanpa nama",
        submit="Simpan draf",
        back=f"{reverse(LIST)}?bagian=pembaca",
        back_words="Keberatan",
        template="appraisal/objections/blind.html",
    )
    rows = [(result, form[f"rating-{result.number}"]) for result in case.results]
    return answer(
        request,
        form,
        page,
        store=store,
        done="Penilaian Anda diserahkan." if "serahkan" in request.POST else "Draf disimpan.",
        now=stored_words,
        case=case,
        speaks_of_behaviour=any(value["feedback"] for value in case.values),
        rows=rows,
        term=term,
        key=key,
        today=timezone.localdate(),
    )


def stored_words(stored):
    return [
        ("Rating hasil kerja", stored.get_work_rating_display()),
        ("Rating perilaku kerja", stored.get_behaviour_rating_display()),
        ("Pertimbangan", stored.reason),
    ]


def after_reading(request, reading, case):
    """What he gave, and beside it what the first one gave; the names stay out of it."""
    is_given = reading.state == BlindReading.State.GIVEN
    both = []
    if is_given:
        with as_service():
            first = reading.objection.document.evaluation
            ratings = {row.result_id: row.get_rating_display() for row in first.result_ratings.all()}
            keys = list(ratings_in_order(first))
        labels = dict(BlindReading._meta.get_field("work_rating").choices)
        both = [
            (
                f"Hasil kerja {number}",
                ratings.get(key, "–"),
                labels.get(reading.ratings.get(str(number)), "–"),
            )
            for number, key in enumerate(keys, start=1)
        ]
        both += [
            ("Hasil kerja keseluruhan", first.get_work_rating_display(), reading.get_work_rating_display()),
            ("Perilaku kerja", first.get_behaviour_rating_display(), reading.get_behaviour_rating_display()),
            ("Predikat", first.get_predikat_display(), reading.get_predikat_display()),
        ]
    context = {"reading": reading, "is_given": is_given, "both": both, "period": case.period}
    return render(request, "appraisal/objections/blind_after.html", context)


def ratings_in_order(evaluation):
    return results_in(evaluation.skp_id, evaluation.period_id).values_list("pk", flat=True)


@require_safe
def blind_file(request, key, number):
    """A piece of evidence under a neutral name and without metadata; what says whose it is stays closed."""
    reading = found_reading(request, key)
    if reading.state not in (BlindReading.State.DRAWN, BlindReading.State.GIVEN):
        raise Http404
    with as_service():
        found = file_of(reading, number)
    if found is None:
        return render(request, "appraisal/objections/blind_file_closed.html", {"key": key}, status=410)
    return attachment(*found)


@FORMS
def blind_recuse(request, key):
    reading = found_reading(request, key)
    back = f"{reverse(LIST)}?bagian=pembaca"
    if reading.state != BlindReading.State.DRAWN:
        return redirect("appraisal:blind-reading", key=key)

    def store(values):
        with as_service():
            actions.recuse(reading, reason=values["reason"], by=request.user)
        return back

    page = Page(
        title="Mundur sebagai pembaca kedua",
        submit="Saya mundur",
        back=reverse("appraisal:blind-reading", args=[key]),
        back_words="Pembacaan kedua",
        intro="Mundurlah bila Anda mengenali orangnya atau punya kepentingan. Pembaca lain diundi.",
        is_final=True,
        template=FORM_PAGE,
    )
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return answer(request, form, page, store=store, done="Anda mundur. Pembaca lain diundi.")
