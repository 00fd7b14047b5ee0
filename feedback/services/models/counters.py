"""Counters of a service and who is on duty there on which days."""

from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from agencies.people.models import Employee

from .catalogue import Service


class Counter(models.Model):
    service = models.ForeignKey(Service, models.PROTECT, related_name="counters", verbose_name="layanan")
    name = models.CharField("nama loket", max_length=80)
    is_active = models.BooleanField("dipakai", default=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "name"], name="a_counter_of_a_service_has_its_own_name"
            )
        ]

    def __str__(self):
        return self.name


class CounterDuty(models.Model):
    """The officer of a counter, from day to day; `term` leaves its upper bound out, an open one has none."""

    counter = models.ForeignKey(Counter, models.PROTECT, related_name="duties", verbose_name="loket")
    employee = models.ForeignKey(
        Employee, models.PROTECT, related_name="counter_duties", verbose_name="petugas"
    )
    term = DateRangeField("masa bertugas")

    class Meta:
        ordering = ["-term"]
        constraints = [
            models.CheckConstraint(
                condition=Q(term__isempty=False, term__lower_inf=False), name="a_duty_has_a_beginning"
            ),
            ExclusionConstraint(
                name="a_counter_has_one_officer_on_a_day",
                expressions=[("counter", RangeOperators.EQUAL), ("term", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self):
        return f"{self.counter}: {self.employee}"

    @property
    def last_day(self):
        """The last day of the term, or None while it is open."""
        return self.term.upper - timedelta(days=1) if self.term.upper else None
