"""What every answer carries, whoever made it, and the answer to what cannot be read as a request."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponseBadRequest
from django.shortcuts import render
from django.template.loader import render_to_string

TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


class PrivatePagesMiddleware:
    """Pages made for a signed-in person are never stored by a cache (ASVS 14.2.2, 14.3.2)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


def bad_request(request, exception):
    """In place of Django's English words. Anything about the request may be wrong, so 400.html knows nothing of it."""
    if isinstance(exception, TOO_BIG):
        return render(request, "413.html", status=413)
    return HttpResponseBadRequest(render_to_string("400.html"))
