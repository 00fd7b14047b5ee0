"""The accounts an office keeps: search, open, invite, close and open again. Nothing here shows an appraisal."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.people.actions import NotPossible, set_account_active

from ..actions.accounts import invite, open_for_employee
from ..directory import found_accounts, kept_query, searched, with_work_on, work_of
from ..forms import AccountFilterForm, AccountForm, ReasonForm
from ..queries import delegations_of
from ..roles import SENTENCES, Role
from ..rules import keeps_access
from ..scope import employees_without_account, grants_on, has_role, visible_accounts

ROWS_A_PAGE = 25
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def account_list(request):
    if not keeps_access(request.user):
        raise Http404
    if request.method == "POST":
        return redirect(kept_query(request.POST, "agencies:account-list", "tampil"))
    form = AccountFilterForm(request.GET)
    form.is_valid()
    text, shown = form.cleaned_data.get("cari", ""), form.cleaned_data.get("tampil") or "aktif"
    if shown == "tanpa":
        rows = searched(employees_without_account(request.user), text=text, day=timezone.localdate())
        rows = with_work_on(rows, timezone.localdate())
    else:
        rows = found_accounts(visible_accounts(request.user).filter(is_active=shown == "aktif"), text)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("halaman"))
    if shown == "tanpa":
        for employee in page:
            employee.work = work_of(employee)
    context = {"form": form, "page": page, "shown": shown, "is_search": bool(text)}
    return render(request, "agencies/access/account_list.html", context)


@require_http_methods(FORM_METHODS)
def account_open(request, employee):
    employee = get_object_or_404(employees_without_account(request.user), pk=employee)
    form = AccountForm(
        request.POST if request.method == "POST" else None, initial={"surel": employee.email or ""}
    )
    if form.is_valid():
        user = open_for_employee(employee, email=form.cleaned_data["surel"], by=request.user)
        messages.success(request, f"Akun {user} dibuka dan undangannya disiapkan.")
        return redirect("agencies:account-detail", pk=user.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "employee": employee}
    return render(request, "agencies/access/account_open.html", context, status=status)


def find_account(request, pk):
    return get_object_or_404(visible_accounts(request.user).select_related("employee"), pk=pk)


@require_safe
def account_detail(request, pk):
    return show(request, find_account(request, pk), ReasonForm())


def show(request, account, form, *, status=200):
    grants = list(grants_on(account).select_related("unit", "given_by", "approved_by"))
    for grant in grants:
        grant.sentence = SENTENCES[grant.role]
    context = {
        "account": account,
        "grants": grants,
        "delegations": delegations_of(account),
        "is_self": account.pk == request.user.pk,
        "may_reset": account.pk != request.user.pk and has_role(request.user, Role.SYSTEM_ADMIN),
        "form": form,
    }
    return render(request, "agencies/access/account_detail.html", context, status=status)


@require_POST
def account_invite(request, pk):
    account = find_account(request, pk)
    if not account.is_active:
        messages.error(request, "Akun ini nonaktif. Aktifkan dahulu, lalu undang.")
    else:
        invite(account, by=request.user)
        messages.success(request, f"Undangan untuk {account} dikirim ke {account.email}.")
    return redirect("agencies:account-detail", pk=pk)


@require_POST
def account_deactivate(request, pk):
    return set_active(request, pk, active=False, words="Akun dinonaktifkan dan tidak dapat dipakai masuk.")


@require_POST
def account_activate(request, pk):
    return set_active(request, pk, active=True, words="Akun diaktifkan lagi.")


def set_active(request, pk, *, active, words):
    account, form = find_account(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return show(request, account, form, status=422)
    try:
        set_account_active(account, active=active, by=request.user, reason=form.cleaned_data["alasan"])
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("agencies:account-detail", pk=pk)
