"""What is written once for the access table is what Django writes each time."""

from datetime import date

from django.db.models import Count, OuterRef, Subquery
from django.db.models.sql.compiler import SQLCompiler
from django.test import TestCase

from agencies.access.models import Proposal
from agencies.people.models import Assignment, Employee
from appraisal.planning.models import Skp, WorkResult
from appraisal.scoring.models import Evaluation

from .written_once import written_once


def questions():
    newest = Evaluation.objects.filter(skp=OuterRef("pk")).order_by("-revision").values("pk")[:1]
    return [
        Skp.objects.select_related("employee__user", "unit", "appraiser").order_by("-year", "employee__name"),
        Skp.objects.annotate(newest=Subquery(newest), parts=Count("results")).filter(parts__gt=1),
        Evaluation.objects.select_related("skp__employee", "period", "appraiser").defer("receipt"),
        WorkResult.objects.filter(skp__employee__in=Employee.objects.filter(user=None)).only(
            "pk", "skp__year"
        ),
        Assignment.objects.on(date(2026, 1, 5)).values_list("post__unit__path", flat=True).distinct(),
        Proposal.objects.filter(about__name__startswith="A") | Proposal.objects.filter(unit__parent=None),
    ]


def as_written():
    return [query.query.sql_with_params() for query in questions()]


def rows_read():
    return [list(query.values_list()) for query in (Employee.objects.order_by("pk"), Skp.objects.all())]


class WrittenOnce(TestCase):
    def test_every_statement_has_the_same_words(self):
        as_ever, compile_as_ever = as_written(), SQLCompiler.compile
        with written_once():
            assert SQLCompiler.compile is not compile_as_ever
            assert as_written() == as_ever
            assert as_written() == as_ever  # from what was written before

    def test_every_answer_is_read_alike(self):
        with written_once():
            once = rows_read()
            assert rows_read() == once
        assert rows_read() == once
