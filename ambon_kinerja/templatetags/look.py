"""Filters for words on a page."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

register = template.Library()


@register.filter
def breakable(words):
    """Lets a long word break after a slash ("Kurang/Misconduct") in a narrow cell; the words are escaped."""
    parts = str(words).split("/")
    return format_html_join(mark_safe("/<wbr>"), "{}", ((part,) for part in parts))


@register.filter
def nip(digits):
    """18 digits in the groups of the card: birth, appointment, sex, serial."""
    text = str(digits or "")
    return " ".join([text[:8], text[8:14], text[14:15], text[15:]]) if len(text) == 18 else text
