"""The citizen's thread, opened by his code. The tracking page of ordinary complaints calls it; it has no address of its
own, so that nothing outside shows which kind a code belongs to."""

import secrets
from hashlib import sha256

from django.shortcuts import render

from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.row_security import as_service

from ..actions import withdraw_contact, write_as_citizen
from ..forms import MessageForm
from ..models import RestrictedCase
from ..reading import thread_of

WHAT_HAPPENS = {
    RestrictedCase.State.RECEIVED: "Petugas menelaah laporan Anda dalam tiga hari kerja.",
    RestrictedCase.State.FACT_FINDING: "Petugas mencari fakta. Ia dapat bertanya kepada Anda di halaman ini.",
    RestrictedCase.State.REPLY_ASKED: "Pegawai yang bersangkutan diminta menjawab, tanpa tahu siapa Anda.",
    RestrictedCase.State.REPLIED: "Petugas memeriksa jawaban dan fakta, lalu memutus.",
    RestrictedCase.State.DECIDED: "Sudah ada putusan. Anda dapat menanggapinya dalam sepuluh hari kerja.",
    RestrictedCase.State.CLOSED: "Laporan ini selesai.",
    RestrictedCase.State.ORDINARY: "Laporan ini dilanjutkan sebagai pengaduan biasa, tanpa nama.",
    RestrictedCase.State.HANDED: "Laporan ini diserahkan kepada pihak yang berwenang.",
}


@as_service()
def citizen_thread(request, case, *, code=""):
    """The page behind a code: where the case stands, what was written, and a place to write."""
    code = code or request.POST.get("code", "")
    form, status, done = None, 200, ""
    if "withdraw_contact" in request.POST:
        withdraw_contact(case)
        done = "Kontak Anda sudah dihapus."
    elif "text" in request.POST:
        form = MessageForm(request.POST)
        if form.is_valid():
            key = sha256(f"{case.pk}:{form.cleaned_data['sending_key']}".encode()).hexdigest()
            try:
                write_as_citizen(case, text=form.cleaned_data["text"], sending_key=key)
                form, done = None, "Pesan Anda sudah masuk."
            except StepRefused as refusal:
                form.add_error(None, str(refusal))
        status = 200 if form is None else 422
    case = RestrictedCase.objects.select_related("unit", "service").get(pk=case.pk)
    context = {
        "case": case,
        "code": code,
        "form": form or MessageForm(initial={"sending_key": secrets.token_urlsafe(16)}),
        "thread": thread_of(case, for_lane=False),
        "what_happens": WHAT_HAPPENS[case.state],
        "done": done,
    }
    response = render(request, "feedback/restricted/thread.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
