"""What citizens wrote, as officers may read it, and how to reach those who asked to be called."""

from django.db import models

from feedback.services.models import Service

from .responses import SurveyResponse


class CommentBatch(models.Model):
    """At least five comments of one service that became readable together, so that none tells when it came."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="comment_batches")
    released_on = models.DateField("terbit")
    first_day = models.DateField("dari")
    last_day = models.DateField("sampai")

    class Meta:
        ordering = ["-released_on", "-pk"]

    def __str__(self):
        return f"Saran {self.service}, {self.released_on:%d-%m-%Y}"


class ReleasedComment(models.Model):
    """One comment of a batch, screened. `place` is drawn by lot; the way back to the response serves erasing alone."""

    batch = models.ForeignKey(CommentBatch, models.CASCADE, related_name="comments")
    response = models.OneToOneField(SurveyResponse, models.CASCADE, related_name="released_comment")
    place = models.IntegerField("urutan undian")
    text = models.TextField("saran yang disaring")

    class Meta:
        ordering = ["place"]

    def __str__(self):
        return self.text[:40]


class SurveyContact(models.Model):
    """Where a citizen wishes to be called about his comment; given with a consent of its own, erased by code."""

    response = models.OneToOneField(SurveyResponse, models.CASCADE, related_name="contact")
    contact = models.CharField("kontak", max_length=120)
    text_version = models.CharField("versi teks persetujuan", max_length=10)
    consented_at = models.DateTimeField("disetujui pada")

    class Meta:
        ordering = ["consented_at"]

    def __str__(self):
        return f"Kontak {self.response_id}"
