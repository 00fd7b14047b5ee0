"""The list of corrections that touch decided results, and what the personnel office concludes from each."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ambon_kinerja.lifecycle.steps import StepRefused

from .actions import close_case
from .forms import ConclusionForm
from .models import CorrectionCase
from .queries import visible_cases
from .rules import may_close, may_read_cases

PAGE = 25


@require_safe
def correction_list(request):
    if not may_read_cases(request.user):
        raise Http404
    page = Paginator(visible_cases(request.user), PAGE).get_page(request.GET.get("halaman"))
    return render(request, "appraisal/corrections/list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def correction_detail(request, pk):
    case = get_object_or_404(visible_cases(request.user), pk=pk)
    may_decide = case.state == CorrectionCase.State.OPEN and may_close(request.user, case)
    form = ConclusionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not may_close(request.user, case):
        raise Http404
    if form.is_valid():
        try:
            close_case(case, by=request.user, conclusion=form.cleaned_data["kesimpulan"])
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kesimpulan disimpan. Hasil penilaian tidak berubah.")
            return redirect("appraisal:correction-list")
    status = 422 if request.method == "POST" else 200
    context = {"case": case, "form": form, "may_decide": may_decide, "evaluation": case.evaluation}
    return render(request, "appraisal/corrections/detail.html", context, status=status)
