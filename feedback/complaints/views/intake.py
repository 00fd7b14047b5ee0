"""Complaining in three pages without script, cookie or sign-in: to whom, what, check. Pages carry what was typed."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ambon_kinerja.lifecycle.steps import StepRefused

from .. import attachments as files
from .. import limits
from ..actions import receive_complaint
from ..clocks import answer_term, days_of
from ..codes import in_groups
from ..forms.intake import YES, ConductForm, LetterForm, TargetForm
from ..models import Complaint
from ..restricted.actions import receive
from ..sending import StaleForm, new_sending_key, read_sending_key
from ..targets import find_targets, open_services, read_target, unknown_target, words_of
from ..words import TOO_FAST, TOO_MANY
from .public import no_store

CARRIED = ("kind", "about_officer", "query", "target")
LETTER = ("text", "place", "happened_on", "identity", "name", "email", "phone", "consent", "named", "contact")


# No cookie means no CSRF token; the signed, single-use sending key of the form takes its place.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request):
    if request.method != "POST":
        return first_page(request)
    page = Intake(request)
    if not page.may_go_on():
        return page.show_target(status=422)
    return page.answer(request.POST.get("langkah", ""))


def first_page(request):
    """Empty, or with a service already chosen by `?layanan=<slug>`, as on its card."""
    slug = request.GET.get("layanan", "")[:80].replace("\x00", "")
    service = open_services().filter(slug=slug).first() if slug else None
    chosen = [(f"s{service.pk}", words_of((service, service.unit)))] if service else []
    form = TargetForm(initial={"target": chosen[0][0] if chosen else None}, targets=chosen + unknown_target())
    context = {"form": form, "sending_key": new_sending_key(), "found": len(chosen)}
    return no_store(render(request, "feedback/complaints/target.html", context))


class Intake:
    """One POST of the three pages: what it carries, and which page follows."""

    def __init__(self, request):
        self.request, self.sent = request, request.POST
        self.step = self.sent.get("langkah", "")
        self.key_text = self.sent.get("sending_key", "")
        try:
            self.key, self.stale = read_sending_key(self.key_text), ""
        except StaleForm as refusal:
            self.key_text = new_sending_key()
            self.key, self.stale = read_sending_key(self.key_text), str(refusal)
        self.query = self.sent.get("query", "")[:80].replace("\x00", "")
        self.target = read_target(self.sent.get("target", ""))
        self.found = find_targets(self.query)
        self.form = TargetForm(self.sent, targets=self.choices())
        self.slips, self.waiting = self.read_slips()

    def choices(self):
        chosen = [(self.sent["target"], words_of(self.target))] if self.target else []
        known, offered = set(), []
        for value, label in [*self.found, *chosen, *unknown_target()]:
            if value not in known:
                known.add(value)
                offered.append((value, label))
        last = unknown_target()
        return [each for each in offered if each not in last] + last

    def read_slips(self):
        """The files that wait for this form, without those the citizen threw out again."""
        dropped, slips, waiting = set(self.sent.getlist("buang")), [], []
        for number, text in enumerate(self.sent.getlist("slip")[: files.MOST_FILES]):
            file = files.read_slip(text, key=self.key.key)
            if file is not None and str(number) not in dropped:
                slips.append(text)
                waiting.append(file)
        return slips, waiting

    @property
    def about_officer(self):
        return self.sent.get("about_officer") == YES

    @property
    def form_class(self):
        return ConductForm if self.about_officer else LetterForm

    def may_go_on(self):
        """Searching and going back need no answers yet; every other step needs a complete first page."""
        return self.step in ("cari", "tujuan") or self.form.is_valid()

    def answer(self, step):
        if step in ("cari", "tujuan"):
            return self.show_search()
        if step in ("lanjut", "ubah"):
            return self.show_letter(self.form_class(initial=self.typed()))
        letter = self.form_class(self.sent, self.request.FILES)
        complete = letter.is_valid()
        self.take_files(letter)
        if not complete or letter.errors:
            return self.show_letter(letter, status=422)
        if step == "kirim":
            return self.send(letter)
        return self.show_check(letter)

    def typed(self):
        return {name: self.sent.get(name, "") for name in LETTER}

    def take_files(self, letter):
        """Examine what was sent with this page; what is let in waits, what is not is an error at the field."""
        uploads = self.request.FILES.getlist("files")
        if not uploads or "files" in letter.errors:
            return
        if limits.is_over(self.request, "files"):
            letter.add_error("files", TOO_MANY)
            return
        for upload in uploads:
            if len(self.slips) >= files.MOST_FILES:
                letter.add_error("files", f"Satu laporan memuat paling banyak {files.MOST_FILES} berkas.")
                return
            limits.count(self.request, "files")
            try:
                file, slip = files.receive(upload, key=self.key.key)
            except files.FileRefused as refusal:
                letter.add_error("files", f"{files.clean_name(upload.name)}: {refusal}")
                continue
            if any(file.sha256 == other.sha256 for other in self.waiting):
                continue  # chosen a second time
            self.slips.append(slip)
            self.waiting.append(file)

    def send(self, letter):
        if self.stale or self.key.is_too_fast or limits.is_over(self.request, "sending"):
            words = self.stale or (TOO_FAST if self.key.is_too_fast else TOO_MANY)
            return self.show_check(letter, refused=words, status=422)
        try:
            page = self.send_conduct(letter) if self.about_officer else self.send_letter(letter)
        except StepRefused as refusal:
            about = getattr(refusal, "about", "")
            letter.add_error(about if about in letter.fields else None, str(refusal))
            return self.show_letter(letter, status=422)
        limits.count(self.request, "sending")
        return no_store(render(self.request, "feedback/complaints/thanks.html", page))

    def send_letter(self, letter):
        service, unit = self.target
        given = {name: letter.cleaned_data[name] for name in LETTER if name in letter.cleaned_data}
        received = receive_complaint(
            kind=self.form.cleaned_data["kind"],
            unit=unit,
            service=service,
            sending_key=self.key.key,
            attachments=self.waiting,
            **given,
        )
        complaint = received.complaint
        return {
            "code": received.code,
            "kind": complaint.get_kind_display(),
            "verify_by": complaint.due_on,
            "answer_days": days_of(answer_term(complaint), complaint.received_on),
            "mails": bool(complaint.email),
        }

    def send_conduct(self, letter):
        service, unit = self.target
        case = receive(
            service=service,
            unit=unit,
            text=letter.cleaned_data["text"],
            named=letter.cleaned_data["named"],
            contact=letter.cleaned_data["contact"],
            consent=letter.cleaned_data["consent"],
            attachments=[files.examined(each) for each in self.waiting],
            sending_key=self.key.key,
        )
        return {
            "code": in_groups(case.code),
            "kind": "Laporan",
            "verify_by": case.assess_by,
            "decide_by": case.decide_by,
        }

    def show_search(self):
        """What was found, without complaints about what is still empty."""
        form = TargetForm(
            initial={name: self.sent.get(name, "") for name in CARRIED} | {"query": self.query},
            targets=self.choices(),
        )
        searched = self.step == "cari"
        context = {"form": form, "found": len(self.found), "searched": searched}
        return self.show("target", context | {"carried": self.carry(LETTER)})

    def show_target(self, status=200):
        context = {"form": self.form, "found": len(self.found), "carried": self.carry(LETTER)}
        return self.show("target", context, status)

    def show_letter(self, letter, status=200):
        context = {"form": letter, "target": words_of(self.target), "about_officer": self.about_officer}
        return self.show("letter", context | {"carried": self.carry(CARRIED)}, status)

    def show_check(self, letter, refused="", status=200):
        rows = [
            {"label": "Jenis", "value": Complaint.Kind(self.form.cleaned_data["kind"]).label},
            {"label": "Kepada", "value": words_of(self.target)},
            *(
                {"label": letter.fields[name].label, "value": letter.words_for(name)}
                for name in letter.summary
            ),
        ]
        context = {"rows": rows, "refused": refused, "about_officer": self.about_officer}
        return self.show("check", context | {"carried": self.carry((*CARRIED, *LETTER, "website"))}, status)

    def carry(self, names):
        return [(name, self.sent.get(name, "")) for name in names if name in self.sent]

    def show(self, page, context, status=200):
        context |= {"sending_key": self.key_text, "slips": list(zip(self.slips, self.waiting, strict=True))}
        response = render(self.request, f"feedback/complaints/{page}.html", context, status=status)
        return no_store(response)
