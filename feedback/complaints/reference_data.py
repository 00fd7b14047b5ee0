"""How many working days each step may take, as known when the table is first filled; the survey office adds rows."""

from datetime import date

from .models import ComplaintTerm

VALID_FROM = date(2018, 10, 1)
Kind = ComplaintTerm.Kind
# (kind, working days, source). What no regulation names is a rule of the house and says so.
TERMS = (
    (Kind.VERIFY, 3, "SP4N-LAPOR! (Perpres 76/2013, PermenPANRB 62/2018)"),
    (Kind.ASPIRATION, 5, "SP4N-LAPOR! (PermenPANRB 62/2018)"),
    (Kind.REQUEST, 5, "SP4N-LAPOR! (PermenPANRB 62/2018)"),
    (Kind.COMPLAINT, 14, "SP4N-LAPOR! (PermenPANRB 62/2018)"),
    (Kind.SUPERVISORY, 60, "Perpres 76/2013, SP4N-LAPOR! (PermenPANRB 62/2018)"),
    (Kind.REPLY, 30, "Ketentuan Pemerintah Kota Ambon, perlu dipastikan (bandingkan UU 25/2009 Pasal 44)"),
    (Kind.CLOSE, 10, "SP4N-LAPOR!: ditutup bila tidak ada tanggapan"),
    (Kind.REOPEN, 10, "Ketentuan Pemerintah Kota Ambon, perlu dipastikan"),
    (Kind.ESCALATE, 3, "Ketentuan Pemerintah Kota Ambon, perlu dipastikan"),
)


def fill():
    """Add the terms that are missing; rows that were added later stay."""
    known = set(ComplaintTerm.objects.values_list("kind", flat=True))
    ComplaintTerm.objects.bulk_create(
        ComplaintTerm(kind=kind, days=days, valid_from=VALID_FROM, source=source)
        for kind, days, source in TERMS
        if kind not in known
    )
