"""Who appraises instead of whom the posts name: the list, a new one, an end."""

from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access.lookups import person_finder
from agencies.people.assigning import end_exception, except_appraiser
from agencies.people.models import AppraiserException, Employee
from agencies.structure.models import Post

from ..forms.line import ExceptionForm
from ..forms.recording import EndForm
from ..history import term_words
from ..rules import may_keep_people
from .answering import Page, answer
from .facts import PAGES

MOST_SHOWN = 200


def list_address():
    return reverse("agencies:exception-list")


@require_safe
def exception_list(request):
    if not may_keep_people(request.user):
        raise Http404
    today = timezone.localdate()
    rules = (
        AppraiserException.objects.known()
        .filter(term__overlap=DateRange(today, None))
        .select_related("employee", "post__unit", "appraiser")
    )
    return render(
        request, "agencies/careers/exception_list.html", {"rules": rules[:MOST_SHOWN], "today": today}
    )


@PAGES
def exception_add(request):
    """For the employee in `?pegawai=` or the post in `?jabatan=`."""
    if not may_keep_people(request.user):
        raise Http404
    employee = wanted(Employee.objects.all(), request.GET.get("pegawai", ""))
    post = None if employee else wanted(Post.objects.select_related("unit"), request.GET.get("jabatan", ""))
    if employee is None and post is None:
        raise Http404
    whom = employee.name if employee else f"semua yang dinilai {post.name}"

    def store(values):
        except_appraiser(
            kind=values["kind"],
            employee=employee,
            post=post,
            appraiser=values["appraiser"],
            by=request.user,
            **form.term(),
        )
        return list_address()

    page = Page(
        title=f"Penilai khusus untuk {whom}",
        submit="Simpan penilai khusus",
        back=list_address(),
        back_words="Penilai khusus",
        intro="Berlaku di atas susunan jabatan selama masanya (PermenPANRB 6/2022 halaman 89 nomor 2, 3, dan 7).",
    )
    form = ExceptionForm(
        request.POST or None, for_post=post is not None, find_person=person_finder(Employee.objects.all())
    )
    return answer(request, form, page, store=store, done="Penilai khusus disimpan.")


def wanted(records, text):
    """The record with that key, or None when none is asked for; an impossible one is not found."""
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 18):
        raise Http404
    return get_object_or_404(records, pk=int(text))


@PAGES
def exception_end(request, pk):
    if not may_keep_people(request.user):
        raise Http404
    rules = AppraiserException.objects.select_related("employee", "post", "appraiser")
    rule = get_object_or_404(rules, pk=pk)

    def store(values):
        end_exception(rule, last_day=values["last_day"], by=request.user, reason=values["reason"])
        return list_address()

    def now():
        rows = rules.known().filter(employee=rule.employee, post=rule.post)
        return [(str(row), term_words(row)) for row in rows[:10]] or [
            ("Penilai khusus", "sudah tidak berlaku")
        ]

    page = Page(
        title="Akhiri penilai khusus",
        submit="Akhiri",
        back=list_address(),
        back_words="Penilai khusus",
        intro="Hari terakhir sebelum tanggal mulai berarti penilai khusus ini tidak pernah berlaku.",
        facts=[
            ("Untuk", rule.employee.name if rule.employee else rule.post.name),
            ("Dasar", rule.get_kind_display()),
            ("Yang menilai", rule.appraiser.name if rule.appraiser else "dilewati, naik ke atasannya"),
            ("Masa", term_words(rule)),
        ],
    )
    form = EndForm(request.POST or None)
    return answer(request, form, page, store=store, done="Penilai khusus diakhiri.", now=now)
