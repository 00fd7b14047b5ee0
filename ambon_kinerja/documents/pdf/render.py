"""HTML → PDF, the one place where it happens. Nothing is fetched but own static pictures.

WeasyPrint is imported inside the functions: without its system libraries everything but PDFs still works.
"""

import hashlib
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.contrib.staticfiles import finders

from .content import RefusedContent, check, mend, with_placeholders, without_control_characters

REPORT_CSS = ("css/pdf.css",)
MOST_HTML = 2_500_000  # about 7,000 table rows; the renderer takes a minute and 1 GB for them
VARIANT = "pdf/a-3a"


def render_pdf(html, *, title, attachments=(), css=REPORT_CSS, issued_at=None):
    """Bytes of a tagged PDF that claims PDF/A-3a and PDF/UA-1; the same input gives the same bytes.

    `html` is a whole document with lang; pictures are `data:` or `static:img/x.svg`, and style sheets come
    by `css` (paths below static/) alone. `attachments` are (name, bytes, mime, description), embedded as
    the data behind the tables. Raises RefusedContent.
    """
    if len(html) > MOST_HTML:
        raise RefusedContent(f"{len(html):,} characters of HTML; the most is {MOST_HTML:,}")
    moment = (issued_at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    html, title = without_control_characters(html), without_control_characters(title)
    options = {"title": title, "attachments": attachments, "css": css, "moment": moment}
    pdf, undrawable = drawn(html, **options)
    if undrawable:
        pdf, _ = drawn(with_placeholders(html, undrawable), **options)
    return pdf


def drawn(html, *, title, attachments, css, moment):
    """The PDF, and the characters for which no installed font has a glyph."""
    from weasyprint import HTML

    from .fetcher import OwnFilesFetcher
    from .standards import ArchiveMetadata, list_attachments_once

    fetcher = OwnFilesFetcher()
    source = HTML(string=html, base_url="static:", url_fetcher=fetcher)
    check(source.etree_element)
    mend(source.etree_element)
    document = source.render(pdf_variant=VARIANT, stylesheets=[stylesheet(path) for path in css])
    stamp = moment.isoformat().replace("+00:00", "Z")
    document.metadata = ArchiveMetadata(
        **vars(document.metadata)
        | {"title": title, "generator": "Ambon Kinerja", "created": stamp, "modified": stamp}
    )
    pdf = document.write_pdf(
        pdf_variant=VARIANT,
        pdf_identifier=hashlib.sha256(f"{title}{stamp}{html}".encode()).hexdigest()[:32].encode(),
        attachments=[embedded(*attachment, moment=moment) for attachment in attachments],
        finisher=list_attachments_once,
    )
    refuse_if_any(fetcher.refused)
    return pdf, {chr(point) for font in document.fonts.values() for point in font.missing}


def refuse_if_any(urls):
    if urls:
        raise RefusedContent("asked for " + ", ".join(url[:100] for url in urls[:5]))


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
    # The type is said here; WeasyPrint would guess it from the name.
    attachment.source = nullcontext((BytesIO(data), None, None, mime))
    return attachment
