"""A day and a moment (in WIT) in words, for refusals, notices and pages. Pure."""

from django.utils import timezone
from django.utils.formats import date_format


def date_words(day):
    return date_format(day, "j F Y")


def day_words(day):
    return date_format(day, "l, j F Y")


def moment_words(moment):
    return date_format(timezone.localtime(moment), r"l, j F Y \p\u\k\u\l H.i") + " WIT"
