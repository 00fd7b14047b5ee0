"""The grid in which sheets are keyed, and the list of what two people read differently."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ambon_kinerja.lifecycle.steps import StepRefused
from feedback.citizens.queries import elements_of

from ..actions.keying import KeyedMeanwhile, key_sheets, settle_mismatches
from ..columns import columns_of
from ..forms.paper import MismatchForm, SheetRow
from ..models import PaperMismatch, SheetKeying
from .batches import batch_of

SHEETS_A_PAGE = 10
MISMATCHES_A_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def key(request, pk):
    batch = batch_of(request.user, pk)
    if batch.round is None:
        if request.method == "POST":
            return show_late(request, batch)
        raise Http404
    columns = columns_of(batch, elements_of(batch.questionnaire))
    page = Paginator(batch.sheets.all(), SHEETS_A_PAGE).get_page(request.GET.get("halaman"))
    rows = rows_of(batch, page, columns, request.user)
    if request.method != "POST":
        return show(request, batch, page, columns, rows)
    if request.POST.get("putaran", "") != str(batch.round):
        return show_late(request, batch)
    mine = [row for row in rows if row["state"] == "open"]
    for row in mine:
        row["entry"] = SheetRow(row["sheet"].number, columns, data=request.POST)
    typed, faults = read_rows([row["entry"] for row in mine])
    if faults:
        return show(request, batch, page, columns, rows, faults=faults, status=422)
    try:
        saved = key_sheets(batch, typed=typed, round_number=batch.round, by=request.user)
    except StepRefused as refused:
        return show(request, batch, page, columns, rows, faults=[str(refused)], status=409)
    except KeyedMeanwhile as meanwhile:
        mark_meanwhile(batch, rows, meanwhile.numbers, request.user)
        words = "Sudah diketik di tempat lain. Isian Anda masih ada di bawah dan belum disimpan."
        faults = [f"Lembar {number}: {words}" for number in meanwhile.numbers]
        return show(request, batch, page, columns, rows, faults=faults, status=409)
    messages.success(request, f"{saved} lembar disimpan." if saved else "Tidak ada yang berubah.")
    if "lanjut" in request.POST and page.has_next():
        return redirect(f"{reverse('feedback:paper-key', args=[pk])}?halaman={page.next_page_number()}")
    if "lanjut" in request.POST:
        return redirect("feedback:paper-detail", pk=pk)
    return redirect(f"{reverse('feedback:paper-key', args=[pk])}?halaman={page.number}")


def rows_of(batch, page, columns, user):
    """A dict for each sheet of the page: `state` is "open", "other" (a colleague keys it) or "first" (he keyed it
    first, so another must now). What others read is never in it: the second reading is blind to the first."""
    keyings = SheetKeying.objects.filter(sheet__in=[sheet.pk for sheet in page])
    by_sheet = {}
    for keying in keyings:
        by_sheet.setdefault(keying.sheet_id, {})[keying.round] = keying
    return [row_of(sheet, by_sheet.get(sheet.pk, {}), batch.round, columns, user) for sheet in page]


def row_of(sheet, keyings, number, columns, user):
    own = keyings.get(number)
    if own is not None and own.keyed_by_id != user.pk:
        return {"sheet": sheet, "state": "other", "entry": None}
    first = keyings.get(1)
    if number == 2 and first is not None and first.keyed_by_id == user.pk:
        return {"sheet": sheet, "state": "first", "entry": None}
    return {"sheet": sheet, "state": "open", "entry": SheetRow(sheet.number, columns, keying=own)}


def read_rows(entries):
    """(list of Typed, list of faults in words); a sheet nobody has touched yet is left alone."""
    typed, faults = [], []
    for entry in entries:
        if entry.is_untouched and not entry.version:
            continue
        if entry.is_untouched:
            entry.errors["kosong"] = f"Lembar {entry.number}: isi, atau tandai kosong."
        read = entry.read()
        if read is not None and not entry.errors:
            typed.append(read)
        faults.extend(entry.errors.values())
    return typed, faults


def mark_meanwhile(batch, rows, numbers, user):
    """Beside what was typed stands what this person stored elsewhere; a colleague's reading stays hidden."""
    stored = {
        keying.sheet_id: keying
        for keying in SheetKeying.objects.filter(
            sheet__batch=batch, sheet__number__in=numbers, round=batch.round, keyed_by=user
        )
    }
    for row in rows:
        keying = stored.get(row["sheet"].pk)
        if row["entry"] and row["sheet"].number in numbers and keying:
            row["entry"].version = keying.version
            row["entry"].stored = [keying.keyed.get(column.key, "kosong") for column in row["entry"].columns]


def show(request, batch, page, columns, rows, *, faults=(), status=200):
    context = {
        "batch": batch,
        "page": page,
        "columns": columns,
        "rows": rows,
        "faults": faults,
        "has_open": any(row["state"] == "open" for row in rows),
    }
    return render(request, "feedback/channels/paper/key.html", context, status=status)


def show_late(request, batch):
    """What was typed for a round that is over, to copy from: nothing typed is lost."""
    typed = [(name, text) for name, text in request.POST.items() if name.startswith("s") and text.strip()]
    context = {"batch": batch, "typed": typed[:400]}
    return render(request, "feedback/channels/paper/late.html", context, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
def mismatches(request, pk):
    batch = batch_of(request.user, pk)
    if batch.state not in (batch.State.COMPARING, batch.State.ACCEPTED):
        raise Http404
    listed = PaperMismatch.objects.filter(sheet__batch=batch).select_related("sheet", "resolved_by")
    page = Paginator(listed.order_by("sheet__number", "pk"), MISMATCHES_A_PAGE).get_page(
        request.GET.get("halaman")
    )
    columns = {column.key: column for column in columns_of(batch, elements_of(batch.questionnaire))}
    is_open = batch.state == batch.State.COMPARING
    form = MismatchForm(request.POST or None, mismatches=list(page), columns=columns)
    otherwise, status = [], 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                otherwise = settle_mismatches(batch, found=form.found, by=request.user)
            except StepRefused as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                if not otherwise:
                    messages.success(request, "Hasil pemeriksaan disimpan.")
                    return redirect(
                        f"{reverse('feedback:paper-mismatches', args=[pk])}?halaman={page.number}"
                    )
                status = 409
    context = {
        "batch": batch,
        "page": page,
        "form": form,
        "is_open": is_open,
        "rows": [mismatch_row(each, columns[each.column], form) for each in page],
        "otherwise": [(each.sheet.number, columns[each.column], each) for each in otherwise],
    }
    return render(request, "feedback/channels/paper/mismatches.html", context, status=status)


def mismatch_row(mismatch, column, form):
    return {
        "mismatch": mismatch,
        "column": column,
        "first": "kosong" if mismatch.first is None else mismatch.first,
        "second": "kosong" if mismatch.second is None else mismatch.second,
        "field": form[f"b{mismatch.pk}"],
    }
