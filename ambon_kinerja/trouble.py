"""What a person gets when something breaks: never a lost text.

A database that is silent, gone or busy gives 503 and a page that carries the text just sent, ready to be sent again.
"""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template import loader
from django.views.defaults import server_error

PASSING = (OperationalError, InterfaceError)
NEVER_SENT_BACK = {
    "csrfmiddlewaretoken", "password", "old", "new", "again", "code", "credential", "carried"
}  # fmt: skip
MOST_SENT_BACK = 200_000  # characters


def something_broke(request):
    """Django's handler500: for a passing fault of the database, a page to try again from; else the plain 500."""
    if not isinstance(sys.exc_info()[1], PASSING):
        return server_error(request)
    logging.getLogger("ambon_kinerja").error("database trouble at %s", request.path)
    context = {
        "address": request.get_full_path(),
        "fields": sent_fields(request),
        "csrf_token": token_for(request),
    }
    page = loader.get_template("503.html").render(context)
    return HttpResponse(page, status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"})


def sent_fields(request):
    """[(name, text)] of what was posted, without secrets; empty when it is too long to carry."""
    if request.method != "POST":
        return []
    sent = [(name, text) for name in request.POST for text in request.POST.getlist(name)]
    kept = [(name, text) for name, text in sent if name not in NEVER_SENT_BACK]
    return kept if sum(len(text) for _, text in kept) <= MOST_SENT_BACK else []


def token_for(request):
    """Pages without a CSRF token, those of citizens, set no cookie here either."""
    found = request.resolver_match
    is_exempt = getattr(found and found.func, "csrf_exempt", False)
    return get_token(request) if request.method == "POST" and not is_exempt else ""
