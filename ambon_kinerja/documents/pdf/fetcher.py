"""The only door through which a document takes in a resource. Imported only while rendering (render.py)."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from weasyprint.urls import URLFetcher, URLFetcherResponse

STATIC_PATH = re.compile(r"static:((?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_.-]+)")
MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}
DATA_IMAGE = re.compile(r"data:image/(?:svg\+xml|png|jpeg)[;,]", re.IGNORECASE)


class OwnFilesFetcher(URLFetcher):
    """Gives images from `data:` and from `static:<path below static/>`; all else is refused and remembered.

    WeasyPrint leaves a gap where a fetch fails, and swallows even fatal errors inside a drawing: whoever
    renders must look at `refused` afterwards, so that hostile text and a forgotten picture are both seen.
    """

    def __init__(self):
        super().__init__(allowed_protocols=["data"], allow_redirects=False)
        self.refused = []

    def fetch(self, url, headers=None):
        try:
            if DATA_IMAGE.match(url):
                return super().fetch(url, headers)
            path = static_file(url)
        except Exception:
            self.refused.append(url)
            raise
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": MEDIA_TYPES[path.suffix]})


def static_file(url):
    match = STATIC_PATH.fullmatch(url)
    if not match or ".." in match[1] or Path(match[1]).suffix not in MEDIA_TYPES:
        raise ValueError("not an own static picture")
    if not (found := finders.find(match[1])):
        raise ValueError("no such static picture")
    return Path(found)
