"""Forms B.1.6 to B.1.10 as they look on paper."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ambon_kinerja.personal_data.actions import note_viewing

from ..boxes import EMPLOYEE, FORM_CODES, GUIDE, TITLES, drawn
from ..competences import SCALE
from ..models import CompetenceReview
from ..queries import visible_opinions
from ..rules import is_guide
from ..sheets import head_of
from ..statements import STATEMENTS
from .answering import found, found_report


@require_safe
def guidance_print(request, pk):
    guidance = found(request, pk)
    note_viewing(request.user, about=guidance.employee, kind="guidance")
    context = {
        "guidance": guidance,
        "code": FORM_CODES.get(guidance.kind, ""),
        "title": TITLES[guidance.kind],
        "boxes": drawn(guidance.kind, EMPLOYEE, guidance.employee_part)
        + drawn(guidance.kind, GUIDE, guidance.guide_part),
        **head_of(guidance, guidance.employee_signed_at),
    }
    return render(request, "appraisal/guidance/print_session.html", context)


@require_safe
def opinion_print(request, pk):
    opinion = get_object_or_404(visible_opinions(request.user), guidance=pk)
    note_viewing(request.user, about=opinion.guidance.employee, kind="guidance_opinion")
    groups, kept = {}, iter(opinion.answers)
    for subject, _ in STATEMENTS:
        groups.setdefault(subject, []).append(next(kept))
    context = {
        "opinion": opinion,
        "guidance": opinion.guidance,
        "groups": list(groups.items()),
        **head_of(opinion.guidance, opinion.signed_at),
    }
    return render(request, "appraisal/guidance/print_opinion.html", context)


@require_safe
def review_print(request, pk):
    guidance = found(request, pk)
    review = get_object_or_404(CompetenceReview, guidance=guidance)
    if review.sent_at is None and not is_guide(request.user, guidance):
        raise Http404
    note_viewing(request.user, about=guidance.employee, kind="guidance")
    scores = list(review.scores.all())
    groups = [
        (number, label, [score for score in scores if score.group == group])
        for number, (group, label) in enumerate(scores[0].Group.choices, start=1)
    ]
    context = {
        "guidance": guidance,
        "review": review,
        "groups": groups,
        "scale": SCALE,
        **head_of(guidance, review.sent_at),
    }
    return render(request, "appraisal/guidance/print_review.html", context)


@require_safe
def report_print(request, pk):
    report = found_report(request, pk)
    note_viewing(request.user, about=report.employee, kind="behaviour_report")
    context = {
        "report": report,
        "feedback": report.feedback.select_related("value"),
        **head_of(report, report.sent_at),
    }
    return render(request, "appraisal/guidance/print_report.html", context)
