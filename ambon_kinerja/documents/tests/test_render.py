import socket
import time
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest

from ambon_kinerja.documents.pdf.content import RefusedContent
from ambon_kinerja.documents.pdf.render import MOST_HTML, render_pdf
from ambon_kinerja.documents.seal import Seal

from .sample import ATTACHMENTS, CSV, report_html

MOMENT = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
SEAL = Seal(number="AK/LAP/2026/000123", code="kX3f9aB_tQ-72LmZp0WcEg", issued_at=MOMENT)
SVG = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{}</svg>"


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("rendering opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def page_of(body=""):
    return f"<!DOCTYPE html><html lang=id><title>Uji</title><body><h1>Uji</h1>{body}</body></html>"


def rendered(html, **options):
    return render_pdf(html, title="Uji", issued_at=MOMENT, **options)


def opened(data):
    return pikepdf.open(BytesIO(data))


def text_of(data):
    from pypdf import PdfReader

    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


@pytest.fixture(scope="module")
def report():
    return render_pdf(
        report_html(SEAL), title="Laporan Akuntabilitas Kinerja", attachments=ATTACHMENTS, issued_at=MOMENT
    )


def test_a_report_claims_both_standards_in_its_metadata(report):
    with opened(report) as pdf, pdf.open_metadata() as metadata:
        claims = [metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]]

    assert claims == ["3", "A", "1"]


def test_the_ua_claim_comes_with_its_extension_schema(report):
    with opened(report) as pdf:
        xmp = pdf.Root.Metadata.read_bytes().decode()

    assert "pdfaExtension:schemas" in xmp
    assert xmp.count("<rdf:RDF") == 1


def test_a_report_is_tagged_and_says_language_and_title(report):
    with opened(report) as pdf:
        facts = [
            str(pdf.Root.Lang),
            str(pdf.docinfo["/Title"]),
            bool(pdf.Root.MarkInfo.Marked),
            bool(pdf.Root.ViewerPreferences.DisplayDocTitle),
            "/K" in pdf.Root.StructTreeRoot,
        ]

    assert facts == ["id", "Laporan Akuntabilitas Kinerja", True, True, True]


def test_a_report_has_no_action_but_links_to_the_web(report):
    with opened(report) as pdf:
        actions = [a["/A"] for page in pdf.pages for a in page.get("/Annots", []) if "/A" in a]
        kinds = {(str(action["/S"]), str(action["/URI"])) for action in actions}
        root_keys = set(pdf.Root.keys())

    assert kinds == {("/URI", "https://peraturan.go.id/")}
    assert not root_keys & {"/OpenAction", "/AA", "/AcroForm"}


def test_the_data_of_the_tables_is_embedded_as_data(report):
    with opened(report) as pdf:
        [file] = pdf.Root.AF
        facts = (str(file.UF), str(file.AFRelationship), str(file.EF.F.Subtype), file.EF.F.read_bytes())

    assert facts == ("data.csv", "/Data", "/text/csv", CSV)


def test_the_same_input_gives_the_same_bytes():
    html = report_html(SEAL)

    first = rendered(html, attachments=ATTACHMENTS)

    assert rendered(html, attachments=ATTACHMENTS) == first


def test_every_font_is_embedded(report):
    with opened(report) as pdf:
        fonts = [
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]

        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_pages_are_counted_and_carry_the_number():
    text = text_of(rendered(report_html(SEAL, rows=12)))

    assert "Halaman 1 dari 4" in text
    assert "Halaman 4 dari 4" in text
    assert text.count("AK/LAP/2026/000123") == 4


REACHING_OUT = {
    "file image": "<img alt=x src='file://{canary}'>",
    "bare path": "<img alt=x src='{canary}'>",
    "metadata service": "<img alt=x src='http://169.254.169.254/latest/'>",
    "scheme-less host": "<img alt=x src='//evil.example/x.png'>",
    "our own site": "<img alt=x src='https://kinerja.ambon.go.id/static/img/x.png'>",
    "ftp": "<img alt=x src='ftp://evil.example/x.png'>",
    "climbing static": "<img alt=x src='static:../manage.py'>",
    "climbing static, encoded": "<img alt=x src='static:%2e%2e/manage.py'>",
    "climbing static to a picture": "<img alt=x src='static:img/../../x.png'>",
    "absolute static": "<img alt=x src='static:/etc/passwd'>",
    "static that is no picture": "<img alt=x src='static:css/pdf.css'>",
    "data that is no image": "<img alt=x src='data:text/html,x'>",
    "css import": "<style>@import url(http://169.254.169.254/x.css);</style>",
    "css import of a file": "<style>@import 'file://{canary}';</style>",
    "css import of data": "<style>@import 'data:text/css,p{{}}';</style>",
    "css background": "<p style='background-image:url(http://evil.example/x.png)'>x</p>",
    "css list picture": "<ul><li style='list-style-image:url(file://{canary})'>x</ul>",
    "css content": "<style>p::before {{ content: url(file://{canary}) }}</style><p>x</p>",
    "font": "<style>@font-face {{ font-family: x; src: url(http://evil.example/x.ttf) }}</style>",
    "svg image": "<svg width=9 height=9><title>x</title><image width=9 height=9 href='file://{canary}'/></svg>",
    "svg in data": '<img alt=x src="'
    + SVG.format("<image width='9' height='9' href='file://{canary}'/>")
    + '">',
    "base": "<base href='file:///etc/'><img alt=x src=passwd>",
    "link attachment": "<link rel=attachment href='file://{canary}'>",
    "link attachment of data": "<link rel=attachment href='data:text/plain,x'>",
    "anchor attachment": "<a rel=attachment href='file://{canary}'>x</a>",
    "anchor attachment of data": "<a rel='x ATTACHMENT' href='data:text/plain,x'>x</a>",
    "link stylesheet": "<link rel=stylesheet href='http://evil.example/x.css'>",
    "object": "<object data='file://{canary}'></object>",
    "embed": "<embed src='file://{canary}'>",
    "iframe": "<iframe src='file://{canary}'></iframe>",
    "script": "<script>alert(1)</script>",
}


