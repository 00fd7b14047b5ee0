"""Giving posts, ending them, correcting what was recorded wrongly, taking back what never was; and service states."""

from datetime import timedelta
from functools import partial

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from agencies.access.lookups import person_finder, post_finder
from agencies.access.scope import is_city_office, visible_employees
from agencies.people.assigning import (
    assign,
    correct_assignment,
    end_assignment,
    end_state,
    enter_state,
    withdraw_assignment,
)
from agencies.people.models import Assignment, Employee, ServiceState
from agencies.structure.models import Post
from agencies.structure.queries import posts_in_force_on

from ..forms.recording import AppointForm, AssignForm, CorrectForm, EndForm, StateForm, WithdrawForm
from ..history import term_words
from ..rules import kinds_to_give, may_end, may_keep_people
from .answering import Page, answer
from .facts import PAGES, keeper_finds, page_of

GIVEN = "Tugas dicatat."


@PAGES
def assignment_add(request, pk):
    """A post for this employee."""
    employee = keeper_finds(request, pk)

    def store(values):
        assign(employee, post=values["post"], kind=values["kind"], by=request.user, **form.term())
        return page_of(employee)

    page = Page(
        title=f"Catat jabatan {employee.name}",
        submit="Simpan jabatan",
        back=page_of(employee),
        back_words=employee.name,
        intro="Untuk memindahkan pegawai ke jabatan definitif lain, pakai “Pindahkan” di halaman pegawai.",
    )
    form = AssignForm(
        request.POST or None,
        kinds=kinds_to_give(request.user),
        find_post=post_finder(Post.objects.all()),
        initial={"kind": Assignment.Kind.DEFINITIVE},
    )
    return answer(request, form, page, store=store, done=GIVEN)


@PAGES
def post_appoint(request, pk):
    """An employee for this post: Plt., Plh., additional, or definitive."""
    today = timezone.localdate()
    post = get_object_or_404(posts_in_force_on(today).select_related("unit"), pk=pk)
    kinds = kinds_to_give(request.user, post)
    if not kinds:
        raise Http404
    people = Employee.objects.all() if is_city_office(request.user) else visible_employees(request.user)

    def store(values):
        assign(values["employee"], post=post, kind=values["kind"], by=request.user, **form.term())
        return page_of(values["employee"])

    held = Assignment.objects.on(today).filter(post=post).select_related("employee")
    page = Page(
        title=f"Tunjuk untuk {post.name}",
        submit="Tunjuk",
        back=reverse("agencies:employee-list"),
        back_words="Pegawai",
        facts=[
            ("Unit", post.unit.name),
            (
                "Dijalankan hari ini",
                ", ".join(f"{each.employee.name} ({each.get_kind_display()})" for each in held) or "Kosong",
            ),
        ],
    )
    form = AppointForm(request.POST or None, kinds=kinds, find_person=person_finder(people))
    return answer(request, form, page, store=store, done=GIVEN)


def found_assignment(request, pk):
    """The row, counting or not: one that was changed meanwhile is told of, not missing. For who may end it."""
    rows = Assignment.objects.select_related("employee__user", "post__unit")
    assignment = get_object_or_404(rows, pk=pk, employee__in=visible_employees(request.user))
    if not may_end(request.user, assignment):
        raise Http404
    return assignment


def facts_of(assignment):
    decree = assignment.decree or "tanpa nomor"
    return [
        ("Jabatan", f"{assignment.post.name}, {assignment.post.unit.name}"),
        ("Sebagai", assignment.get_kind_display()),
        ("Masa", term_words(assignment)),
        ("Keputusan", decree),
    ]


def recorded_now(employee):
    """What counts now of an employee's posts, for a page whose row was changed meanwhile."""
    rows = Assignment.objects.known().filter(employee=employee).select_related("post__unit").order_by("-term")
    return [(f"{row.get_kind_display()}: {row.post.name}", term_words(row)) for row in rows[:10]]


def page_for(assignment, *, title, submit, intro, is_final=False):
    employee = assignment.employee
    return Page(
        title=title,
        submit=submit,
        back=page_of(employee),
        back_words=employee.name,
        intro=intro,
        facts=facts_of(assignment),
        is_final=is_final,
    )


@PAGES
def assignment_end(request, pk):
    assignment = found_assignment(request, pk)

    def store(values):
        end_assignment(assignment, last_day=values["last_day"], by=request.user, reason=values["reason"])
        return page_of(assignment.employee)

    page = page_for(
        assignment,
        title=f"Akhiri tugas {assignment.employee.name}",
        submit="Akhiri tugas",
        intro="Sehari sesudah hari terakhir, jabatan ini kosong.",
    )
    form = EndForm(request.POST or None)
    return answer(
        request,
        form,
        page,
        store=store,
        done="Tugas diakhiri.",
        now=partial(recorded_now, assignment.employee),
    )


