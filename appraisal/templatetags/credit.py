"""Amounts of credit as they are kept in a form ("18.75"), in the words of a page."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def credit(text):
    """ "18.75" → "18,75"."""
    return number_format(Decimal(text), 2, use_l10n=True, force_grouping=True)


@register.filter
def surplus(text):
    """What is more than needed, or "–"."""
    return credit(text) if Decimal(text) >= 0 else "–"


@register.filter
def lack(text):
    """What is missing, or "–"."""
    return credit(str(-Decimal(text))) if Decimal(text) < 0 else "–"
