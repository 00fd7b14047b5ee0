"""From a job back to what it was for."""

from django.conf import settings
from django.urls import reverse


def page_of(job):
    """(words, address) of the page of what `job` was for, or None: its kind has none, or the job does not name it."""
    words, name, argument = settings.JOB_PAGES.get(job.kind) or ("", "", None)
    if not name:
        return None
    if argument is None:
        return words, reverse(name)
    key = job.arguments.get(argument)
    return None if key is None else (words, reverse(name, args=[key]))
