"""The dossier of a case as a page and on paper, and the public figures."""

import json

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access.scope import employee_of
from ambon_kinerja.personal_data.actions import note_viewing
from ambon_kinerja.row_security import as_service
from appraisal.scoring.receipt import sha256_of
from appraisal.scoring.receipt.parts import parts_of

from ..dossier import dossier_of, text_of
from ..figures import SMALLEST_PART, SMALLEST_TABLE, table_of
from ..models import Objection
from ..queries import counts_in, years_with_objections
from ..rules import is_decider
from .answering import found_objection


def is_not_draft(user, objection):
    return objection.state != Objection.State.DRAFT


def gathered(request, pk):
    """What the dossier page and its print show: the kept text once decided, before that the case as it lies now."""
    objection = found_objection(request, pk, is_not_draft)
    note_viewing(request.user, about=objection.employee, kind="dossier")
    with as_service():
        text = objection.dossier or text_of(dossier_of(objection))
        receipt = objection.document.evaluation.receipt
    dossier = json.loads(text)
    if objection.state == Objection.State.FILED and not is_decider(request.user, objection):
        # Until the decision the second reading is the decider's alone.
        dossier["readings"] = []
    return {
        "objection": objection,
        "document": objection.document,
        "evaluation": objection.document.evaluation,
        "dossier": dossier,
        "sha256": objection.dossier_sha256 or sha256_of(text),
        "is_kept": bool(objection.dossier),
        "receipt": parts_of(json.loads(receipt)) if len(receipt) > 2 else None,
        "person": employee_of(request.user),
        "now": timezone.now(),
    }


@require_safe
def objection_dossier(request, pk):
    return render(request, "appraisal/objections/dossier.html", gathered(request, pk))


@require_safe
def objection_dossier_print(request, pk):
    return render(request, "appraisal/objections/dossier_print.html", gathered(request, pk))


@login_not_required
@require_safe
def objection_figures(request):
    """Public: how many objections were filed and how they ended, an agency and a year."""
    with as_service():  # counts alone leave this block
        years = years_with_objections()
        asked = request.GET.get("tahun", "")
        year = next((each for each in years if str(each) == asked), years[0] if years else None)
        counts = counts_in(year) if year else {}
    lines, whole = table_of(counts) if counts else ([], None)
    context = {
        "years": years,
        "year": year,
        "lines": lines,
        "whole": whole,
        "smallest": SMALLEST_TABLE,
        "smallest_part": SMALLEST_PART,
    }
    return render(request, "appraisal/objections/figures.html", context)
