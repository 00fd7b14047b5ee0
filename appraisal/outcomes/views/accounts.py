"""The credit account of an official: what he brought, what was converted, how far it reaches; and entering it."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from agencies.access.directory import searched
from agencies.access.forms import DirectoryForm
from agencies.access.scope import employee_of, path_in
from agencies.structure.models import Unit
from ambon_kinerja.personal_data.actions import note_viewing
from appraisal.rulebook.models import Rule

from ..account import account_of, assessments_to_review, totals_of, with_review
from ..actions import record_balance, save_particulars, take_back
from ..credit import LEVEL_WORDS, standing
from ..form_content import missing_particulars
from ..forms.recording import BalanceForm, ParticularsForm, ReasonForm
from ..lines import lines_for, tables_on
from ..lists.performance import comma
from ..lists.rows import place_of, work_by_person
from ..models import CreditBalance, CreditParticulars
from ..queries import (
    forms_to_sign,
    office_units,
    officials_listed,
    readable_staff,
    unit_today,
    visible_assessments,
    visible_conversions,
    visible_officials,
    working_in,
)
from ..rules import may_follow_team, may_keep_outcomes
from ..served import holds_on
from .answering import FORMS, Page, answer, kept_employee, unit_of

PAGE, FIRST_YEAR = 25, 2023
HERE = "Angka kredit"
FIELDS = ("card_number", "birth_place", "education", "rank_since", "service_years", "service_months")


@require_safe
def credit_list(request):
    """The functional officials of the team and of the office; who is one himself alone goes straight to his account."""
    person, today = employee_of(request.user), timezone.localdate()
    is_reader = may_keep_outcomes(request.user) or may_follow_team(request.user)
    if not is_reader:
        if person is None or holds_on(person, today) is None:
            raise Http404
        return redirect("appraisal:credit-account", person.pk)
    units = office_units(request.user)
    offered = Unit.objects.filter(path_in([each.path for each in units]))
    form = DirectoryForm(request.GET, units=offered.order_by("path"))
    form.is_valid()
    found = searched(officials_listed(request.user), text=form.cleaned_data.get("cari") or "", day=today)
    if unit := form.cleaned_data.get("unit"):
        found = found.filter(pk__in=working_in([unit], today))
    waiting = request.GET.get("tinjau") == "1"
    if waiting:
        found = found.filter(pk__in=people_to_review(request.user))
    page = Paginator(found.order_by("name", "pk"), PAGE).get_page(request.GET.get("halaman"))
    people = list(page.object_list)
    page.object_list = rows_of(people, work_by_person(people), today)
    note_waiting(page.object_list, request.user)
    context = {
        "form": form,
        "page": page,
        "is_filtered": bool(form.cleaned_data.get("cari") or unit or waiting),
    }
    return render(request, "appraisal/outcomes/credit_list.html", context)


def rows_of(people, held, today):
    """Each official with level, total and what the next pangkat needs. Three queries for any number."""
    levels = {each.pk: held[each.pk].post.level for each in people}
    totals, tables = totals_of(levels), tables_on(today)
    found = []
    for each in people:
        post, unit = place_of(held[each.pk])
        how = standing(level=levels[each.pk], rank=each.rank, total=totals[each.pk], tables=tables)
        found.append(
            {"person": each, "post": post, "unit": unit, "level": LEVEL_WORDS[how.level], "standing": how}
        )
    return found


def people_to_review(user):
    """The keys of those with something that rests on a replaced evaluation."""
    conversions = visible_conversions(user).overtaken().values("employee")
    paks = assessments_to_review().filter(pk__in=visible_assessments(user).values("pk")).values("employee")
    return conversions.union(paks)


def note_waiting(rows, user):
    """What waits on each account: for this person's signature, or for a review. Four queries for any number."""
    keys = [row["person"].pk for row in rows]
    person = employee_of(user)
    signing = forms_to_sign(person).values() if person is not None else ()
    to_sign = {
        key for each in signing for key in each.filter(employee__in=keys).values_list("employee", flat=True)
    }
    to_review = set(
        visible_conversions(user).overtaken().filter(employee__in=keys).values_list("employee", flat=True)
    )
    paks = assessments_to_review().filter(employee__in=keys, pk__in=visible_assessments(user).values("pk"))
    to_review |= set(paks.values_list("employee", flat=True))
    for row in rows:
        row["to_sign"], row["to_review"] = row["person"].pk in to_sign, row["person"].pk in to_review


