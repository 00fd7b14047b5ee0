"""What goes on with an objection, in a sentence for whoever reads it: who has to do what, and until when."""

from ambon_kinerja.workdays.words import day_words

from .models import Objection

State = Objection.State


def called_for(objection, person):
    """The objection as `person` is told of it: his own, or that of the employee by name."""
    return "keberatan Anda" if person.pk == objection.employee_id else f"keberatan {objection.employee}"


def now_told(objection, *, term, is_own, decides, may_explain, may_answer):
    """One or two sentences while it is examined, "" before and after; `term` is that of the decision, or None."""
    if objection.state != State.FILED:
        return ""
    until = f" paling lambat {day_words(term.due_on)}" if term else ""
    if decides:
        return f"Anda memutus keberatan ini{until}."
    who = objection.decider.name if objection.decider else "Atasan pejabat penilai"
    whose = "keberatan Anda" if is_own else "keberatan ini"
    decided = f"{who} memutus {whose}{until}."
    if may_explain:
        return f"{decided} Sampaikan penjelasan Anda sebelum itu."
    if may_answer:
        return f"{decided} Sebelum pertemuan, Anda dapat mengisi jawaban tertulis."
    return f"{decided} Sekarang Anda tidak perlu berbuat apa-apa." if is_own else decided


def decided_told(objection, old, new):
    """The decision in one sentence; `old` and `new` are evaluations, `new` None where nothing changed."""
    if objection.state == State.CHANGED and new is not None:
        return f"Predikat menjadi {new.get_predikat_display()}, semula {old.get_predikat_display()}."
    if objection.state == State.UPHELD:
        return f"Predikat {old.get_predikat_display()} tetap berlaku."
    return ""


def decision_waits_for(objection, why, term):
    """Why it cannot be decided yet and from when it can, in plain words; "" where nothing is in the way."""
    if not why:
        return ""
    if term is None:
        return why
    return f"{why} Pada batas putusan, {day_words(term.due_on)}, Anda dapat memutus tanpa menunggu lagi."
