"""A counter, its officer and a sheet of codes: arguments of the addresses of services."""

from django.utils import timezone

from feedback.services.actions.counters import add_counter, put_on_duty
from feedback.services.actions.sheets import make_sheet


def build_services(service, cast):
    today = timezone.localdate()
    counter = add_counter(service, name="Loket 1", by="test")
    duty = put_on_duty(counter, employee=cast["peer"].employee, start=today, by="test")
    sheet, _ = make_sheet(service, key="records", count=1, first_day=today, last_day=today, by="test")
    return {"counter": counter.pk, "counter_duty": duty.pk, "code_sheet": sheet.pk}
