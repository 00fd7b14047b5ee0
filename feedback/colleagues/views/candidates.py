"""Proposing colleagues, and approving the list from which is drawn."""

from dataclasses import replace

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agencies.access.scope import own_person
from agencies.careers.views.answering import Page, answer
from agencies.people.models import Employee

from ..actions import approve_candidates, pot_of, propose_candidates, proposed_keys
from ..forms import CandidatesForm
from ..models import FeedbackRound, Relation
from ..queries import subjects_of_team, visible_subjects
from ..rules import takes_candidates

SMALL = (
    f"Rekan setingkat dan bawahan yang dapat dipilih kurang dari {settings.COLLEAGUES_MINIMUM} orang. Karena itu tidak"
    " ada yang diundi untuk pegawai ini, dan daftar tidak perlu diisi."
)
FORMS = require_http_methods(["GET", "HEAD", "POST"])


def grouped_choices(pot):
    """The colleagues of a pot by name, under their relation."""
    people = Employee.objects.filter(pk__in=pot).order_by("name", "pk").values_list("pk", "name")
    groups = {relation: [] for relation in Relation.values}
    for key, name in people:
        groups[pot[key]].append((key, name))
    return [(Relation(relation).label, rows) for relation, rows in groups.items() if rows]


def choose(request, subject, page, *, hint, chosen, store, done):
    pot = pot_of(subject)
    if len(pot) < settings.COLLEAGUES_MINIMUM:
        page = replace(page, intro=SMALL)
    form = CandidatesForm(
        request.POST or None, people=grouped_choices(pot), hint=hint, initial={"people": chosen}
    )

    def act(values):
        store(values["people"])
        return reverse("feedback:colleague-desk")

    def now():
        names = Employee.objects.filter(pk__in=proposed_keys(subject)).values_list("name", flat=True)
        return [("Usulan yang tercatat", ", ".join(names))]

    return answer(request, form, page, store=act, done=done, now=now)


@FORMS
def propose(request, pk):
    """The employee's own page, while his round is prepared and his superior has not decided."""
    person = own_person(request.user)
    subject = get_object_or_404(visible_subjects(request.user), pk=pk, employee=person)
    if not takes_candidates(subject.round) or (subject.approved_at and request.method != "POST"):
        raise Http404
    page = Page(
        title="Usulkan rekan",
        submit="Kirim usulan",
        back=reverse("feedback:colleague-desk"),
        back_words="Umpan balik rekan",
        intro="Atasan Anda dapat menerima, menolak, dan menambah rekan. Dari daftarnya sistem mengundi.",
        facts=[("Putaran", subject.round.name)],
    )
    return choose(
        request,
        subject,
        page,
        hint="Pilih rekan yang mengenal pekerjaan Anda. Anda tidak diberi tahu siapa yang akhirnya diminta.",
        chosen=proposed_keys(subject),
        store=lambda people: propose_candidates(subject, people=people, by=request.user),
        done="Usulan dikirim kepada atasan Anda.",
    )


@FORMS
def approve(request, pk):
    """The appraiser's page about one of his team."""
    person = own_person(request.user)
    subject = get_object_or_404(
        subjects_of_team(person), pk=pk, round__choosing=FeedbackRound.Choosing.APPROVED
    )
    if not takes_candidates(subject.round):
        raise Http404
    kept = subject.candidates.filter(is_approved=True).values_list("person", flat=True)
    page = Page(
        title=f"Daftar rekan {subject.employee.name}",
        submit="Setujui daftar",
        back=reverse("feedback:colleague-desk"),
        back_words="Umpan balik rekan",
        intro="Anda menentukan siapa yang boleh diminta. Siapa yang terundi dan apa jawabannya tidak Anda lihat.",
        facts=[("Putaran", subject.round.name)],
    )
    return choose(
        request,
        subject,
        page,
        hint=(
            f"Pilih sedikitnya {settings.COLLEAGUES_MINIMUM} rekan. Yang sudah tercentang adalah usulan pegawai; paling"
            " banyak separuh daftar boleh usulannya."
        ),
        chosen=list(kept) if subject.approved_at else proposed_keys(subject),
        store=lambda people: approve_candidates(subject, people=people, by=request.user),
        done="Daftar rekan disetujui.",
    )
