"""The report of a document up the chain to the personnel office, which keeps it for the PyB."""

from ambon_kinerja.lifecycle.steps import Step

from ..models import EvaluationDocument
from ..rules import may_report

RECORD = "appraisal.EvaluationDocument"
Reporting = EvaluationDocument.Reporting
ON_THE_WAY = (Reporting.NONE, Reporting.UNDER_WAY)

PASS_ON = Step("pass_on", "Teruskan", ON_THE_WAY, Reporting.UNDER_WAY, may_report, field="reporting")
ARRIVE = Step(
    "arrive", "Sampaikan kepada BKPSDM", ON_THE_WAY, Reporting.ARRIVED, may_report, field="reporting"
)
STEPS = (PASS_ON, ARRIVE)
