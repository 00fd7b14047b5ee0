"""The matrix of roles and results (form A.1.5): read, fill a person at a time, print."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agencies.people.models import Employee
from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.personal_data.actions import note_viewing
from appraisal.goals.actions import Conflict
from appraisal.goals.views.conflicts import show_conflict

from ..actions import remove_person, save_row
from ..forms import RowForm
from ..grid import grid_of
from ..language import sounds_like_activity
from ..models import MatrixRow
from ..queries import readable_matrices, readable_strategies
from ..rules import may_fill_team, may_write_strategy

FORM_METHODS = ["GET", "HEAD", "POST"]


@dataclass
class Sheet:
    """A matrix as it is asked for: `plan` is None for who may read the matrix, not the plan; `lead`: second level."""

    plan_pk: int
    leader: Employee
    year: int
    matrix: object
    plan: object = None
    lead: MatrixRow | None = None

    @property
    def address(self):
        return address(self, "matrix", "matrix-team")

    def grid(self):
        return grid_of(self.plan_pk, self.leader, self.matrix, lead=self.lead)


def find_sheet(request, pk, lead=None):
    """The matrix of a plan, or of a team within it; 404 for who may read neither plan nor matrix."""
    plan = readable_strategies(request.user).filter(pk=pk).first()
    matrix = readable_matrices(request.user).filter(plan_id=pk).first()
    if plan is None and matrix is None:
        raise Http404
    sheet = Sheet(
        plan_pk=pk,
        leader=plan.employee if plan else matrix.leader,
        year=plan.year if plan else matrix.year,
        matrix=matrix,
        plan=plan,
    )
    if lead is not None:
        if matrix is None:
            raise Http404
        rows = MatrixRow.objects.filter(is_team_lead=True).select_related("employee", "matrix__leader")
        sheet.lead = get_object_or_404(rows, matrix=matrix, pk=lead)
    return sheet


def may_fill(request, sheet):
    if sheet.lead is not None:
        return may_fill_team(request.user, sheet.lead)
    return sheet.plan is not None and may_write_strategy(request.user, sheet.plan)


def fillers_sheet(request, pk, lead=None):
    """The matrix, if this person may fill it; else 404."""
    sheet = find_sheet(request, pk, lead)
    if not may_fill(request, sheet):
        raise Http404
    return sheet


@require_safe
def matrix(request, pk, lead=None):
    sheet = find_sheet(request, pk, lead)
    note_viewing(request.user, about=sheet.leader, kind="skp")
    context = sheet_context(request, sheet) | {"may_fill": may_fill(request, sheet)}
    for line in context["grid"].lines:
        line.fill_url = row_address(sheet, line.employee.pk)
        if line.row and (sheet.lead or not line.is_team):
            line.remove_url = address(sheet, "matrix-person-remove", "matrix-team-person-remove", line.row.pk)
    return render(request, "appraisal/cascading/matrix.html", context)


@require_safe
def matrix_print(request, pk, lead=None):
    sheet = find_sheet(request, pk, lead)
    note_viewing(request.user, about=sheet.leader, kind="skp")
    return render(request, "appraisal/cascading/matrix_print.html", sheet_context(request, sheet))


def sheet_context(request, sheet):
    post = sheet.lead.post_name if sheet.lead else sheet.plan.post_name if sheet.plan else ""
    head = sheet.lead.employee if sheet.lead else sheet.leader
    return {"sheet": sheet, "grid": sheet.grid(), "head": head, "head_post": post}


@require_http_methods(FORM_METHODS)
def matrix_row(request, pk, employee, lead=None):
    sheet = fillers_sheet(request, pk, lead)
    grid = sheet.grid()
    line = next((each for each in grid.lines if each.employee.pk == employee), None)
    if line is None:
        raise Http404
    options = {"columns": grid.columns, "is_second_level": sheet.lead is not None}
    if request.method != "POST":
        form = RowForm(initial=initial_of(line), **options)
    elif "sunting" in request.POST:
        names = RowForm(**options).fields
        form = RowForm(initial={name: request.POST.get(name, "") for name in names}, **options)
    else:
        form = RowForm(request.POST, **options)
    if form.is_valid():
        try:
            save_row(
                sheet.plan,
                line.employee,
                by=request.user,
                roles=form.roles(),
                version=form.cleaned_data["version"] or 0,
                is_team_lead=form.cleaned_data.get("is_team_lead", False),
                lead=sheet.lead,
            )
        except Conflict as conflict:
            return show_both(request, sheet, grid, form, conflict.stored)
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return saved(request, sheet, grid, line, form)
    context = {"sheet": sheet, "line": line, "form": form, "next": following(grid, line)}
    status = 422 if form.errors else 200
    return render(request, "appraisal/cascading/matrix_row.html", context, status=status)


def initial_of(line):
    cells = {f"peran-{cell.column.key}": [role.statement for role in cell.roles] for cell in line.cells}
    row = line.row
    return cells | {"version": row.version if row else 0, "is_team_lead": row.is_team_lead if row else False}


def saved(request, sheet, grid, line, form):
    messages.success(request, f"Peran {line.employee} disimpan.")
    activities = [text for texts in form.roles().values() for text in texts if sounds_like_activity(text)]
    if activities:
        messages.warning(
            request,
            f"“{activities[0]}” terbaca seperti kegiatan."
            " Sebaiknya tulis hasilnya, misalnya “Laporan tersedia tepat waktu”.",
        )
    after = following(grid, line)
    if "berikutnya" in request.POST and after:
        return redirect(row_address(sheet, after.employee.pk))
    return redirect(sheet.address)


def following(grid, line):
    place = grid.lines.index(line) + 1
    return grid.lines[place] if place < len(grid.lines) else None


def show_both(request, sheet, grid, form, stored):
    roles = form.roles()
    known = list(stored.roles.all()) if stored else []
    rows = [
        (
            f"{number}. {column.heading}",
            "\n".join(roles[column.key]) or "Tidak ada peran",
            ("\n".join(role.statement for role in known if column.holds(role)) or "Tidak ada peran")
            if stored
            else None,
        )
        for number, column in enumerate(grid.columns, start=1)
    ]
    version = stored.version if stored else 0
    return show_conflict(
        request,
        rows=rows,
        version=version,
        back=sheet.address,
        redraw=("sunting", "berikutnya"),
        saved=(stored, "matrix.save_row", None),
    )


@require_http_methods(FORM_METHODS)
def matrix_person_remove(request, pk, row, lead=None):
    sheet = fillers_sheet(request, pk, lead)
    found = (
        MatrixRow.objects.filter(matrix=sheet.matrix, lead=sheet.lead, pk=row)
        .select_related("employee")
        .first()
    )
    if found is None:
        messages.info(request, "Orang ini sudah dikeluarkan.")
        return redirect(sheet.address)
    if request.method != "POST":
        return render(request, "appraisal/cascading/person_remove.html", {"sheet": sheet, "row": found})
    try:
        remove_person(found, by=request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"{found.employee} dikeluarkan dari matriks.")
    return redirect(sheet.address)


def address(sheet, first, second, *more):
    """The address of a page of this matrix, on its level."""
    if sheet.lead is None:
        return reverse(f"appraisal:{first}", args=[sheet.plan_pk, *more])
    return reverse(f"appraisal:{second}", args=[sheet.plan_pk, sheet.lead.pk, *more])


def row_address(sheet, employee):
    return address(sheet, "matrix-row", "matrix-team-row", employee)
