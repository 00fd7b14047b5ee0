"""The calendar: everyone who is signed in reads it, its keepers change it."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .actions import add_holiday, change_holiday, remove_holiday
from .forms import ONE_NAME_A_DAY, HolidayForm
from .models import Holiday
from .queries import years_with_holidays
from .rules import can_edit_holidays


@require_safe
def holiday_list(request):
    this_year = timezone.localdate().year
    years = years_with_holidays(and_also=this_year)
    asked = request.GET.get("tahun", "")
    year = next((year for year in years if str(year) == asked), this_year)
    holidays = list(Holiday.objects.filter(day__year=year))
    context = {
        "year": year,
        "years": years,
        "holidays": holidays,
        "sources": list(dict.fromkeys(holiday.source for holiday in holidays if holiday.source)),
        "may_edit": can_edit_holidays(request.user),
    }
    return render(request, "ambon_kinerja/workdays/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def holiday_add(request):
    return answer_form(request, Holiday(), lambda values: add_holiday(by=request.user, **values))


@require_http_methods(["GET", "HEAD", "POST"])
def holiday_edit(request, pk):
    holiday = holiday_to_edit(request, pk)
    return answer_form(request, holiday, lambda values: change_holiday(holiday, by=request.user, **values))


@require_POST
def holiday_remove(request, pk):
    holiday = holiday_to_edit(request, pk)
    remove_holiday(holiday, by=request.user)
    messages.success(request, f"“{holiday.name}” dihapus dari kalender.")
    return to_year_of(holiday)


def holiday_to_edit(request, pk):
    if not can_edit_holidays(request.user):
        raise Http404
    return get_object_or_404(Holiday, pk=pk)


def answer_form(request, holiday, store):
    """Show the form for `holiday`, or `store` its values and go to the calendar of that year."""
    if not can_edit_holidays(request.user):
        raise Http404
    form = HolidayForm(request.POST if request.method == "POST" else None, instance=holiday)
    if request.method == "POST" and form.is_valid() and (stored := stored_once(form, store)):
        messages.success(request, f"“{stored.name}” disimpan di kalender.")
        return to_year_of(stored)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "ambon_kinerja/workdays/edit.html", {"form": form, "holiday": holiday}, status=status
    )


def stored_once(form, store):
    """The stored day, or None with the reason in the form when somebody has just entered the same one."""
    try:
        with transaction.atomic():
            return store(form.cleaned_data)
    except IntegrityError:
        form.add_error("name", ONE_NAME_A_DAY)
        return None


def to_year_of(holiday):
    return redirect(reverse("ambon_kinerja:holiday-list", query={"tahun": holiday.day.year}))
