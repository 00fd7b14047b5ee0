"""What a move in mid-period brings, told before it is done: who appraises whom from the day on, and what the law says.

Pages of the annex of PermenPANRB 6/2022. The changes are found by making the move and taking it back, so that what is
shown is what will be.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from agencies.access.scope import grants_on
from agencies.people.models import Assignment, Employee
from agencies.people.reporting_line import appraisers_on, holder_on, subordinates_on

from .actions import move_employee


@dataclass(frozen=True)
class Effects:
    """What the appraisal floor knows: `lines` on plans and evaluations in words; `window` the period whose appraisal
    is open on the day, in words, or ""; `period` the one in which the day lies, or ""."""

    lines: list = field(default_factory=list)
    window: str = ""
    period: str = ""


@dataclass(frozen=True)
class LineChange:
    """Whose appraiser becomes another; None: nobody."""

    employee: Employee
    before: Employee | None
    after: Employee | None


@dataclass(frozen=True)
class Preview:
    start: object
    from_post: object
    to_post: object
    before: Employee | None
    after: Employee | None
    changes: list  # LineChanges of others
    successor: Employee | None  # who answers for the post that is left
    staying: int  # how many hold it on, as several may
    other_posts: list  # Plt., Plh. and additional posts he keeps
    grants: list
    effects: Effects
    rules: list  # [(sentence, source)]

    @property
    def left_alone(self):
        return [change for change in self.changes if change.after is None]


def preview(employee, *, post, start, by, decree="", decree_date=None):
    """The Preview of this move. Raises NotPossible as the move itself would; nothing is changed."""
    team = list(subordinates_on(employee, start))
    held = Assignment.objects.on(start).filter(employee=employee).select_related("post__unit")
    other = [each for each in held if each.kind != Assignment.Kind.DEFINITIVE]
    with transaction.atomic():
        old = appraisers_on([employee.pk, *(each.pk for each in team)], start)
        note = move_employee(employee, post=post, start=start, by=by, decree=decree, decree_date=decree_date)
        new_team = list(subordinates_on(employee, start))
        everybody = {each.pk: each for each in (*team, *new_team)}
        new = appraisers_on([employee.pk, *everybody], start)
        successor = holder_on(note.from_post, start)
        staying = Assignment.objects.on(start).filter(post=note.from_post).count()
        transaction.set_rollback(True)
    old |= appraisers_on({each.pk for each in new_team} - {each.pk for each in team}, start)
    changes = [
        LineChange(each, old.get(key), new.get(key))
        for key, each in everybody.items()
        if old.get(key) != new.get(key)
    ]
    effects = import_string(settings.MOVE_EFFECTS)(employee, start, team)
    before, after = old.get(employee.pk), new.get(employee.pk)
    return Preview(
        start=start,
        from_post=note.from_post,
        to_post=post,
        before=before,
        after=after,
        changes=sorted(changes, key=lambda change: change.employee.name),
        successor=successor,
        staying=staying,
        other_posts=other,
        grants=list(grants_on(employee.user, start)) if employee.user_id else [],
        effects=effects,
        rules=rules_for(
            effects, leads=bool(team), is_plt=any(each.kind == "plt" for each in other), same=before == after
        ),
    )


def rules_for(effects, *, leads, is_plt, same):
    """[(sentence, source)]: what the regulation says for exactly this move."""
    rules = [
        (
            "Ekspektasi ditetapkan dan diklarifikasi lagi dengan pimpinan baru; SKP disusun untuk jabatan baru.",
            "halaman 65 nomor 6",
        ),
        (
            f"Evaluasi periodik{in_period(effects.period)} dilakukan penilai baru atas capaian unit baru. Bila penilai "
            "dan pegawai sepakat, hasil periode sebelumnya di unit lama boleh dipakai.",
            "halaman 91 nomor 13 huruf a",
        ),
        (
            "Evaluasi tahunan dilakukan penilai baru berdasarkan capaian tahunan unit baru.",
            "halaman 91 nomor 13 huruf b",
        ),
    ]
    if same:
        rules.append(
            (
                "Penilainya tetap orang yang sama.",
                "halaman 89 nomor 2",
            )
        )
    if leads and effects.window:
        rules.append(
            (
                f"Ia menilai orang lain dan pindah di dalam masa evaluasi {effects.window}: ia masih menilai "
                "pegawai di unit lama untuk periode itu.",
                "halaman 91–92 nomor 14 huruf b",
            )
        )
    elif leads:
        rules.append(
            (
                "Ia menilai orang lain dan pindah di luar masa evaluasi: ia tidak lagi melakukan evaluasi periodik "
                "pegawai di unit lama.",
                "halaman 91 nomor 14 huruf a",
            )
        )
    if leads:
        rules.append(
            (
                "Pegawai di unit lama menetapkan dan mengklarifikasi ekspektasi dengan penilai mereka yang baru.",
                "halaman 65 nomor 7",
            )
        )
    if is_plt:
        rules.append(
            (
                "Selama masih menjadi Plt., ia dinilai pimpinan unit tempat ia melapor sebagai Plt. Sesudah tugas itu "
                "berakhir, penilaian kembali ke kedudukan definitifnya.",
                "halaman 89 nomor 5 dan 6",
            )
        )
    return rules


def in_period(period):
    return f" {period}" if period else ""