@PAGES
def assignment_correct(request, pk):
    assignment = found_assignment(request, pk)

    def store(values):
        correct_assignment(
            assignment,
            post=values["post"],
            kind=values["kind"],
            reason=values["reason"],
            by=request.user,
            **form.term(),
        )
        return page_of(assignment.employee)

    page = page_for(
        assignment,
        title=f"Perbaiki catatan {assignment.employee.name}",
        submit="Simpan perbaikan",
        intro="Untuk yang tercatat keliru. Catatan lama tetap terlihat di riwayat, dengan alasan Anda. Hasil penilaian "
        "yang sudah ditetapkan tidak berubah.",
    )
    posts = Post.objects.all()
    form = CorrectForm(
        request.POST or None,
        kinds=kinds_to_give(request.user, assignment.post),
        find_post=post_finder(posts, day=assignment.term.lower),
        initial={
            "post": assignment.post,
            "kind": assignment.kind,
            "start": assignment.term.lower,
            "last_day": assignment.last_day,
            "decree": assignment.decree,
            "decree_date": assignment.decree_date,
        },
    )
    if not assignment.decree:  # as after an import, whose files name none: nobody shall have to invent one
        form.leave_decree_open()
    if not is_city_office(request.user):  # he may not lead it out of his unit
        form.fields["post"].find = post_finder(posts.filter(pk=assignment.post_id), day=assignment.term.lower)
    return answer(
        request,
        form,
        page,
        store=store,
        done="Catatan diperbaiki.",
        now=partial(recorded_now, assignment.employee),
    )


@PAGES
def assignment_withdraw(request, pk):
    assignment = found_assignment(request, pk)

    def store(values):
        withdraw_assignment(assignment, by=request.user, reason=values["reason"])
        return page_of(assignment.employee)

    page = page_for(
        assignment,
        title=f"Batalkan catatan {assignment.employee.name}",
        submit="Batalkan catatan",
        intro="Untuk tugas yang tidak pernah terjadi. Catatan ini tidak dihitung lagi, tetapi tetap terlihat di "
        "riwayat.",
        is_final=True,
    )
    form = WithdrawForm(request.POST or None)
    return answer(
        request,
        form,
        page,
        store=store,
        done="Catatan dibatalkan.",
        now=partial(recorded_now, assignment.employee),
    )


# --- service states -----------------------------------------------------------------------------


@PAGES
def state_enter(request, pk):
    employee = keeper_finds(request, pk)

    def store(values):
        enter_state(employee, kind=values["kind"], by=request.user, **form.term())
        return page_of(employee)

    page = Page(
        title=f"Catat keadaan {employee.name}",
        submit="Simpan keadaan",
        back=page_of(employee),
        back_words=employee.name,
        intro="Selama cuti di luar tanggungan negara, masa persiapan pensiun, atau diberhentikan sementara, "
        "pegawai tidak wajib menyusun SKP. Bila ia memimpin, penilaian naik ke atasannya. Pensiun atau berhenti tidak "
        "mengakhiri jabatannya: akhiri juga jabatan itu di halaman pegawai, agar dapat diisi orang lain.",
    )
    form = StateForm(request.POST or None)
    return answer(request, form, page, store=store, done="Keadaan dicatat.")


@PAGES
def state_end(request, pk):
    if not may_keep_people(request.user):
        raise Http404
    state = get_object_or_404(ServiceState.objects.select_related("employee"), pk=pk)
    employee = state.employee

    def store(values):
        end_state(state, last_day=values["last_day"], by=request.user, reason=values["reason"])
        return page_of(employee)

    def now():
        rows = ServiceState.objects.known().filter(employee=employee).order_by("-term")
        return [(row.get_kind_display(), term_words(row)) for row in rows[:10]]

    page = Page(
        title=f"Akhiri keadaan {employee.name}",
        submit="Akhiri keadaan",
        back=page_of(employee),
        back_words=employee.name,
        facts=[("Keadaan", state.get_kind_display()), ("Masa", term_words(state))],
    )
    yesterday = timezone.localdate() - timedelta(days=1)
    form = EndForm(request.POST or None, initial={"last_day": yesterday})
    return answer(request, form, page, store=store, done="Keadaan diakhiri.", now=now)
