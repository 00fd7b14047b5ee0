"""Which records a page of this room may be about: whoever may not read them finds nothing."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from appraisal.planning.models import Skp
from appraisal.planning.queries import visible_skps

from ..colleagues import plan_to_comment
from ..queries import periods_of, readable_evidence
from ..rules import is_owner_or_appraiser, may_read_records

PLANS = "employee__user", "unit", "appraiser"


def plan_to_record(request, key):
    """The plan of this person or of one he appraises today; what is recorded is nobody else's page."""
    skp = get_object_or_404(visible_skps(request.user), pk=key)
    if not is_owner_or_appraiser(request.user, skp):
        raise Http404
    return skp


def plan_and_period(request, skp, period):
    skp = plan_to_record(request, skp)
    return skp, get_object_or_404(periods_of(skp), pk=period)


def plan_to_read(request, key):
    """An agreed plan whose forms B.1.1 to B.1.5 this person may read."""
    skp = get_object_or_404(visible_skps(request.user), pk=key, state=Skp.State.AGREED)
    if not may_read_records(request.user, skp):
        raise Http404
    return skp


def plan_and_period_to_read(request, skp, period):
    skp = plan_to_read(request, skp)
    return skp, get_object_or_404(periods_of(skp), pk=period)


def plan_to_speak_about(request, key):
    skp = plan_to_comment(request.user, key)
    if skp is None:
        raise Http404
    return skp


def evidence_to_open(request, key, **limits):
    found = readable_evidence(request.user).select_related("result__skp__employee", "period")
    return get_object_or_404(found, pk=key, **limits)


def show_errors(form, errors):
    """Reasons by field name onto the form; what has no field of its own stands at the top."""
    for name, sentences in errors.items():
        form.add_error(name if name in form.fields else None, sentences)
