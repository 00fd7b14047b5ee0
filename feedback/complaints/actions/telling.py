"""Who hears of what. No notice and no mail carries a word of the letter or of its writer."""

from django.urls import reverse
from django.utils import timezone

from ..models import ComplaintMail
from ..people import managers_of, tell_all


def page_of(complaint):
    return reverse("feedback:complaint-detail", args=[complaint.pk])


def tell_managers(complaint, subject, body="Buka laporannya untuk membaca dan bertindak.", *, but=None):
    users = [user for user in managers_of(complaint.unit) if user != but]
    tell_all(users, subject=f"{subject}: {complaint.number}", body=body, path=page_of(complaint))


def tell_citizen(complaint):
    """An e-mail that says only that there is news, when the citizen left an address; one waits at a time."""
    if not complaint.email:
        return
    today = timezone.localdate()
    ComplaintMail.objects.update_or_create(
        complaint=complaint, sent_on=None, defaults={"asked_on": today, "attempts": 0}
    )
