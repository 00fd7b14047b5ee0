"""Open data for everybody: what the pages show, as files."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..models import QuarterLock
from ..published.open_data import TABLES, as_json, dictionary_csv, element_csv, index_csv, local_csv

FILES = {
    "indeks.csv": index_csv,
    "unsur.csv": element_csv,
    "unsur-setempat.csv": local_csv,
    "kamus.csv": dictionary_csv,
}


@login_not_required
@require_safe
def open_data(request):
    context = {
        "locks": QuarterLock.objects.all(),
        "tables": [(f"{file}.csv", columns) for file, columns in TABLES],
    }
    return render(request, "feedback/results/open_data.html", context)


@login_not_required
@require_safe
def open_file(request, name):
    if name == "survei.json":
        response = JsonResponse(as_json(), json_dumps_params={"ensure_ascii": False})
    elif name in FILES:
        response = HttpResponse(FILES[name](), content_type="text/csv; charset=utf-8")
    else:
        raise Http404
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
