"""A small real PDF to show as evidence."""

from io import BytesIO

import pikepdf


def small_pdf(text):
    """One A5 page that says `text` (ASCII)."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(420, 595))
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        words = text.encode("ascii", "replace").replace(b"(", b"").replace(b")", b"")
        page.Contents = pdf.make_stream(b"BT /F1 14 Tf 40 520 Td (" + words + b") Tj ET")
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
