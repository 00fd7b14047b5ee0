"""Who holds which right; proposing one, and ending one."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.structure.models import Unit
from ambon_kinerja.lifecycle.steps import StepRefused

from ..actions.grants import end_role, propose_role
from ..directory import kept_query
from ..forms import RightsFilterForm, RoleEndForm, RoleProposalForm
from ..lookups import search_only
from ..models import RoleGrant
from ..queries import proposals_awaiting
from ..roles import SENTENCES, Role
from ..rules import keeps_access, may_end_role, may_read_access, paths_kept
from ..scope import KEEPS_ACCESS, READS_ACCESS, path_in, units_of, visible_accounts, visible_grants

ROWS_A_PAGE = 25
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def grant_list(request):
    """The search is sent and comes back as an address without a whole NIP, as on the list of employees."""
    if not may_read_access(request.user):
        raise Http404
    if request.method == "POST":
        return redirect(kept_query(request.POST, "agencies:grant-list", "peran", "unit", "tanggal"))
    form = RightsFilterForm(request.GET, units=units_of(request.user, *READS_ACCESS))
    form.is_valid()
    wanted, today = form.cleaned_data, timezone.localdate()
    day = wanted.get("tanggal") or today
    page = Paginator(listed(visible_grants(request.user), wanted, day), ROWS_A_PAGE)
    page = page.get_page(request.GET.get("halaman"))
    keeps = keeps_access(request.user)
    paths = tuple(paths_kept(request.user, *KEEPS_ACCESS))
    for grant in page:
        grant.sentence = SENTENCES[grant.role]
        grant.may_end = bool(paths) and grant.unit.path.startswith(paths) and not has_ended(grant, today)
    context = {
        "form": form,
        "page": page,
        "day": day,
        "today": today,
        "is_search": any(wanted.values()),
        "keeps": keeps,
        "awaiting": proposals_awaiting(request.user).count(),
    }
    return render(request, "agencies/access/grant_list.html", context)


def listed(grants, wanted, day):
    """Those of `grants` that count on `day` and fit the search, by name, with all that a row says."""
    grants = grants.filter(term__contains=day)
    if wanted.get("peran"):
        grants = grants.filter(role=wanted["peran"])
    if wanted.get("unit"):
        grants = grants.filter(path_in([wanted["unit"].path], "unit__"))
    for word in wanted.get("cari", "").split()[:6]:
        grants = grants.filter(Q(user__name__icontains=word) | Q(user__email__icontains=word))
    return grants.select_related("user", "unit", "given_by", "approved_by").order_by(
        "user__name", "user", "role", "pk"
    )


def has_ended(grant, today):
    return grant.term.isempty or (grant.term.upper is not None and grant.term.upper <= today)


@require_http_methods(FORM_METHODS)
def grant_propose(request):
    if not keeps_access(request.user):
        raise Http404
    form = RoleProposalForm(
        request.POST if request.method == "POST" else None,
        accounts=visible_accounts(request.user),
        units=Unit.objects.filter(path_in(paths_kept(request.user, *KEEPS_ACCESS))),
        chosen=request.GET.get("akun", ""),
        initial={"mulai": timezone.localdate()},
    )
    if request.method == "POST" and "cari" in request.POST:
        search_only(form)
        return render(request, "agencies/access/grant_propose.html", {"form": form})
    if form.is_valid() and (proposal := proposed(form, request.user)):
        messages.success(request, "Usulan dicatat. Orang kedua yang berwenang sudah diberi tahu.")
        return redirect("agencies:proposal-detail", pk=proposal.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "agencies/access/grant_propose.html", {"form": form}, status=status)


def proposed(form, user):
    """The proposal, or None with the reason in the form."""
    facts = form.cleaned_data
    try:
        return propose_role(
            facts["akun"],
            role=Role(facts["peran"]),
            unit=facts["unit"],
            start=facts["mulai"],
            end=day_after(facts["sampai"]),
            reason=facts["alasan"],
            by=user,
        )
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
        return None


def day_after(day):
    return day + timedelta(days=1) if day else None


@require_http_methods(FORM_METHODS)
def grant_end(request, pk):
    mine = RoleGrant.objects.filter(
        Q(pk__in=visible_grants(request.user).values("pk")) | Q(user=request.user)
    )
    grant = get_object_or_404(mine.select_related("user", "unit"), pk=pk)
    if not may_end_role(request.user, grant):
        raise Http404
    if has_ended(grant, timezone.localdate()):
        messages.info(request, "Peran ini sudah berakhir.")
        return to_list(request.user)
    form = RoleEndForm(
        request.POST if request.method == "POST" else None, initial={"tanggal": timezone.localdate()}
    )
    if form.is_valid():
        day, reason = form.cleaned_data["tanggal"], form.cleaned_data["alasan"]
        try:
            end_role(grant, on=day, reason=reason, by=request.user)
        except StepRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Peran {grant.get_role_display()} {grant.user} diakhiri.")
        return to_list(request.user)
    grant.sentence = SENTENCES[grant.role]
    status = 422 if request.method == "POST" else 200
    return render(request, "agencies/access/grant_end.html", {"form": form, "grant": grant}, status=status)


def to_list(user):
    return redirect("agencies:grant-list" if may_read_access(user) else "agencies:account")
