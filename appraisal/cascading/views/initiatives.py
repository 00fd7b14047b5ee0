"""The work blocks of a plan (form A.1.4): list, write, remove, print."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.scope import employee_of
from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.personal_data.actions import note_viewing
from appraisal.goals.actions import Conflict
from appraisal.goals.rupiah import written
from appraisal.goals.views.conflicts import show_conflict

from ..actions import initiative_content, remove_initiative, save_initiative
from ..actions.initiatives import FIELDS, PARTS
from ..forms import InitiativeForm
from ..grid import leader_columns
from ..guidance import answered
from ..models import InitiativeLine, StrategicInitiative
from ..queries import readable_strategies
from ..rules import may_write_strategy

FORM_METHODS = ["GET", "HEAD", "POST"]


def find_plan(request, pk):
    return get_object_or_404(readable_strategies(request.user), pk=pk)


@require_safe
def my_strategy(request):
    """From the navigation to the strategy of one's own plan of this year, or to where a plan is begun."""
    person = employee_of(request.user)
    if person is None:
        raise Http404
    plans = readable_strategies(request.user).filter(employee=person, year=timezone.localdate().year)
    plan = plans.order_by("-starts_on").first()
    if plan is None:
        messages.info(request, "Buat SKP tahun ini dahulu. Strategi disusun untuk indikator di dalamnya.")
        return redirect("appraisal:skp-mine")
    return redirect("appraisal:initiative-list", pk=plan.pk)


@require_safe
def initiative_list(request, pk):
    plan = find_plan(request, pk)
    note_viewing(request.user, about=plan.employee, kind="skp")
    initiatives = list(plan.initiatives.prefetch_related("intervened", "lines"))
    columns = [column for column in leader_columns(plan.pk) if column.indicator]
    moved = {one.indicator_id for each in initiatives for one in each.intervened.all()}
    context = {
        "plan": plan,
        "initiatives": initiatives,
        "uncovered": [column for column in columns if column.indicator.pk not in moved],
        "has_indicators": bool(columns),
        "may_write": may_write_strategy(request.user, plan),
    }
    return render(request, "appraisal/cascading/initiative_list.html", context)


@require_http_methods(FORM_METHODS)
def initiative_add(request, pk):
    return answer(request, writers_plan(request, pk), None)


@require_http_methods(FORM_METHODS)
def initiative_edit(request, pk, initiative):
    plan = writers_plan(request, pk)
    found = plan.initiatives.filter(pk=initiative).first()
    known = StrategicInitiative.objects.filter(pk=initiative).exists()
    if found is None and (request.method != "POST" or known):
        raise Http404
    return answer(request, plan, found, is_gone=found is None)


def answer(request, plan, initiative, *, is_gone=False):
    columns = leader_columns(plan.pk)
    if request.method != "POST":
        form = InitiativeForm(initial=initial_of(plan, initiative), columns=columns)
    elif "sunting" in request.POST:
        form = InitiativeForm(initial=typed(request.POST, columns), columns=columns)
    else:
        form = InitiativeForm(request.POST, columns=columns)
    if form.is_valid():
        sent = form.sent()
        try:
            if is_gone:
                raise Conflict(None)
            save_initiative(
                plan,
                by=request.user,
                initiative=initiative,
                version=form.cleaned_data["version"] or 0,
                **sent,
            )
        except Conflict as conflict:
            return show_both(request, plan, columns, sent, conflict.stored)
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Inisiatif strategi disimpan.")
            return redirect("appraisal:initiative-list", pk=plan.pk)
    context = {"plan": plan, "initiative": initiative, "form": form}
    status = 422 if form.errors else 200
    return render(request, "appraisal/cascading/initiative.html", context, status=status)


def initial_of(plan, initiative):
    if initiative is None:
        return {"owner": plan.post_name, "version": 0}
    content = initiative_content(initiative)
    return {
        **{name: content[name] for name in FIELDS},
        **content["answers"],
        **{"_".join(part): lines for part, lines in content["lines"].items()},
        "indicators": [str(key) for key in content["indicators"]],
        "version": initiative.version,
    }