NEVER_FOLLOWED = {
    "svg use": "<svg width=9 height=9><title>x</title><use href='http://evil.example/x.svg#a'/></svg>",
    "svg use of a file": "<svg width=9 height=9><title>x</title><use href='file://{canary}#a'/></svg>",
    "svg in data, use": '<img alt=x src="' + SVG.format("<use href='http://evil.example/x.svg%23a'/>") + '">',
    "presentational": "<table background='file://{canary}'><tr><td>x</table>",
    "picture set": "<img alt=x src='static:img/lambang.svg' srcset='http://evil.example/x.png 2x'>",
}


@pytest.fixture
def canary(tmp_path):
    path = tmp_path / "canary.svg"
    path.write_text(
        "<svg xmlns='http://www.w3.org/2000/svg' id='a' width='9' height='9'><text>CANARY</text></svg>"
    )
    return path


@pytest.mark.parametrize("payload", REACHING_OUT.values(), ids=REACHING_OUT.keys())
def test_html_that_reaches_out_is_refused(payload, canary):
    with pytest.raises(RefusedContent):
        rendered(page_of(payload.format(canary=canary)))


@pytest.mark.parametrize("payload", NEVER_FOLLOWED.values(), ids=NEVER_FOLLOWED.keys())
def test_what_the_renderer_never_follows_brings_nothing_in(payload, canary):
    data = rendered(page_of(payload.format(canary=canary)))

    with opened(data) as pdf:
        assert "/AF" not in pdf.Root
        assert "/Names" not in pdf.Root
    assert "CANARY" not in text_of(data)


HOSTILE_TEXTS = [
    *REACHING_OUT.values(),
    *NEVER_FOLLOWED.values(),
    "{{ settings.SECRET_KEY }}",
    "</script>",
    "\x00\ud800z",
]


@pytest.mark.parametrize("start", range(0, len(HOSTILE_TEXTS), 12))
def test_hostile_text_in_a_field_is_only_text(start):
    texts = HOSTILE_TEXTS[start : start + 12]

    data = rendered(report_html(SEAL, remark="\n".join(texts)))

    with opened(data) as pdf:
        assert "/AF" not in pdf.Root
    shown = text_of(data).replace(" ", "")
    assert [text for text in texts if "".join(text.strip("\x00\ud800").split()) not in shown] == []


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "file:///etc/passwd", "/halaman", "data:text/html,x", " JavaScript:x"]
)
def test_a_link_to_anything_but_web_and_mail_becomes_text(href):
    with opened(rendered(page_of(f"<p><a href='{href}'>bukti</a></p>"))) as pdf:
        assert "/Annots" not in pdf.pages[0]


@pytest.mark.parametrize(
    "body",
    [
        "<img src='static:img/lambang.svg'>",
        "<svg width=9 height=9></svg>",
        "<h3>dua tingkat di bawah h1</h3>",
        "<table><tr><th>a</th></tr></table>",
        "<table><tbody><tr><td>a</td></tr></tbody><tfoot><tr><td>b</td></tr></tfoot></table>",
    ],
    ids=[
        "picture without words",
        "drawing without words",
        "heading level left out",
        "head cell without scope",
        "foot that may stand alone",
    ],
)
def test_what_a_screen_reader_could_not_tell_is_refused(body):
    with pytest.raises(RefusedContent):
        rendered(page_of(body))


def test_a_page_without_language_is_refused():
    with pytest.raises(RefusedContent):
        rendered("<h1>Uji</h1>")


def test_html_beyond_the_limit_is_refused_before_any_work():
    with pytest.raises(RefusedContent):
        rendered(page_of("x" * MOST_HTML))


def test_a_missing_stylesheet_is_named():
    with pytest.raises(RefusedContent, match=r"css/tidak-ada\.css"):
        rendered(page_of(), css=["css/tidak-ada.css"])


def test_a_character_that_no_font_has_is_drawn_as_a_box():
    with_private_use = rendered(page_of("<p>kata \ue000 lagi</p>"))

    assert "kata □ lagi" in text_of(with_private_use)
    assert "kata é ✓ lagi" in text_of(rendered(page_of("<p>kata é ✓ lagi</p>")))


def time_to_draw(text):
    start = time.process_time()
    data = rendered(page_of(f"<p>{text}</p>"))
    assert text_of(data).count("x") == text.count("x")
    return time.process_time() - start


@pytest.mark.slow
def test_a_word_without_end_is_drawn_as_fast_as_the_same_letters_in_words():
    """Without breaks it takes many times as long; an absolute limit would measure the machine."""
    time_to_draw("x")  # what is loaded only once
    in_words = time_to_draw(("x" * 80 + " ") * 250)

    assert time_to_draw("x" * 20_000) < 3 * in_words
