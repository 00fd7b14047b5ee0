"""Evidence as the second reader gets it: a neutral name, no metadata, and no file whose text says whose it is. No ORM.

Pictures are drawn anew when they are taken in, so nothing hides behind them. A PDF is copied page by page without
properties, forms, comments and structure; when its text can be read and holds a name, it is kept back. What stands in
a picture or a scan nobody can find by searching: the reader is told so and may step back (docs/adr/0021).
"""

import io
import re

import pikepdf

from .masking import says_whose

PDF = "application/pdf"
SUFFIX = {PDF: ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
KEPT_OF_A_PAGE = ("/Type", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate")
SAYS_MORE = ("/Metadata", "/PieceInfo", "/LastModified")
SHOWS_TEXT = {"Tj", "'", '"', "TJ"}
MAPPED = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
RANGED = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)


def neutral_name(number, content_type):
    return f"bukti-{number}{SUFFIX[content_type]}"


def nameless(content, content_type, pattern):
    """The bytes for the reader, or None when the file says whose it is or cannot be copied."""
    if content_type != PDF:
        return content
    try:
        with pikepdf.open(io.BytesIO(content)) as source:
            if says_whose(" ".join(text_of(page) for page in source.pages), pattern):
                return None
            return copied(source)
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
        return None


def copied(source):
    """A new PDF with the looks of the pages alone."""
    target = pikepdf.new()
    for page in source.pages:
        target.pages.append(page)
        last = target.pages[-1].obj
        for key in [key for key in list(last.keys()) if key not in (*KEPT_OF_A_PAGE, "/Parent")]:
            del last[key]
    for item in target.objects:
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            for key in SAYS_MORE:
                if key in item:
                    del item[key]
    out = io.BytesIO()
    target.save(out, deterministic_id=True)
    return out.getvalue()


def text_of(page):
    """What can be read of a page's text: good enough to find a name in it, not to read it."""
    fonts = {}
    for name, font in dict(page.obj.get("/Resources", {}).get("/Font", {})).items():
        fonts[name] = letters_of(font)
    said, letters = [], (1, {})
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            letters = fonts.get(str(operands[0]), (1, {}))
        elif str(operator) in SHOWS_TEXT:
            said.append(shown(operands[-1], letters))
    return " ".join(said)


def shown(operand, letters):
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    return "".join(decoded(bytes(part), letters) for part in parts if isinstance(part, pikepdf.String))


def decoded(raw, letters):
    width, known = letters
    codes = (int.from_bytes(raw[at : at + width]) for at in range(0, len(raw), width))
    if known:
        return "".join(known.get(code, "") for code in codes)
    return raw.decode("latin-1")


def letters_of(font):
    """(bytes of a code, {code: letters}) from the font's table for copying text; empty where it has none."""
    table = font.get("/ToUnicode")
    if table is None:
        return 1, {}
    known, width = {}, 1
    for kind, body in SECTION.findall(table.read_bytes()):
        if kind == b"bfchar":
            for code, letters in MAPPED.findall(body):
                width = max(width, len(code) // 2)
                known[int(code, 16)] = as_text(letters)
        else:
            for first, last, letters in RANGED.findall(body):
                width = max(width, len(first) // 2)
                start = int(letters, 16)
                for step in range(min(int(last, 16) - int(first, 16) + 1, 65536)):
                    known[int(first, 16) + step] = chr(min(start + step, 0x10FFFF))
    return width, known


def as_text(code):
    return bytes.fromhex(code.decode()).decode("utf-16-be", "ignore")
