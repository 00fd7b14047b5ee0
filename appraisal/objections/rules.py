"""Who may do what with a document and an objection, and why not. Nothing here writes."""

from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import covers, employee_of
from agencies.people.reporting_line import is_appraiser_on
from ambon_kinerja.workdays.words import day_words

from .clocks import running_term
from .models import BlindReading, Deadline, EvaluationDocument, Objection
from .parties import role_of

State = EvaluationDocument.State
CLOSED_TO_OBJECTION = {
    "superior": (
        "Hasil ini ditetapkan atasan pejabat penilai karena pejabat penilai tidak menilai. Menurut PermenPANRB 6/2022"
        " Lampiran Bab IV huruf A angka 11 (halaman 90) hasilnya final, jadi keberatan tidak dapat diajukan."
    ),
    "regional_head": (
        "Hasil ini ditetapkan kepala daerah. Menurut PermenPANRB 6/2022 Lampiran Bab IV huruf A angka 12 (halaman 90)"
        " hasilnya final, jadi keberatan tidak dapat diajukan."
    ),
}
DECIDED_ALREADY = (
    "Hasil ini adalah keputusan atas keberatan Anda. Keputusan itu final (PermenPANRB 6/2022 Lampiran Bab V huruf B"
    " angka 5, halaman 117), jadi tidak ada keberatan kedua."
)


def is_owner(user, record):
    """The employee the document or objection is about."""
    person = employee_of(user)
    return person is not None and person.pk == record.employee_id


def is_signer(user, document):
    """Who signed it, or who appraises the employee today in his place; never the employee himself."""
    person = employee_of(user)
    if person is None or person.pk == document.employee_id:
        return False
    return person.pk == document.signer_id or (
        document.form == EvaluationDocument.Form.BY_APPRAISER
        and is_appraiser_on(person, document.employee, timezone.localdate())
    )


def may_hand_over(user, document):
    """Who signed the document, or who appraises the employee today in his place."""
    return not document.is_replaced and is_signer(user, document)


def may_receive(user, document):
    """The employee the document is about."""
    return not document.is_replaced and is_owner(user, document)


def is_holder(user, document):
    person = employee_of(user)
    return person is not None and person.pk == document.holder_id


def may_report(user, document):
    """In whose hands the report is; the personnel office of the unit takes one that is stuck."""
    return not why_not_report(user, document)


def why_not_report(user, document):
    """The reason in Indonesian, or ""."""
    if document.is_replaced:
        return "Dokumen ini sudah digantikan."
    if not (is_holder(user, document) or is_office(user, document)):
        return "Laporan ini tidak di tangan Anda."
    if document.reporting == EvaluationDocument.Reporting.ARRIVED:
        return "Laporan ini sudah sampai di BKPSDM."
    if document.reporting != EvaluationDocument.Reporting.NONE or document.state == State.RETURNED:
        return ""
    term = running_term(document, Deadline.Kind.RETURN)
    if term is not None and timezone.localdate() > term.due_on:
        return ""  # the employee stayed silent until his last day: the report does not wait for him
    return "Tunggu sampai pegawai menandatangani dokumen ini, atau sampai batas waktunya lewat."


def is_office(user, record):
    """The personnel office over the unit."""
    return covers(user, record.unit, Role.PERSONNEL_OFFICE)


def why_not_object(document):
    """Why the employee cannot object to this document now, in plain words with the article, or ""."""
    if document.is_replaced:
        return "Hasil ini sudah digantikan. Keberatan hanya atas hasil yang berlaku."
    if reason := why_final(document):
        return reason
    other = document.objections.exclude(state__in=(Objection.State.WITHDRAWN, Objection.State.DRAFT)).first()
    if other is not None:
        return DECIDED_ALREADY if other.is_decided else "Keberatan Anda atas hasil ini sudah diajukan."
    if document.state in (State.SIGNED, State.HANDED_OVER):
        return "Terima dahulu dokumennya. Batas waktu keberatan dihitung sejak Anda menerimanya."
    term = document.deadlines.filter(kind=Deadline.Kind.OBJECT).order_by("-starts_on", "-pk").first()
    if term is None or timezone.localdate() > term.due_on:
        until = f" pada {day_words(term.due_on)}" if term else ""
        return f"Batas waktu keberatan sudah lewat{until} ({term.article if term else 'PermenPANRB 6/2022'})."
    return ""


