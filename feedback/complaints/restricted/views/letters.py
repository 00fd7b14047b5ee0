"""What was put before this person himself: his right of reply, or a confidential word to a superior."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access.scope import own_person
from agencies.careers.views.answering import Page

from .. import actions
from ..forms import AnswerForm
from ..models import RestrictedCase, RestrictedLetter
from ..queries import letters_for
from .answering import FORMS, answer

REPLY = RestrictedLetter.Kind.REPLY


def awaits_reply(letter):
    return letter.kind == REPLY and letter.case.state == RestrictedCase.State.REPLY_ASKED


@require_safe
def letter_list(request):
    own_person(request.user)
    letters = letters_for(request.user)
    awaited = [letter for letter in letters if awaits_reply(letter)]
    context = {
        "letters": letters,
        "awaited": min(awaited, key=lambda letter: letter.due_on, default=None),
        "today": timezone.localdate(),
    }
    return render(request, "feedback/restricted/letters.html", context)


@FORMS
def letter_detail(request, pk):
    letter = next((each for each in letters_for(request.user) if each.pk == pk), None)
    if letter is None:
        raise Http404
    here = reverse("feedback:conduct-letter", args=[pk])
    if request.method != "POST" and not awaits_reply(letter):
        return render(request, "feedback/restricted/letter.html", {"letter": letter})

    def store(values):
        actions.reply(letter, text=values["answer"], by=request.user)
        return here

    page = Page(
        title="Hak jawab Anda",
        submit="Kirim jawaban",
        back=reverse("feedback:conduct-letter-list"),
        back_words="Surat untuk Anda",
        template="feedback/restricted/letter_form.html",
    )
    done = "Jawaban Anda diterima. Anda diberi tahu sesudah ada putusan."
    return answer(request, AnswerForm(request.POST or None), page, store=store, done=done, letter=letter)