@require_safe
def credit_account(request, employee):
    person = get_object_or_404(visible_officials(request.user), pk=employee)
    note_viewing(request.user, about=person, kind="credit")
    today = timezone.localdate()
    held = holds_on(person, today)
    level = held.post.level if held else ""
    conversions = visible_conversions(request.user).filter(employee=person).order_by("-first_day", "-pk")
    page = Paginator(conversions, PAGE).get_page(request.GET.get("halaman"))
    keeps = readable_staff(request.user).filter(pk=person.pk).exists()
    context = {
        "person": person,
        "held": held,
        "account": account_of(person, level) if level else None,
        "page": page,
        "assessments": with_review(visible_assessments(request.user).filter(employee=person)).order_by(
            "-until", "-pk"
        )[:PAGE],
        "balances": CreditBalance.objects.filter(employee=person).order_by("-as_of", "-pk"),
        "keeps": keeps,
        "is_own": person == employee_of(request.user),
        "years": range(today.year, FIRST_YEAR - 1, -1) if keeps and unit_today(person) else (),
        "missing": missing_particulars(person, level=level) if keeps and level else [],
    }
    return render(request, "appraisal/outcomes/credit_account.html", context)


def account_page(person):
    return reverse("appraisal:credit-account", args=[person.pk])


def page_about(person, title, submit, **more):
    return Page(
        title=title,
        submit=submit,
        back=account_page(person),
        back_words=f"Angka kredit {person.name}",
        **{"facts": [("Pegawai", person.name)], **more},
    )


@FORMS
def balance_record(request, employee):
    person = kept_employee(request, employee)

    def store(values):
        facts = {name: values[name] for name in ("level", "amount", "as_of", "decree", "decree_date", "note")}
        record_balance(person, unit=unit_of(person), by=request.user, **facts)
        return account_page(person)

    held = holds_on(person, timezone.localdate())
    form = BalanceForm(
        request.POST if request.method == "POST" else None, initial={"level": held.post.level if held else ""}
    )
    page = page_about(
        person,
        "Catat angka kredit awal",
        "Simpan angka kredit awal",
        intro="Hasil integrasi angka kredit lama dalam jenjang ini, menurut keputusannya.",
    )
    return answer(request, form, page, store=store, done="Angka kredit awal dicatat.")


@FORMS
def balance_take_back(request, pk):
    balance = get_object_or_404(CreditBalance.objects.counting().select_related("employee"), pk=pk)
    person = kept_employee(request, balance.employee_id)

    def store(values):
        take_back(balance, unit=unit_of(person), reason=values["reason"], by=request.user)
        return account_page(person)

    facts = [
        ("Pegawai", person.name),
        (balance.get_level_display(), f"{comma(balance.amount)}, keputusan {balance.decree}"),
    ]
    page = page_about(
        person,
        "Batalkan angka kredit awal",
        "Batalkan catatan",
        intro="Catatan tetap tersimpan dan tidak dihitung lagi.",
        facts=facts,
        is_final=True,
    )
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return answer(request, form, page, store=store, done="Catatan dibatalkan.")


@FORMS
def particulars_edit(request, employee):
    person = kept_employee(request, employee)
    stored = CreditParticulars.objects.filter(employee=person).first()

    def store(values):
        facts = {name: values[name] for name in FIELDS}
        version = values["version"]
        save_particulars(person, unit=unit_of(person), by=request.user, version=version, **facts)
        return account_page(person)

    initial = {name: getattr(stored, name) for name in FIELDS} if stored else {}
    form = ParticularsForm(
        request.POST if request.method == "POST" else None,
        initial=initial | {"version": stored.version if stored else 0},
    )
    page = page_about(
        person,
        "Keterangan perorangan",
        "Simpan keterangan",
        intro="Dicetak pada formulir angka kredit. Nama, NIP, pangkat, dan jabatan diambil dari data pegawai.",
    )
    return answer(request, form, page, store=store, done="Keterangan disimpan.", now=told)


def told(stored):
    labels = [(CreditParticulars._meta.get_field(name).verbose_name.capitalize(), name) for name in FIELDS]
    values = ((label, getattr(stored, name)) for label, name in labels) if stored else ()
    return [
        (label, date_format(value, "j F Y") if hasattr(value, "year") else value) for label, value in values
    ]


def lines_of_year(person, year):
    """(Lines, what is wrong): the years before the rules have none."""
    try:
        return lines_for(person, year), ""
    except Rule.DoesNotExist:
        return [], f"Konversi angka kredit dihitung mulai tahun {FIRST_YEAR}."