def typed(data, columns):
    names = InitiativeForm(columns=columns).fields
    return {name: data.getlist(name) if name == "indicators" else data.get(name, "") for name in names}


def show_both(request, plan, columns, sent, stored):
    by_key = {column.indicator.pk: column for column in columns if column.indicator}
    mine = in_words(
        sent["values"] | {"lines": sent["lines"]}, [by_key[key].heading for key in sent["indicators"]]
    )
    other = None
    if stored is not None:
        other = in_words(initiative_content(stored), [one.words for one in stored.intervened.all()])
    rows = [(label, text, other[label] if other else None) for label, text in mine.items()]
    return show_conflict(
        request,
        rows=rows,
        version=stored.version if stored else 0,
        back=reverse("appraisal:initiative-list", args=[plan.pk]),
        redraw=("sunting",),
        saved=(stored, "initiative.save", None),
        action="" if stored else reverse("appraisal:initiative-add", args=[plan.pk]),
    )


def in_words(content, indicators):
    """A work block as labelled texts, to be read side by side."""
    names = {field.name: str(field.verbose_name) for field in StrategicInitiative._meta.concrete_fields}
    shown = {names[name].capitalize(): content[name] for name in FIELDS}
    shown["Anggaran (rupiah)"] = written(content["budget"]) if content["budget"] is not None else ""
    shown["Metode cascading"] = StrategicInitiative.Method(content["method"]).label
    shown["Indikator yang diintervensi"] = "\n".join(indicators)
    for kind, nature in PARTS:
        label = f"{InitiativeLine.Kind(kind).label}, {InitiativeLine.Nature(nature).label.lower()}"
        shown[label] = "\n".join(content["lines"][kind, nature])
    return shown


@require_http_methods(FORM_METHODS)
def initiative_remove(request, pk, initiative):
    plan = writers_plan(request, pk)
    found = plan.initiatives.filter(pk=initiative).first()
    if found is None:
        messages.info(request, "Inisiatif strategi ini sudah dihapus.")
        return redirect("appraisal:initiative-list", pk=plan.pk)
    if request.method != "POST":
        context = {"plan": plan, "initiative": found}
        return render(request, "appraisal/cascading/initiative_remove.html", context)
    remove_initiative(found, by=request.user)
    messages.success(request, "Inisiatif strategi dihapus.")
    return redirect("appraisal:initiative-list", pk=plan.pk)


@require_safe
def initiative_print(request, pk):
    """All work blocks of a plan in the columns of form A.1.4."""
    plan = find_plan(request, pk)
    note_viewing(request.user, about=plan.employee, kind="skp")
    blocks = [
        {
            "initiative": initiative,
            "parts": numbered_parts(initiative),
            "answers": answered(initiative.method, initiative.answers),
        }
        for initiative in plan.initiatives.prefetch_related("intervened", "lines")
    ]
    context = {"plan": plan, "blocks": blocks}
    return render(request, "appraisal/cascading/initiative_print.html", context)


def numbered_parts(initiative):
    """[(part, [(group, [(number, line)])])] as form A.1.4 shows them, numbered through each part."""
    parts = []
    for kind in InitiativeLine.Kind:
        groups, number = [], 0
        for nature, letter in zip(InitiativeLine.Nature, "AB", strict=True):
            lines = [line for line in initiative.lines.all() if (line.kind, line.nature) == (kind, nature)]
            groups.append((f"{letter}. {nature.label}", list(enumerate(lines, start=number + 1))))
            number += len(lines)
        parts.append((kind.label, groups))
    return parts


def writers_plan(request, pk):
    """The plan, if this person may write its strategy; else 404."""
    plan = find_plan(request, pk)
    if not may_write_strategy(request.user, plan):
        raise Http404
    return plan
