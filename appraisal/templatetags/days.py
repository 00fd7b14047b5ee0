"""Days that were frozen as text in a kept record, in words."""

from datetime import date

from django import template
from django.utils.formats import date_format

register = template.Library()


@register.filter
def day_in_words(text):
    """ "2026-08-17" as "17 Agustus 2026"; what is no such day stays as it is."""
    try:
        return date_format(date.fromisoformat(text), "j F Y")
    except (TypeError, ValueError):
        return text
