"""HTML → PDF, the one place where it happens. Nothing is fetched but own static pictures.

WeasyPrint is imported inside the functions: without its system libraries everything but PDFs still works.
"""

import hashlib
import re
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.contrib.staticfiles import finders

REPORT_CSS = ("css/pdf.css",)
MOST_HTML = 8_000_000
SVG = "{http://www.w3.org/2000/svg}svg"
FORBIDDEN_ELEMENTS = {"base", "embed", "iframe", "link", "object", "script"}
OPEN_LINKS = ("#", "http://", "https://", "mailto:")
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class RefusedContent(ValueError):
    """The HTML asks for something a document may not take in, or leaves out what readers need."""


def render_pdf(html, *, title, attachments=(), css=REPORT_CSS, issued_at=None):
    """Bytes of a tagged PDF that claims PDF/A-3a and PDF/UA-1; the same input gives the same bytes.

    `html` is a whole document with lang; pictures are `data:` or `static:img/x.svg`, and style sheets come
    by `css` (paths below static/) alone. `attachments` are (name, bytes, mime, description), embedded as
    the data behind the tables. Raises RefusedContent.
    """
    from weasyprint import HTML

    from .fetcher import OwnFilesFetcher
    from .standards import ArchiveMetadata, list_attachments_once

    if len(html) > MOST_HTML:
        raise RefusedContent(f"{len(html):,} characters of HTML; the most is {MOST_HTML:,}")
    moment = (issued_at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    stamp = moment.isoformat().replace("+00:00", "Z")
    html, title = CONTROL_CHARACTERS.sub("", html), CONTROL_CHARACTERS.sub("", title)
    identifier = hashlib.sha256(f"{title}{stamp}{html}".encode()).hexdigest()[:32].encode()
    fetcher = OwnFilesFetcher()
    source = HTML(string=html, base_url="static:", url_fetcher=fetcher)
    check_content(source.etree_element)
    document = source.render(pdf_variant="pdf/a-3a", stylesheets=[stylesheet(path) for path in css])
    document.metadata = ArchiveMetadata(
        **vars(document.metadata)
        | {"title": title, "generator": "Ambon Kinerja", "created": stamp, "modified": stamp}
    )
    pdf = document.write_pdf(
        pdf_variant="pdf/a-3a",
        pdf_identifier=identifier,
        attachments=[embedded(*attachment, moment=moment) for attachment in attachments],
        finisher=list_attachments_once,
    )
    refuse_if_any(fetcher.refused)
    return pdf


def refuse_if_any(urls):
    if urls:
        raise RefusedContent("asked for " + ", ".join(url[:100] for url in urls[:5]))


def check_content(root):
    """Raises RefusedContent; links to anywhere but the web, mail and the document itself become text."""
    level = 0
    if not root.get("lang"):
        raise RefusedContent("html has no lang")
    for element in root.iter():
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in FORBIDDEN_ELEMENTS or "attachment" in element.get("rel", "").lower():
            raise RefusedContent(f"<{tag}> has no place in a document")
        if tag == "img" and not element.get("alt"):
            raise RefusedContent("<img> without alt")
        if tag == SVG and not (element.findtext("{http://www.w3.org/2000/svg}title") or "").strip():
            raise RefusedContent("<svg> without title")
        if tag == "th" and element.get("scope") not in ("col", "row"):
            raise RefusedContent("<th> without scope")
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            if int(tag[1]) > level + 1:
                raise RefusedContent(f"<{tag}> after level {level}: a heading level is left out")
            level = int(tag[1])
        if "href" in element.attrib and not element.get("href").lower().startswith(OPEN_LINKS) and tag == "a":
            del element.attrib["href"]


def stylesheet(path):
    found = finders.find(path)
    if not found:
        raise RefusedContent(f"no style sheet static/{path}")
    return parsed_stylesheet(found, Path(found).stat().st_mtime_ns)


@lru_cache(maxsize=16)
def parsed_stylesheet(filename, _changed):
    """Parsed once a process: parsing costs more than laying out a page."""
    from weasyprint import CSS

    from .fetcher import OwnFilesFetcher

    fetcher = OwnFilesFetcher()
    parsed = CSS(filename=filename, base_url="static:", url_fetcher=fetcher)
    refuse_if_any(fetcher.refused)
    return parsed


def embedded(name, data, mime, description, *, moment):
    from weasyprint import Attachment

    attachment = Attachment(
        string=data, name=name, description=description, relationship="Data", created=moment, modified=moment
    )
    attachment.source = nullcontext(
        (BytesIO(data), None, None, mime)
    )  # so that the type is said, not guessed
    return attachment
