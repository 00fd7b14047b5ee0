"""Asking for a seal, opening it as the second person, reading what is behind it. Reading is an act, so it is a POST."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from ambon_kinerja.lifecycle.steps import StepRefused

from .. import actions
from ..forms import SealForm
from ..models import SealOpening
from ..queries import officer_of, readable_attachments
from ..sealing import unseal_bytes
from .answering import FORMS, Page, answer, found, page_of


def part_named(word):
    if word not in SealOpening.Part.values:
        raise Http404
    return SealOpening.Part(word)


@FORMS
def seal_ask(request, pk, part):
    case, part = found(request, pk), part_named(part)

    def store(values):
        actions.ask_seal(case, part=part, reason=values["reason"], by=request.user)
        return page_of(case)

    page = Page(
        title=f"Minta membuka segel: {part.label.lower()}",
        submit="Minta orang kedua",
        back=page_of(case),
        back_words=str(case),
        intro="Orang kedua membukanya. Anda berdua lalu dapat membacanya untuk sementara; itu tercatat.",
    )
    done = "Permintaan dicatat. Orang kedua diberi tahu."
    return answer(request, SealForm(request.POST or None), page, store=store, done=done)


@require_POST
def seal_open(request, pk, opening):
    case = found(request, pk)
    opening = get_object_or_404(SealOpening, pk=opening, case=case)
    try:
        actions.open_seal(opening, by=request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Segel dibuka untuk Anda berdua.")
    return redirect(page_of(case))


@require_POST
def seal_read(request, pk, part):
    case, part = found(request, pk), part_named(part)
    try:
        case = actions.read_sealed(case, part=part, by=request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect(page_of(case))
    if part == SealOpening.Part.NAMED:
        officer = officer_of(case)
        rows = [
            ("Kata pelapor", case.named),
            ("Pegawai yang dikenali", str(officer) if officer else "Belum ditentukan"),
        ]
        files = []
    else:
        rows = [("Kontak", case.contact or "Tidak diberikan"), ("Laporan seperti ditulis", case.text)]
        written = case.messages.filter(side="citizen").values_list("text", flat=True)
        rows += [("Pesan seperti ditulis", text) for text in written]
        files = case.attachments.defer("content")
    context = {"case": case, "part": part, "rows": rows, "files": files}
    return render(request, "feedback/restricted/sealed.html", context)


@require_safe
def attachment(request, pk):
    """A file of the reporter, while his seal is open for this person."""
    file = get_object_or_404(readable_attachments(request.user), pk=pk)
    return HttpResponse(
        unseal_bytes(file.content),
        content_type=file.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="lampiran-{file.pk}{ENDINGS.get(file.content_type, "")}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "no-store",
        },
    )


ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
