"""The public pages that tell a genuine document. They write nothing and show nothing personal."""

import logging
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from .actions import open_document
from .forms import CodeForm, FileForm
from .limits import WINDOW_SECONDS, is_too_frequent
from .queries import document_by_code, document_by_hash, ended_on
from .rules import can_download
from .seal import in_groups
from .store import DocumentDamaged
from .uploads import HashingHandler

logger = logging.getLogger(__name__)


def unlisted_and_limited(view):
    """Kept out of search engines, caches and referrers, and slow for whoever asks too often."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if is_too_frequent(request):
            response = render(request, "ambon_kinerja/documents/too_frequent.html", status=429)
            response.headers["Retry-After"] = str(WINDOW_SECONDS)
        else:
            response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return answer


# Exempt from the CSRF check: a comparison changes nothing, and works in browsers without cookies.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@unlisted_and_limited
def verify(request):
    """By typed code or by the file alone."""
    request.upload_handlers = [HashingHandler(request)]
    if request.method == "POST":
        return compare(request, None)
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if form.is_valid():
        return redirect("ambon_kinerja:document-verify-code", code=form.cleaned_data["kode"])
    return render(
        request, "ambon_kinerja/documents/verify.html", {"code_form": form, "file_form": FileForm()}
    )


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@unlisted_and_limited
def verify_code(request, code):
    """The page behind the QR code."""
    request.upload_handlers = [HashingHandler(request)]
    document = document_by_code(code)
    if document is None:
        return not_found(request)
    if request.method == "POST":
        return compare(request, document)
    return page(request, document, FileForm())


@login_not_required
@require_safe
@unlisted_and_limited
def download(request, code):
    document = document_by_code(code)
    if document is None or not can_download(document):
        return not_found(request)
    try:
        file = open_document(document)
    except DocumentDamaged:
        logger.exception("The stored file of an issued document is damaged")
        return page(request, document, FileForm(), status=500, damaged=True)
    return FileResponse(
        file,
        as_attachment=True,
        filename=document.file_name,
        content_type="application/pdf",
    )


def compare(request, document):
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, document, form, status=422)
    sha256 = form.cleaned_data["berkas"].sha256
    genuine = document_by_hash(sha256)
    context = {"file_name": form.cleaned_data["berkas"].name, "file_hash": in_groups(sha256, 8)}
    if genuine is None:
        return page(request, document, FileForm(), verdict="different", **context)
    if document not in (None, genuine):
        return page(request, document, FileForm(), verdict="other", genuine=genuine, **context)
    return page(request, genuine, FileForm(), verdict="same", **context)


def page(request, document, form, *, status=200, **context):
    if document is None:
        context |= {"code_form": CodeForm(), "file_form": form}
        return render(request, "ambon_kinerja/documents/verify.html", context, status=status)
    context |= {
        "document": document,
        "ended_on": ended_on(document),
        "hash_in_groups": in_groups(document.sha256, 8),
        "can_download": can_download(document),
        "file_form": form,
    }
    return render(request, "ambon_kinerja/documents/document.html", context, status=status)


def not_found(request):
    context = {"code_form": CodeForm(), "file_form": FileForm(), "not_found": True}
    return render(request, "ambon_kinerja/documents/verify.html", context, status=404)
