"""The finished quarter locked by the Bagian Organisasi, and what the running one shows so far."""

from agencies.people.models import User
from feedback.results.actions import lock_quarter, refresh_running

from ..people import address_of


def publish_results(quarter):
    lock_quarter(quarter, by=User.objects.get(email=address_of("organisasi")))
    refresh_running()
