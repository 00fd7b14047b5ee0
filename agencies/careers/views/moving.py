"""The guided move: choose the new post and day, read what it brings, confirm; and the handover note it leaves."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access.lookups import post_finder
from agencies.structure.models import Post
from agencies.structure.refusals import NotPossible

from ..actions import move_employee, write_handover
from ..forms.recording import HandoverForm, MoveForm
from ..moving import preview
from ..queries import visible_handovers
from ..rules import may_write_handover
from .answering import Page, answer
from .facts import PAGES, keeper_finds, page_of

CONFIRMED = "sahkan"
CHANGE = "ubah"


@PAGES
def employee_move(request, pk):
    employee = keeper_finds(request, pk)
    form = MoveForm(request.POST or None, find_post=post_finder(Post.objects.all()))

    def store(values):
        note = move_employee(
            employee,
            post=values["post"],
            start=values["start"],
            decree=values["decree"],
            decree_date=values["decree_date"],
            by=request.user,
        )
        return reverse("agencies:handover-detail", args=[note.pk])

    page = Page(
        title=f"Pindahkan {employee.name}",
        submit="Lanjut: lihat akibatnya",
        back=page_of(employee),
        back_words=employee.name,
        intro="Langkah 1 dari 3. Belum ada yang berubah sampai Anda mengesahkannya pada langkah 3.",
    )
    step = request.POST.get("langkah", "")
    if step == CHANGE:
        return render(request, page.template, {"form": form, "page": page})
    if request.method == "POST" and step != CONFIRMED and "cari" not in request.POST and form.is_valid():
        return show_effects(request, employee, form, page)
    done = f"{employee.name} dipindahkan. Catatan serah terima diminta kepada penilai lama."
    return answer(request, form, page, store=store, done=done)


def show_effects(request, employee, form, page):
    """Step 2, or step 1 again with the reason when the move is not possible."""
    values = form.cleaned_data
    facts = {name: values[name] for name in ("post", "start", "decree", "decree_date")}
    try:
        seen = preview(employee, by=request.user, **facts)
    except NotPossible as refusal:
        form.refuse(refusal)
        return render(request, page.template, {"form": form, "page": page}, status=422)
    context = {
        "employee": employee,
        "seen": seen,
        "values": values,
        "page": page,
        "sent": [(name, value) for name, value in request.POST.items() if name in SENT],
        "is_past": values["start"] < timezone.localdate(),
    }
    return render(request, "agencies/careers/move_effects.html", context)


SENT = ("post", "post_pilih", "post_untuk", "start", "decree", "decree_date", "sending_key")


@require_safe
def handover_detail(request, pk):
    note = get_object_or_404(visible_handovers(request.user), pk=pk)
    context = {"note": note, "may_write": may_write_handover(request.user, note)}
    return render(request, "agencies/careers/handover_detail.html", context)


@PAGES
def handover_write(request, pk):
    note = get_object_or_404(visible_handovers(request.user), pk=pk)
    address = reverse("agencies:handover-detail", args=[pk])
    if note.signed_at is not None:
        messages.info(request, "Catatan ini sudah disahkan, jadi tidak dapat diubah lagi.")
        return redirect(address)
    if not may_write_handover(request.user, note):
        return redirect(address)

    def store(values):
        write_handover(
            note,
            text=values["text"],
            evidence=values["evidence"],
            version=values["version"] or 0,
            by=request.user,
            sign="sahkan" in request.POST,
        )
        return address

    def now():
        note.refresh_from_db()
        return [("Catatan", note.text), ("Bukti", note.evidence)]

    page = Page(
        title=f"Catatan serah terima {note.employee.name}",
        submit="Simpan catatan",
        back=address,
        back_words="Catatan serah terima",
        facts=[
            ("Dari", f"{note.from_post.name}, {note.from_post.unit.name}"),
            ("Ke", f"{note.to_post.name}, {note.to_post.unit.name}"),
            ("Penilai baru", note.new_appraiser.name if note.new_appraiser else "belum ada"),
        ],
        template="agencies/careers/handover_form.html",
    )
    initial = {"text": note.text, "evidence": note.evidence, "version": note.version}
    form = HandoverForm(request.POST or None, initial=initial)
    done = "Catatan disahkan." if "sahkan" in request.POST else "Catatan disimpan."
    return answer(request, form, page, store=store, done=done, now=now)
