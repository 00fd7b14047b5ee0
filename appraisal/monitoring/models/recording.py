"""What was reached in a period and what shows it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from appraisal.cycle.models import Period
from appraisal.planning.models import Indicator, WorkResult
from feedback.services.models import Service


class Realisation(models.Model):
    """What was realised of an indicator in a period; neither number nor words means "no data", never zero.

    A target in numbers has a `value`; a narrative or a target in words (page 50) is answered in `text`.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="realisations")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    value = models.DecimalField("realisasi", max_digits=14, decimal_places=2, null=True, blank=True)
    text = models.TextField("realisasi dalam kata-kata", blank=True)
    note = models.TextField("keterangan", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period"], name="one_realisation_per_indicator_and_period"
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0), name="realisation_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(text=""), name="realisation_is_a_number_or_words"
            ),
        ]

    def __str__(self):
        return f"{self.indicator}: {self.value if self.value is not None else self.text}"


class Evidence(models.Model):
    """A file, a link, or what citizens said of a service: it shows a result. A file is known by its hash."""

    class LinkState(models.TextChoices):
        UNCHECKED = "", "Belum diperiksa"
        REACHABLE = "reachable", "Terjangkau"
        UNREACHABLE = "unreachable", "Tidak terjangkau"
        SIGN_IN = "sign_in", "Butuh masuk"

    result = models.ForeignKey(WorkResult, models.PROTECT, related_name="evidence")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    title = models.CharField("nama bukti", max_length=160)
    dated = models.DateField("tanggal bukti")
    link = models.URLField("tautan", max_length=500, blank=True)
    link_state = models.CharField(
        "keadaan tautan", max_length=11, choices=LinkState, default=LinkState.UNCHECKED, blank=True
    )
    link_checked_at = models.DateTimeField("tautan diperiksa", null=True, blank=True)
    service = models.ForeignKey(
        Service, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="survei layanan"
    )
    file_path = models.CharField(max_length=120, blank=True, editable=False)
    file_name = models.CharField("berkas", max_length=200, blank=True)
    content_type = models.CharField(max_length=80, blank=True)
    size = models.PositiveIntegerField("ukuran (bita)", default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["dated", "pk"]
        indexes = [
            models.Index(fields=["sha256"], condition=~Q(sha256=""), name="evidence_by_hash"),
            models.Index(fields=["link_checked_at"], condition=~Q(link=""), name="evidence_links_by_check"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(link="", service=None, sha256__regex=r"^[0-9a-f]{64}$") & ~Q(file_path="")
                | (~Q(link="") & Q(file_path="", sha256="", service=None))
                | Q(link="", file_path="", sha256="", service__isnull=False),
                name="evidence_is_a_file_or_a_link",
            ),
            models.UniqueConstraint(
                fields=["result", "period", "sha256"],
                condition=~Q(sha256=""),
                name="same_file_shows_a_result_once",
            ),
            models.UniqueConstraint(
                fields=["result", "period", "service"],
                condition=Q(service__isnull=False),
                name="same_service_shows_a_result_once",
            ),
            models.CheckConstraint(
                condition=~Q(link="") | Q(link_state="", link_checked_at=None), name="only_a_link_is_visited"
            ),
        ]

    def __str__(self):
        return self.title
