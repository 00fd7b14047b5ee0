"""The city's priority programmes, which goals serve each, and their wording."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ..actions import Conflict, change_programme
from ..forms import ProgrammeForm, year_asked
from ..models import Goal, PriorityProgramme
from ..queries import overseen_units
from ..rules import may_change_programmes
from .conflicts import show_conflict
from .reading import readers_only

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def programme_list(request):
    readers_only(request.user)
    today = timezone.localdate()
    year = year_asked(request.GET, today.year)
    serving = Goal.objects.filter(agreement__year=year).select_related("agreement__unit")
    programmes = list(
        PriorityProgramme.objects.filter(first_year__lte=year, last_year__gte=year).prefetch_related(
            Prefetch("goals", serving.order_by("agreement__unit__path", "position"), to_attr="served_by")
        )
    )
    context = {
        "programmes": programmes,
        "unserved": [programme for programme in programmes if not programme.served_by],
        "unconfirmed": sum(not programme.is_confirmed for programme in programmes),
        "year": year,
        "years": range(today.year + 1, today.year - 4, -1),
        "oversees": overseen_units(request.user, today).exists(),
        "may_change": may_change_programmes(request.user),
    }
    return render(request, "appraisal/goals/programme_list.html", context)


@require_http_methods(FORM_METHODS)
def programme_edit(request, pk):
    if not may_change_programmes(request.user):
        raise Http404
    programme = get_object_or_404(PriorityProgramme, pk=pk)
    stored = {name: getattr(programme, name) for name in ("name", "is_confirmed", "version")}
    if request.method == "POST" and "sunting" in request.POST:
        form = ProgrammeForm(initial={name: request.POST.get(name, "") for name in ProgrammeForm.base_fields})
    else:
        form = ProgrammeForm(request.POST if request.method == "POST" else None, initial=stored)
    if form.is_valid():
        sent = {name: form.cleaned_data[name] for name in ("name", "is_confirmed")}
        try:
            change_programme(programme, by=request.user, version=form.cleaned_data["version"] or 0, **sent)
        except Conflict as conflict:
            rows = [
                ("Nama", sent["name"], conflict.stored.name),
                ("Sudah dipastikan", in_words(sent["is_confirmed"]), in_words(conflict.stored.is_confirmed)),
            ]
            back = reverse("appraisal:programme-list")
            return show_conflict(
                request,
                rows=rows,
                version=conflict.stored.version,
                back=back,
                redraw=("sunting",),
                saved=(conflict.stored, "programme.change", None),
            )
        messages.success(request, f"Program prioritas {programme.number} disimpan.")
        return redirect("appraisal:programme-list")
    context = {"programme": programme, "form": form}
    status = 422 if form.errors else 200
    return render(request, "appraisal/goals/programme_edit.html", context, status=status)


def in_words(answer):
    return "Ya" if answer else "Belum"
