"""What may stand in a document, and what is mended before it is drawn. Works on text and the parsed tree."""

import re

SVG = "{http://www.w3.org/2000/svg}svg"
SVG_TITLE = "{http://www.w3.org/2000/svg}title"
FORBIDDEN_ELEMENTS = {"base", "embed", "iframe", "link", "object", "script"}
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
OPEN_LINKS = ("#", "http://", "https://", "mailto:")
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
LONG_WORD = re.compile(r"\S{80}(?=\S)")
NO_GLYPH = "□"


class RefusedContent(ValueError):
    """The HTML asks for something a document may not take in, or leaves out what readers need."""


def without_control_characters(text):
    return CONTROL_CHARACTERS.sub("", text)


def with_placeholders(html, characters):
    """`html` with a box for every character that no installed font can draw: PDF/A forbids empty glyphs."""
    return html.translate({ord(character): NO_GLYPH for character in characters})


def check(root):
    """Raise RefusedContent for what has no place in a document or could not be read aloud."""
    level = 0
    if not root.get("lang"):
        raise RefusedContent("html has no lang")
    for element in elements_of(root):
        check_element(element)
        if element.tag in HEADINGS:
            if HEADINGS[element.tag] > level + 1:
                raise RefusedContent(f"<{element.tag}> after level {level}: a heading level is left out")
            level = HEADINGS[element.tag]


def check_element(element):
    tag = element.tag
    if tag in FORBIDDEN_ELEMENTS or "attachment" in element.get("rel", "").lower():
        raise RefusedContent(f"<{tag}> has no place in a document")
    if tag == "tfoot":  # alone on the next page it would be a table without a body, which PDF/UA forbids
        raise RefusedContent('<tfoot>: end the body with <tr class="total">')
    if tag == "th" and element.get("scope") not in ("col", "row"):
        raise RefusedContent("<th> without scope")
    if tag == "img" and not element.get("alt"):
        raise RefusedContent("<img> without alt")
    if tag == SVG and not (element.findtext(SVG_TITLE) or "").strip():
        raise RefusedContent("<svg> without title")


def mend(root):
    """Links that lead neither to the web nor to mail nor into the document become text; endless words may break.

    The renderer's time grows with the square of a word's length: 20,000 letters without a space take 14 s.
    """
    for element in elements_of(root):
        if element.tag == "a" and not element.get("href", "#").lower().startswith(OPEN_LINKS):
            del element.attrib["href"]
        if element.text and element.tag != "style":
            element.text = breakable(element.text)
        if element.tail:
            element.tail = breakable(element.tail)


def breakable(text):
    return LONG_WORD.sub(lambda part: part[0] + "\u200b", text)


def elements_of(root):
    return (element for element in root.iter() if isinstance(element.tag, str))
