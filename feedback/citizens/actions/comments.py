"""Comments become readable in batches; citizens take back what they wrote; who was called is forgotten."""

from random import SystemRandom

from django.db import transaction
from django.db.models import Count, Max, Min
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from feedback.services.models import Service

from ..models import CommentBatch, ReleasedComment, SurveyContact, SurveyResponse
from ..queries import known_names, waiting_comments
from ..screening import screened

FEWEST = 5  # comments that become readable together (citizen-feedback-rules 4.1)


def release_comments(*, today=None):
    """Make readable what has come together before `today`, service by service; returns how many batches."""
    today = today or timezone.localdate()
    ready = waiting_comments(before=today).order_by().values("service").annotate(n=Count("pk"))
    services = Service.objects.filter(pk__in=[row["service"] for row in ready if row["n"] >= FEWEST])
    return sum(
        release_batch(service, today=today) for service in services.select_related("unit").order_by("pk")
    )


@transaction.atomic
def release_batch(service, *, today):
    """One batch of a service, screened and shuffled; False when somebody else was faster or five are not there."""
    Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
    waiting = waiting_comments(before=today).filter(service=service)
    comments = list(waiting.order_by("pk").values_list("pk", "comment"))
    if len(comments) < FEWEST:
        return False
    days = waiting.order_by().aggregate(first=Min("answered_on"), last=Max("answered_on"))
    batch = CommentBatch.objects.create(
        service=service, released_on=today, first_day=days["first"], last_day=days["last"]
    )
    names = known_names(service.unit)
    SystemRandom().shuffle(comments)
    ReleasedComment.objects.bulk_create(
        ReleasedComment(batch=batch, response_id=pk, place=place, text=screened(comment, names=names))
        for place, (pk, comment) in enumerate(comments)
    )
    return True


@transaction.atomic
def erase_words(response):
    """Take back the comment and the contact of an answer; its nine values stay, since they point at nobody."""
    ReleasedComment.objects.filter(response=response).delete()
    SurveyContact.objects.filter(response=response).delete()
    SurveyResponse.objects.filter(pk=response.pk).update(comment="", comment_digest="")


@transaction.atomic
def forget_contact(contact, *, by):
    """The citizen was called, or did not answer: his contact has served its purpose."""
    record_event("survey.contact_done", contact.response.service, by=by)
    contact.delete()
