"""Numbers and targets in templates."""

from django import template

from appraisal.planning.figures import target_in_words, written

register = template.Library()
register.filter("written", written)
register.filter("target_in_words", target_in_words)
