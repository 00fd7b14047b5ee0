"""Filling the matrix of roles and results, a person at a time (form A.1.5)."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access.directory import with_work_on
from agencies.people.models import Employee
from agencies.people.reporting_line import appraiser_on
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from ambon_kinerja.notices.actions import tell
from appraisal.goals.actions import Conflict
from appraisal.planning.models import Skp
from appraisal.planning.rules import person_of

from ..grid import leader_columns, post_words, stored_rows, team_columns, with_lost
from ..models import MatrixRole, MatrixRow, RoleMatrix
from ..rules import may_decide_consent, may_fill_matrix, may_fill_team, may_write_strategy

Consent = MatrixRow.Consent


@transaction.atomic
def save_row(plan, employee, *, by, roles, version, is_team_lead=False, lead=None):
    """Write what `employee` is to bring about; `roles`: {key of a column: [statements]}. Returns the row as stored.

    A column that is not named has no role. Raises Conflict when the row is not at `version` (0: not stored yet),
    unless just this is stored already.
    """
    matrix = matrix_of(plan, by, lead)
    row = (
        MatrixRow.objects.select_for_update(of=("self",))
        .filter(matrix=matrix, lead=lead, employee=employee)
        .first()
    )
    is_new = row is None
    if is_new:
        if lead is not None or appraiser_on(employee, timezone.localdate()) != matrix.leader:
            raise StepRefused("Tambahkan orang ini ke matriks dahulu.")
        row = MatrixRow(matrix=matrix, lead=None, employee=employee, version=0)
    columns = columns_for(plan, matrix, lead)
    sent = {column.key: clean(roles.get(column.key, ())) for column in columns}
    if row.version != version:
        if not is_new and row.is_filled and content_of(row, columns) == (sent, is_team_lead):
            return row
        raise Conflict(None if is_new else row)
    if not is_team_lead and not is_new and row.members.exists():
        raise StepRefused("Keluarkan dahulu anggota timnya, lalu hapus tanda ketua tim.")
    is_first = not row.is_filled
    row.post_name = post_of(employee) or row.post_name
    row.is_team_lead, row.is_filled, row.version = is_team_lead and lead is None, True, row.version + 1
    row.save()
    write_roles(row, columns, sent)
    record_event(
        "matrix.save_row", row, by=by, details={"matrix": matrix.pk, "roles": sum(map(len, sent.values()))}
    )
    if is_first and any(sent.values()) and row.consent in (Consent.OWN, Consent.GIVEN):
        tell_roles(row)
    return row


def write_roles(row, columns, sent):
    """Statements that stay keep their role and whether it was taken; a changed one takes over the next in order."""
    position, known = 0, list(row.roles.all()) if row.pk else []
    for column in columns:
        here = [role for role in known if column.holds(role)]
        kept = {
            text: next((role for role in here if role.statement == text), None) for text in sent[column.key]
        }
        spare = [role for role in here if role not in kept.values()]
        for text in sent[column.key]:
            role = kept[text] or (spare.pop(0) if spare else MatrixRole(row=row))
            position += 1
            role.position, role.statement = position, text
            role.above = column.above
            role.heading = "" if column.above else column.heading
            role.result, role.indicator = column.result or role.result, column.indicator
            role.save()
        for role in spare:
            role.delete()


def clean(statements):
    """Without empty ones and doubles, in their order."""
    return list(dict.fromkeys(text for each in statements if (text := each.strip())))


def content_of(row, columns):
    roles = list(row.roles.all())
    return (
        {column.key: [role.statement for role in roles if column.holds(role)] for column in columns},
        row.is_team_lead,
    )


def columns_for(plan, matrix, lead):
    return team_columns(lead) if lead else with_lost(leader_columns(plan.pk), stored_rows(matrix))


@transaction.atomic
def add_person(plan, employee, *, by, lead=None):
    """Somebody of another unit, or a member of a team; his appraiser is asked when it is not the leader himself."""
    matrix = matrix_of(plan, by, lead)
    if employee.pk in (matrix.leader_id, lead.employee_id if lead else None):
        raise StepRefused("Pimpinan matriks tidak menjadi anggotanya sendiri.")
    existing = MatrixRow.objects.filter(matrix=matrix, lead=lead, employee=employee).first()
    if existing is not None:
        return existing
    appraiser = appraiser_on(employee, timezone.localdate())
    if appraiser is None:
        raise StepRefused("Pejabat penilai orang ini belum tercatat, jadi tidak ada yang bisa menyetujui.")
    consent = Consent.OWN if appraiser == matrix.leader else Consent.ASKED
    if lead is not None and consent == Consent.ASKED:
        above = MatrixRow.objects.filter(matrix=matrix, lead=None, employee=employee).first()
        consent = above.consent if above else consent
    decided_by = above.consent_by if lead is not None and consent == Consent.GIVEN else None
    if consent == Consent.REFUSED:
        raise StepRefused("Pejabat penilai orang ini tidak menyetujui penugasan.")
    row = MatrixRow.objects.create(
        matrix=matrix,
        lead=lead,
        employee=employee,
        post_name=post_of(employee),
        consent=consent,
        consent_by=decided_by,
        version=1,
    )
    record_event("matrix.add_person", row, by=by, details={"matrix": matrix.pk, "consent": consent})
    if consent == Consent.ASKED:
        tell(
            appraiser.user,
            subject=f"{matrix.leader} ingin menugasi {employee}",
            body="Setujui atau tolak penugasan ini dengan mempertimbangkan keahlian dan beban kerjanya.",
            path=reverse("appraisal:matrix-consent", args=[row.pk]),
        )
    return row


@transaction.atomic
def decide_consent(row, *, by, is_given, reason=""):
    """The appraiser consents to the task, or refuses it with a reason."""
    row = MatrixRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.consent != Consent.ASKED:
        raise StepRefused(f"Sudah diputus: {row.get_consent_display().lower()}.")
    if not may_decide_consent(by, row):
        raise NotAllowed("Hanya pejabat penilai pegawai ini yang memutuskan.")
    if not is_given and not reason.strip():
        raise StepRefused("Tulis alasan menolak.")
    row.consent = Consent.GIVEN if is_given else Consent.REFUSED
    row.consent_by, row.consent_reason = person_of(by), reason.strip()
    row.save()
    record_event("matrix.decide_consent", row, by=by, reason=reason.strip(), details={"consent": row.consent})
    tell(
        row.matrix.leader.user,
        subject=f"Penugasan {row.employee}: {row.get_consent_display().lower()}",
        body=reason.strip(),
        path=reverse("appraisal:matrix", args=[row.matrix.plan_id]),
    )
    if is_given and row.roles.exists():
        tell_roles(row)
    return row


@transaction.atomic
def remove_person(row, *, by):
    """Take somebody out of the matrix, unless a role of his stands in a plan already."""
    if not (may_fill_team(by, row.lead) if row.lead else may_fill_matrix(by, row.matrix)):
        raise NotAllowed("Hanya pimpinan matriks yang mengeluarkan orang.")
    taken = MatrixRole.objects.filter(taken_as__isnull=False)
    if taken.filter(row=row).exists() or taken.filter(row__lead=row).exists():
        raise StepRefused("Perannya sudah diambil ke SKP, jadi orang ini tidak bisa dikeluarkan.")
    record_event("matrix.remove_person", row, by=by, details={"matrix": row.matrix_id})
    row.delete()


def matrix_of(plan, by, lead):
    """The matrix of the plan, locked, if `by` may fill it (or the team under `lead`)."""
    if lead is not None:
        if not may_fill_team(by, lead):
            raise NotAllowed("Matriks tim hanya diisi oleh ketua tim dan pimpinannya.")
        return RoleMatrix.objects.select_for_update(of=("self",)).get(pk=lead.matrix_id)
    locked = Skp.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if not may_write_strategy(by, locked):
        raise NotAllowed("Matriks hanya diisi oleh pemilik SKP.")
    matrix, _ = RoleMatrix.objects.get_or_create(
        plan=locked, defaults={"leader": locked.employee, "year": locked.year}
    )
    return matrix


def post_of(employee):
    today = timezone.localdate()
    return post_words(with_work_on(Employee.objects.filter(pk=employee.pk), today)[0])


def tell_roles(row):
    tell(
        row.employee.user,
        subject=f"Peran Anda dalam matriks {row.matrix.leader} {row.matrix.year}",
        body="Baca peran Anda, lalu ambil ke SKP.",
        path=reverse("appraisal:my-roles"),
    )
