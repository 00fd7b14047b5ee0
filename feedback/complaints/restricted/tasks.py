"""The daily run of the restricted lane."""

from celery import shared_task

from .clocks import run_terms as run


@shared_task
def run_terms():
    return run()
