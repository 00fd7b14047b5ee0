"""What all pages for citizens share."""


def no_store(response):
    """A page with a letter or a code is kept by nobody on the way, and its address is told to nobody."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
