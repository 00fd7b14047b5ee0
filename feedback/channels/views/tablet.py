"""The survey on a tablet: no sign-in, no cookie; the address is the key. Without a script a POST does it too."""

import json
import re
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback.citizens.actions import NotOpen, WrongAnswers
from feedback.citizens.queries import questionnaire_on

from ..actions.kiosks import KioskFull, device_with, note_seen, take_in
from ..forms.answers import KEY, PROFILE, AnswersForm

WORKER = settings.BASE_DIR / "static/js/kiosk_worker.js"
MOST_AT_ONCE = 50
FULL = "Kios ini sudah menerima terlalu banyak jawaban hari ini. Tanyakan kepada petugas."


# No cookie means no CSRF token: who knows the address of the tablet may send, nobody else.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def tablet(request, key):
    device, today = found(key), timezone.localdate()
    questionnaire = questionnaire_on(today, device.service)
    if not device.is_active or not device.service.is_open or questionnaire is None:
        return show(request, "closed", {"device": device}, status=410)
    note_seen(device, day=today)
    if request.method != "POST":
        return show(request, "tablet", {"device": device, "form": AnswersForm(questionnaire=questionnaire)})
    form = AnswersForm(request.POST, questionnaire=questionnaire)
    if not form.is_valid():
        if "sending_key" in form.errors:
            form.with_a_new_key()
        return show(request, "tablet", {"device": device, "form": form}, status=422)
    try:
        take_in(
            device,
            key=form.cleaned_data["sending_key"],
            answers=form.answers,
            profile=form.profile,
            day_text=today.isoformat(),
            today=today,
        )
    except KioskFull:
        form.add_error(None, FULL)
        return show(request, "tablet", {"device": device, "form": form}, status=429)
    return redirect("feedback:tablet-thanks", key=key)


@login_not_required
@require_safe
def thanks(request, key):
    return show(request, "thanks", {"device": found(key)})


@csrf_exempt
@login_not_required
@require_POST
def send(request, key):
    """{"answers": [{key, day, answers, profile}]} → {"in": [keys], "refused": {key: reason}}.

    A key that stands in neither list comes again. 410: the tablet was revoked, 409: the service is closed, 429: too
    much for one day; what was taken in before stands in "in" all the same.
    """
    device, today = found(key), timezone.localdate()
    if not device.is_active:
        return JsonResponse({"state": "revoked"}, status=410)
    sent = read(request.body)
    if sent is None:
        return JsonResponse({"state": "unreadable"}, status=400)
    note_seen(device, day=today)
    taken, refused = [], {}
    for each in sent[:MOST_AT_ONCE]:
        try:
            take_in(device, today=today, **each)
        except WrongAnswers as wrong:
            refused[each["key"]] = str(wrong)
        except NotOpen:
            return JsonResponse({"state": "closed", "in": taken, "refused": refused}, status=409)
        except KioskFull:
            return JsonResponse({"state": "full", "in": taken, "refused": refused}, status=429)
        else:
            taken.append(each["key"])
    return JsonResponse({"state": "open", "in": taken, "refused": refused})


def read(body):
    """The answers of a batch as arguments of `take_in`, or None when it is not what our own page sends."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return None
    answers = sent.get("answers") if isinstance(sent, dict) else None
    if not isinstance(answers, list) or not all(map(is_answer, answers)):
        return None
    return [
        {
            "key": each["key"],
            "answers": each["answers"],
            "profile": profile_of(each.get("profile")),
            "day_text": each.get("day"),
        }
        for each in answers
    ]


def is_answer(each):
    return (
        isinstance(each, dict)
        and isinstance(each.get("key"), str)
        and re.fullmatch(KEY, each["key"]) is not None
        and isinstance(each.get("answers"), dict)
    )


def profile_of(sent):
    """What of the profile is one of the choices; the rest was not told."""
    sent = sent if isinstance(sent, dict) else {}
    return {
        name: sent[name]
        for name, _, choices in PROFILE
        if isinstance(sent.get(name), str) and sent[name] in dict(choices)
    }


@login_not_required
@require_safe
def worker(request):
    """The service worker: served from here, since a worker reaches only addresses below its own."""
    response = HttpResponse(worker_text(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@lru_cache(maxsize=1)
def worker_text():
    return WORKER.read_text(encoding="utf-8")


def found(key):
    device = device_with(key)
    if device is None:
        raise Http404
    return device


def show(request, name, context, status=200):
    response = render(request, f"feedback/channels/tablet/{name}.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response
