"""Versions of the questionnaire: from a future day on, changed only before it begins, each change on the trail."""

from django.db import transaction
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event

from ..elements import Element, faults_of
from ..models import Question, Questionnaire, ServiceKind


class QuestionnaireRefused(ValueError):
    """Nothing was changed; `faults` are the reasons in Indonesian."""

    def __init__(self, *faults):
        super().__init__(" ".join(faults))
        self.faults = faults


@transaction.atomic
def propose_questionnaire(*, kind, name, legal_basis, valid_from, questions, by):
    """A new version that holds from the future day `valid_from`; `questions` are dicts of Question's fields in order.

    Raises QuestionnaireRefused.
    """
    one_at_a_time()
    check(kind, valid_from, questions)
    if Questionnaire.objects.filter(kind=kind, valid_from=valid_from).exists():
        raise QuestionnaireRefused("Sudah ada kuesioner sejenis yang berlaku sejak hari itu.")
    version = Questionnaire.objects.create(
        kind=kind, name=name, legal_basis=legal_basis, valid_from=valid_from
    )
    ask(version, questions)
    record_event("questionnaire.propose", version, by=by, details={"kind": kind, "from": valid_from})
    return version


@transaction.atomic
def revise_questionnaire(version, *, name, legal_basis, valid_from, questions, by):
    """Another text for a version that has not begun. Raises QuestionnaireRefused."""
    one_at_a_time()
    locked = not_begun(version)
    check(locked.kind, valid_from, questions, but=locked)
    others = Questionnaire.objects.filter(kind=locked.kind, valid_from=valid_from).exclude(pk=locked.pk)
    if others.exists():
        raise QuestionnaireRefused("Sudah ada kuesioner sejenis yang berlaku sejak hari itu.")
    locked.name, locked.legal_basis, locked.valid_from = name, legal_basis, valid_from
    locked.save(update_fields=["name", "legal_basis", "valid_from"])
    locked.questions.all().delete()
    ask(locked, questions)
    record_event("questionnaire.revise", locked, by=by, details={"from": valid_from})
    return locked


@transaction.atomic
def withdraw_questionnaire(version, *, by):
    """Take a version back before it begins. Raises QuestionnaireRefused."""
    locked = not_begun(version)
    record_event(
        "questionnaire.withdraw", locked, by=by, details={"kind": locked.kind, "from": locked.valid_from}
    )
    locked.delete()


@transaction.atomic
def choose_kind(service, *, kind, by):
    """Which questionnaire a service asks from now on."""
    chosen, _ = ServiceKind.objects.update_or_create(service=service, defaults={"kind": kind})
    record_event("questionnaire.choose", service, by=by, details={"kind": kind})
    return chosen


def not_begun(version):
    locked = Questionnaire.objects.select_for_update().get(pk=version.pk)
    if locked.valid_from <= timezone.localdate():
        raise QuestionnaireRefused("Kuesioner ini sudah berlaku, jadi tidak bisa diubah. Buat versi baru.")
    return locked


def one_at_a_time():
    """What two write at the same moment could not be compared. Whoever answers meanwhile waits for nobody."""
    list(Questionnaire.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def check(kind, valid_from, questions, *, but=None):
    """Raises QuestionnaireRefused; `but` is the version that is written anew."""
    faults = faults_of(kind, [(each["element"], each.get("replaces", "")) for each in questions])
    others = Question.objects.exclude(local_label="").exclude(questionnaire=but)
    known = {row.pop("element"): row for row in others.values("element", "local_label", "replaces")}
    faults += [
        fault
        for each in questions
        if each["element"] in known
        for fault in changes(each, known[each["element"]])
    ]
    if valid_from <= timezone.localdate():
        faults.append("Versi baru berlaku paling cepat besok, agar jawaban hari ini tidak tercampur.")
    if faults:
        raise QuestionnaireRefused(*faults)


def changes(question, known):
    """Answers are counted by the element's key: it keeps its name and its place in all questionnaires."""
    name = question.get("local_label", "")
    if name != known["local_label"]:
        before = f"“{known['local_label']}” yang sudah ditanyakan"
        yield f"“{name}” terlalu mirip dengan {before}. Pakai nama itu, atau nama lain."
    elif question.get("replaces", "") != known["replaces"]:
        before = known["replaces"] and Element(known["replaces"]).label.lower()
        asked = f"sebagai pengganti {before}" if before else "sebagai tambahan"
        yield f"“{name}” sudah ditanyakan {asked}. Untuk tempat yang lain pakai nama lain."


def ask(version, questions):
    Question.objects.bulk_create(
        Question(questionnaire=version, position=place, **question)
        for place, question in enumerate(questions, 1)
    )
