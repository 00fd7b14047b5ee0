"""What the citizens' and colleagues' addresses are about; each room builds its own."""

from django.utils import timezone

from feedback.citizens.actions import record_response
from feedback.citizens.elements import Element
from feedback.citizens.reference_data import fill as fill_questionnaire
from feedback.services.actions import add_service
from feedback.services.periods import quarter_of

from .channels import build_channels
from .colleague import build_colleagues
from .complaint import build_complaints
from .conduct import build_conduct
from .followup import build_followup
from .services import build_services
from .survey import build_survey


def build_voice(cast):
    """{name: key}; the service is one of the clinic, where "self" works."""
    fill_questionnaire()
    units = cast["self"].cast_units
    service = add_service(unit=units["clinic"], name="Layanan", slug="layanan-uji", by="test")
    answers = dict.fromkeys(Element.values, 4)
    return {
        **build_complaints(cast),
        **build_conduct(cast),
        **build_colleagues(cast, units["health"]),
        **build_followup(cast, service),
        **build_survey(service),
        **build_services(service, cast),
        **build_channels(service, cast),
        "service": service.slug,
        "reference": record_response(service, answers=answers, sending_key="a").reference,
        "quarter": quarter_of(timezone.localdate()).code,
        "open_file": "indeks.csv",
    }
