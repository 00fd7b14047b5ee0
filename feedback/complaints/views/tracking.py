"""Following a letter by its code. It travels in the body of a POST alone: never in an address or cookie."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ambon_kinerja.lifecycle.steps import StepRefused

from .. import actions, limits
from .. import attachments as files
from ..clocks import last_day_to_reopen
from ..forms.tracking import CodeForm, RateForm, ReopenForm, WriteForm
from ..models import Complaint, ComplaintAttachment
from ..queries import complaint_by_code, thread_for_citizen
from ..restricted.queries import case_by_code
from ..restricted.views.citizen import citizen_thread
from ..sending import StaleForm, new_sending_key, read_sending_key
from ..words import TOO_MANY, WRONG_CODE
from .public import no_store

State = Complaint.State
WHAT_HAPPENS = {
    State.RECEIVED: "Petugas sedang memeriksa laporan Anda.",
    State.VERIFIED: "Laporan Anda sudah diperiksa dan akan ditindaklanjuti.",
    State.FORWARDED: "Laporan Anda diteruskan kepada unit yang berwenang.",
    State.IN_PROGRESS: "Petugas sedang menindaklanjuti laporan Anda.",
    State.REOPENED: "Laporan Anda dibuka kembali dan akan ditindaklanjuti lagi.",
    State.DONE: "Laporan Anda sudah ditutup. Anda dapat menilai penanganannya di bawah.",
    State.REFUSED: "Laporan Anda tidak dapat ditindaklanjuti. Alasannya ada di bawah.",
    State.MERGED: "Laporan Anda digabung dengan laporan lain tentang hal yang sama.",
    State.TRANSFERRED: "Laporan Anda dialihkan ke SP4N-LAPOR!.",
}
RATED = (State.DONE, State.REFUSED, State.TRANSFERRED)


# No cookie means no CSRF token; who knows the code may do what the code allows.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def track(request):
    if request.method != "POST":
        return code_page(request, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return code_page(request, form, status=422)
    if limits.is_over(request, "wrong-code"):
        form.add_error("code", TOO_MANY)
        return code_page(request, form, status=429)
    code = form.cleaned_data["code"]
    # Both are always asked, so that nothing shows which kind a code belongs to.
    complaint, case = complaint_by_code(code), case_by_code(code)
    if complaint is not None:
        return Thread(request, complaint, code).answer()
    if case is not None:
        return no_store(citizen_thread(request, case, code=code))
    limits.count(request, "wrong-code")
    form.add_error("code", WRONG_CODE)
    return code_page(request, form, status=422)


def code_page(request, form, status=200):
    return no_store(render(request, "feedback/complaints/track.html", {"form": form}, status=status))


class Thread:
    """The page behind a code, and what its holder does there."""

    def __init__(self, request, complaint, code):
        self.request, self.complaint, self.code = request, complaint, code
        self.form, self.done, self.status = None, "", 200

    def answer(self):
        acts = {
            "balas": self.write,
            "terima": self.accept,
            "buka": self.reopen,
            "nilai": self.rate,
            "hapus-kontak": self.erase_contact,
            "berkas": self.file,
        }
        act = acts.get(self.request.POST.get("tindakan", ""))
        response = None
        if act is not None:
            try:
                response = act()
            except StepRefused as refusal:
                self.refuse(refusal)
        return response or self.show()

    def refuse(self, refusal):
        self.status = 422
        if self.form is None:
            self.form = CodeForm({"code": self.code})
            self.form.is_valid()
        about = getattr(refusal, "about", "")
        self.form.add_error(about if about in self.form.fields else None, str(refusal))

    def key(self):
        return read_sending_key(self.form.cleaned_data["sending_key"]).key

    def filled(self, form):
        """Is what was typed complete, and the form one of ours? What was typed stays on the page otherwise."""
        self.form = form
        if not form.is_valid():
            self.status = 422
            return False
        try:
            self.key()
        except StaleForm as refusal:
            form.data = form.data.copy()
            form.data["sending_key"] = new_sending_key()
            form.add_error(None, str(refusal))
            self.status = 422
            return False
        return True

    def write(self):
        form = WriteForm(self.request.POST, self.request.FILES)
        if not self.filled(form):
            return
        waiting = self.examined(form)
        if form.errors:
            self.status = 422
            return
        act = actions.reply if self.complaint.state == State.WAITING else actions.add_words
        act(self.complaint, text=form.cleaned_data["text"], key=self.key(), attachments=waiting)
        self.done = f"{'Balasan' if act is actions.reply else 'Keterangan'} Anda sudah masuk."
        self.form = None

    def examined(self, form):
        waiting = []
        if form.cleaned_data["files"] and limits.is_over(self.request, "files"):
            form.add_error("files", TOO_MANY)
            return waiting
        for upload in form.cleaned_data["files"]:
            limits.count(self.request, "files")
            try:
                waiting.append(files.receive(upload, key=self.key())[0])
            except files.FileRefused as refusal:
                form.add_error("files", f"{files.clean_name(upload.name)}: {refusal}")
        return waiting

    def accept(self):
        actions.accept(self.complaint)
        self.done = "Laporan Anda ditutup. Terima kasih."

    def reopen(self):
        form = ReopenForm(self.request.POST)
        if not self.filled(form):
            return
        actions.reopen(self.complaint, text=form.cleaned_data["text"], key=self.key())
        self.form, self.done = None, "Laporan Anda dibuka kembali."

    def rate(self):
        self.form = RateForm(self.request.POST)
        if not self.form.is_valid():
            self.status = 422
            return
        actions.rate(self.complaint, satisfaction=self.form.cleaned_data["satisfaction"])
        self.form, self.done = None, "Penilaian Anda sudah disimpan."

    def erase_contact(self):
        actions.erase_contact(self.complaint)
        self.done = "Nama dan kontak Anda sudah dihapus."

    def file(self):
        key = self.request.POST.get("berkas", "")
        if not (key.isascii() and key.isdecimal() and len(key) < 18):
            raise Http404
        shown = {file.pk: file for message in thread_for_citizen(self.complaint) for file in message.files}
        own = ComplaintAttachment.objects.filter(complaint=self.complaint, message=None)
        attachment = shown.get(int(key)) or own.filter(pk=int(key)).first()
        response = files.serve(attachment) if attachment else None
        if response is None:
            raise Http404
        return no_store(response)

    def show(self):
        complaint = Complaint.objects.select_related("unit", "service", "merged_into").get(
            pk=self.complaint.pk
        )
        last_day = last_day_to_reopen(complaint)
        context = {
            "complaint": complaint,
            "code": self.code,
            "thread": thread_for_citizen(complaint),
            "own_files": ComplaintAttachment.objects.filter(complaint=complaint, message=None),
            "what_happens": self.words(complaint),
            "done": self.done,
            "form": self.form,
            "write": self.write_form(complaint),
            "may_accept": complaint.clock == Complaint.Clock.CLOSE,
            "reopen": self.shown(ReopenForm) if complaint.state in (State.DONE, State.REFUSED) else None,
            "last_day": last_day,
            "rate": self.shown(RateForm, {"satisfaction": complaint.satisfaction})
            if complaint.state in RATED
            else None,
            "has_contact": bool(complaint.name or complaint.email or complaint.phone),
        }
        context["reopen"] = context["reopen"] if last_day and timezone.localdate() <= last_day else None
        response = render(self.request, "feedback/complaints/thread.html", context, status=self.status)
        return no_store(response)

    def words(self, complaint):
        if complaint.state == State.WAITING:
            if complaint.clock == Complaint.Clock.CLOSE:
                return "Petugas sudah menjawab. Terima jawabannya, atau tulis apa yang belum beres."
            return "Petugas bertanya kepada Anda. Jawablah di bawah."
        return WHAT_HAPPENS[complaint.state]

    def write_form(self, complaint):
        """As long as somebody reads what is written; a reply only where the citizen was asked or answered."""
        if complaint.is_finished and complaint.state != State.MERGED:
            return None
        form = self.shown(WriteForm)
        if complaint.state != State.WAITING:
            form.fields["text"].label = "Ada yang ingin Anda tambahkan?"
        return form

    def shown(self, form_class, initial=None):
        """The form as it was sent when it is the one that was refused, else a fresh one."""
        if isinstance(self.form, form_class):
            return self.form
        return form_class(initial={"sending_key": new_sending_key(), **(initial or {})})
