"""The catalogue: a service, its standard of service, and how many people it serves."""

from django.db import models
from django.db.models import Q

from agencies.structure.models import Unit

from ..periods import Quarter


class Service(models.Model):
    """A public service with the six parts of its standard that concern the person served.

    They are the components of the delivery of a service (PermenPANRB 15/2014, lampiran): what to bring, which way it
    takes, how long, how much, what one gets, and where to complain. Opening hours and place stand beside them.
    """

    STANDARD = ("requirements", "procedure", "duration", "cost", "product", "complaints")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="services", verbose_name="unit")
    slug = models.SlugField("alamat", max_length=80, unique=True)
    name = models.CharField("nama layanan", max_length=160)
    description = models.TextField("keterangan", blank=True)
    requirements = models.TextField("persyaratan", blank=True)
    procedure = models.TextField("sistem, mekanisme, dan prosedur", blank=True)
    duration = models.TextField("jangka waktu penyelesaian", blank=True)
    cost = models.TextField("biaya/tarif", blank=True)
    product = models.TextField("produk pelayanan", blank=True)
    complaints = models.TextField("penanganan pengaduan, saran, dan masukan", blank=True)
    opening_hours = models.CharField("hari dan jam pelayanan", max_length=200, blank=True)
    place = models.CharField("tempat pelayanan", max_length=200, blank=True)
    is_open = models.BooleanField("menerima jawaban", default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def standard(self):
        """[(what, text)] of the parts that are written, in the order of the annex."""
        return [
            (self._meta.get_field(name).verbose_name, getattr(self, name))
            for name in self.STANDARD
            if getattr(self, name)
        ]

    @property
    def lacks(self):
        """The parts of the standard that nobody has written yet, in words."""
        return [self._meta.get_field(name).verbose_name for name in self.STANDARD if not getattr(self, name)]


class ServiceVolume(models.Model):
    """How many people used a service in a quarter: the population that a sample is measured by."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="volumes")
    year = models.PositiveSmallIntegerField("tahun")
    quarter = models.PositiveSmallIntegerField("triwulan")
    users = models.PositiveIntegerField("pengguna layanan")

    class Meta:
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "year", "quarter"], name="users_of_a_quarter_are_counted_once"
            ),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="a_year_has_four_quarters"),
        ]

    def __str__(self):
        return f"{self.service}, {self.period}"

    @property
    def period(self):
        return Quarter(self.year, self.quarter)
