"""Files that must not be let in, and why. Every entry: (name, bytes, part of the reason)."""

import io
import zipfile

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


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<html><script>alert(1)</script>"
PHP = b"<?php system($_GET['c']); ?>"
PLAIN = pdf_with()

REFUSED = {
    "empty": ("kosong.pdf", b"", "kosong"),
    "too large": ("besar.pdf", PLAIN + b"0" * 5 * 1024 * 1024, "5 MB"),
    "no ending": ("laporan", PLAIN, "PDF, JPG, atau PNG"),
    "another type": ("laporan.docx", zipped(), "PDF, JPG, atau PNG"),
    "svg": ("gambar.svg", SVG, "PDF, JPG, atau PNG"),
    "html": ("halaman.html", HTML, "PDF, JPG, atau PNG"),
    "double ending": ("laporan.pdf.php", PHP, "PDF, JPG, atau PNG"),
    "program called pdf": ("laporan.php.pdf", PHP, "tidak sesuai"),
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
}
