"""The form of the session: each fills his boxes, both sign."""

from django.contrib import messages
from django.shortcuts import redirect, render

from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.personal_data.actions import note_viewing
from appraisal.planning.figures import target_in_words
from appraisal.planning.models import Indicator
from appraisal.planning.queries import visible_skps

from .. import actions
from ..boxes import EMPLOYEE, GUIDE, MOST_ROWS, TITLES, drawn
from ..forms.filling import REDRAW, PartForm, redrawn
from ..models import Guidance
from ..rules import is_guide, is_guided, may_fill
from ..states.guidance import CONFIRM, SIGN
from .answering import FORMS, found, too_late
from .guidance import page_of

HEADINGS = {EMPLOYEE: "Isian pegawai", GUIDE: "Isian pembimbing"}
VERSIONS = {EMPLOYEE: ("employee_part", "employee_version"), GUIDE: ("guide_part", "guide_version")}


@FORMS
def guidance_prepare(request, pk):
    return fill(request, pk, EMPLOYEE)


@FORMS
def guidance_fill(request, pk):
    return fill(request, pk, GUIDE)


def fill(request, pk, part):
    guidance = found(request, pk, lambda user, record: may_fill(user, record, part))
    if guidance.state != Guidance.State.PLANNED:
        return closed(request, guidance, part)
    kind, (content, version) = guidance.kind, VERSIONS[part]
    stored = {"kind": kind, "part": part, "version": getattr(guidance, version)}
    if request.method != "POST":
        note_viewing(request.user, about=guidance.employee, kind="guidance")
        return show(request, guidance, part, PartForm(content=getattr(guidance, content), **stored))
    if any(name in request.POST for name in REDRAW):
        typed = redrawn(request.POST, kind, part, suggested_rows(request, guidance))
        seen = request.POST.get("version", "")
        stored["version"] = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else 0
        return show(request, guidance, part, PartForm(content=typed, **stored))
    form = PartForm(request.POST, **stored)
    if not form.is_valid():
        return show(request, guidance, part, form, status=422)
    return save(request, guidance, part, form)


def save(request, guidance, part, form):
    is_ready = "sampaikan" in request.POST
    try:
        actions.save_part(
            guidance,
            part=part,
            content=form.content(),
            version=form.cleaned_data["version"],
            by=request.user,
            is_ready=is_ready,
        )
    except actions.Conflict as conflict:
        content, version = VERSIONS[part]
        form.carry(getattr(conflict.stored, version))
        both = {
            "theirs": drawn(guidance.kind, part, getattr(conflict.stored, content)),
            "about": ("part", part),
        }
        return show(request, guidance, part, form, status=409, **both)
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
        return show(request, guidance, part, form, status=409)
    messages.success(request, "Persiapan disampaikan kepada pembimbing." if is_ready else "Isian disimpan.")
    return redirect(page_of(guidance))


def closed(request, guidance, part):
    """The form was signed while somebody was typing: what he typed is shown, so that nothing is lost."""
    if request.method != "POST":
        return too_late(request, guidance, page_of(guidance))
    form = PartForm(request.POST, kind=guidance.kind, part=part)
    reason = (
        f"Formulir ini sudah dalam keadaan “{guidance.get_state_display()}”. Salin tulisan Anda bila perlu."
    )
    form.add_error(None, reason)
    return show(request, guidance, part, form, status=409, is_closed=True)


def show(request, guidance, part, form, *, status=200, **more):
    context = {
        "guidance": guidance,
        "part": part,
        "heading": f"{TITLES[guidance.kind]}: {HEADINGS[part].lower()}",
        "form": form,
        "boxes": form.drawn(),
        "other": drawn(guidance.kind, GUIDE if part == EMPLOYEE else EMPLOYEE, other_part(guidance, part)),
        "may_take": bool(guidance.skp_id) and guidance.kind == "coaching",
        "may_hand_in": part == EMPLOYEE and guidance.prepared_at is None,
        **more,
    }
    return render(request, "appraisal/guidance/fill.html", context, status=status)


def other_part(guidance, part):
    return guidance.guide_part if part == EMPLOYEE else guidance.employee_part


def suggested_rows(request, guidance):
    """The indicators of the plan, so that nobody types what the system knows; none for who may not read the plan."""
    plan = visible_skps(request.user).filter(pk=guidance.skp_id).first()
    if plan is None:
        return []
    found_rows = Indicator.objects.filter(result__skp=plan, withdrawn_on=None, result__withdrawn_on=None)
    return [
        {"indikator": indicator.statement, "target": target_of(indicator)}
        for indicator in found_rows.order_by("result__kind", "result__position", "position")[:MOST_ROWS]
    ]


def target_of(indicator):
    if indicator.target_text:
        return indicator.target_text
    return target_in_words(indicator) if indicator.is_numeric else ""


@FORMS
def guidance_sign(request, pk):
    """The guide reads the whole form once more, then signs what he has read."""
    guidance = found(request, pk, is_guide)
    if guidance.state not in SIGN.sources:
        return too_late(request, guidance, page_of(guidance))
    if request.method != "POST":
        return check(request, guidance, gaps=actions.filling.gaps_of(guidance))
    seen = tuple(number(request.POST.get(name)) for name in ("employee_version", "guide_version"))
    try:
        actions.sign(guidance, versions=seen, by=request.user)
    except actions.Conflict:
        messages.warning(
            request, "Isian berubah setelah Anda membacanya. Baca sekali lagi sebelum menandatangani."
        )
        return redirect("appraisal:guidance-sign", pk=guidance.pk)
    except actions.Incomplete as incomplete:
        return check(request, guidance, gaps=incomplete.gaps, status=422)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Anda sudah menandatangani. Sekarang menunggu tanda tangan pegawai.")
    return redirect(page_of(guidance))


def number(text):
    text = text or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@FORMS
def guidance_confirm(request, pk):
    """The employee reads the whole form once more, then signs."""
    guidance = found(request, pk, is_guided)
    if guidance.state not in CONFIRM.sources:
        return too_late(request, guidance, page_of(guidance))
    if request.method != "POST":
        return check(request, guidance, gaps=[], as_employee=True)
    try:
        actions.confirm(guidance, by=request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect(page_of(guidance))
    messages.success(
        request, "Bimbingan selesai. Isi umpan balik Anda sekarang, atau nanti dari halaman bimbingan."
    )
    return redirect("appraisal:guidance-opinion", pk=guidance.pk)


def check(request, guidance, *, gaps, as_employee=False, status=200):
    note_viewing(request.user, about=guidance.employee, kind="guidance")
    context = {
        "guidance": guidance,
        "title": TITLES[guidance.kind],
        "boxes": drawn(guidance.kind, EMPLOYEE, guidance.employee_part)
        + drawn(guidance.kind, GUIDE, guidance.guide_part),
        "gaps": gaps,
        "as_employee": as_employee,
    }
    return render(request, "appraisal/guidance/check.html", context, status=status)