def why_final(document):
    """Why nobody can object to this result at all, or ""."""
    if document.form == EvaluationDocument.Form.AFTER_OBJECTION:
        return DECIDED_ALREADY
    if document.evaluation.closed_to_objection:
        return CLOSED_TO_OBJECTION.get(role_of(document.evaluation), CLOSED_TO_OBJECTION["superior"])
    return ""


def may_file(user, objection):
    """The employee himself, within his 14 working days."""
    return is_owner(user, objection) and not why_not_object(objection.document)


def may_withdraw(user, objection):
    """The employee himself, until it is decided."""
    return is_owner(user, objection)


def is_decider(user, objection):
    """To whom the objection is addressed now; never a party."""
    person = employee_of(user)
    return (
        person is not None
        and person.pk == objection.decider_id
        and person.pk not in (objection.employee_id, objection.appraiser_id)
    )


def may_decide(user, objection):
    """The superior of the appraiser to whom the objection is addressed."""
    return is_decider(user, objection)


def may_explain(user, objection):
    """The appraiser whose rating is contested."""
    person = employee_of(user)
    return (
        person is not None
        and person.pk == objection.appraiser_id
        and objection.state == Objection.State.FILED
        and objection.explained_at is None
    )


def why_not_decide(objection):
    """What the decision still waits for, or "". Nothing makes it wait for ever: the terms run out by themselves."""
    today = timezone.localdate()
    if objection.document.is_replaced:
        return "Hasil ini sudah dibuka kembali, jadi keberatan ini gugur."
    decision = running_term(objection.document, Deadline.Kind.DECIDE)
    if decision is not None and today >= decision.due_on:
        return ""  # the last day: whoever keeps silent does not hold up the decision
    reading = objection.readings.filter(state=BlindReading.State.DRAWN).first()
    term = running_term(objection.document, Deadline.Kind.READ)
    if reading is not None and term is not None and today <= term.due_on:
        return f"Tunggu penilaian pembaca kedua, paling lambat {day_words(term.due_on)}."
    hearing = getattr(objection, "hearing", None)
    if objection.explained_at is None and (hearing is None or hearing.held_at is None):
        return (
            "Mintalah dahulu penjelasan pejabat penilai atau adakan pertemuan dengan keduanya"
            " (PermenPANRB 6/2022 Lampiran Bab V huruf B angka 4, halaman 117)."
        )
    return ""


def by_timetable(by, record):
    """The daily job alone."""
    return by == "timetable"


def may_read_blind(user, reading):
    """The drawn reader alone."""
    person = employee_of(user)
    return person is not None and person.pk == reading.reader_id


def may_see_reading(reading):
    """The decider sees a reading once it can no longer be given: never half of one."""
    return reading is not None and reading.state != BlindReading.State.DRAWN


def may_decide_anew(by, evaluation):
    """Whoever decided the objection that changes this result, on its new revision; the act itself says so."""
    person = employee_of(by) if hasattr(by, "is_authenticated") else None
    return (
        person is not None
        and evaluation.appraiser_id == person.pk
        and evaluation.skp.employee_id != person.pk
        and Objection.objects.filter(
            document__evaluation=evaluation.replaces_id, decider=person, state=Objection.State.CHANGED
        ).exists()
    )


def may_replace(by, evaluation):
    """Whoever decided an objection against this very result and changed it."""
    person = employee_of(by) if hasattr(by, "is_authenticated") else None
    return (
        person is not None
        and Objection.objects.filter(
            document__evaluation=evaluation, decider=person, state=Objection.State.CHANGED
        ).exists()
    )
