"""What every answer carries, whoever made it."""


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
