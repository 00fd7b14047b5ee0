"""What the page of a move says of what has been gathered so far."""

from datetime import timedelta

from django.utils import timezone

from appraisal.monitoring.actions import add_evidence_link
from appraisal.planning.moves import effects_of


def test_a_move_tells_how_much_evidence_stays_with_the_plan(plan, django_assert_num_queries):
    _, skp, period = plan
    day = timezone.localdate() + timedelta(days=1)
    team = [skp.appraiser]
    none_yet = effects_of(skp.employee, day, team).lines
    for number in range(2):
        add_evidence_link(
            skp.results.first(), period=period, title=f"Laporan {number}", dated=timezone.localdate(),
            link=f"https://contoh.test/{number}", by=skp.employee.user,
        )  # fmt: skip

    with django_assert_num_queries(5):
        told = effects_of(skp.employee, day, team).lines

    assert any(line.startswith("Belum ada bukti pada SKP ini;") for line in none_yet)
    assert any(line.startswith("2 bukti pada SKP ini tetap di sana;") for line in told)
