"""The years the office has opened, and a change of a rule that waits for a second person."""

from datetime import date

from appraisal.cycle.actions import open_year
from appraisal.rulebook.actions import propose_change


def open_years(years, office):
    """Around the quarters that are there already: the others get the windows of the rulebook."""
    return [open_year(year, cadence="quarterly", by=office) for year in years]


def propose_more_days(today, office):
    """Somebody of the office finds five working days for the documentation too few."""
    return propose_change(
        "documentation_working_days",
        valid_from=date(today.year + 1, 1, 1),
        value=7,
        text="Kemajuan dan bukti suatu periode dicatat paling lambat 7 hari kerja setelah periode berakhir",
        source="Ditetapkan BKPSDM; PermenPANRB 6/2022 tidak menyebut jumlah harinya",
        reason="Puskesmas di luar kota baru menerima data kunjungan pada hari kerja kelima.",
        by=office,
    )
