"""Reading the forms of the law back from the pages, as the texts of their cells."""

import re

from lxml import html

LOOSE = re.compile(r"%? ?[–-] ?(?=\d)")


def tree_of(response):
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def text_of(element):
    return " ".join(element.text_content().split())


def texts(element, path):
    return [text_of(each) for each in element.xpath(path)]


def lines_of(element):
    """The lines of a cell in which every line break is a <br>."""
    for each in element.xpath(".//br"):
        each.tail = f"\n{each.tail or ''}"
    lines = [" ".join(line.split()) for line in element.text_content().split("\n")]
    return [line for line in lines if line]


def loosely(target):
    """A target without the ways in which a range may be joined: "80 – 90%", "80%-90%" and "80–90%" say the same."""
    return LOOSE.sub("–", target)


def results_of(tree):
    """[(kind, statement, who assigned it, above, [(indicator, target, perspective or aspect)])] of the wide table."""
    found, kind = [], ""
    for body in tree.xpath(
        "//table[contains(@class, 'form-a17') and not(contains(@class, 'behaviour'))]/tbody"
    ):
        if "group" in body.get("class"):
            kind = text_of(body)
        elif body.xpath(".//th"):
            found.append(result_of(body, kind))
    return found


def result_of(body, kind):
    rows = [[], [], []]
    for column, labels in enumerate((("Indikator",), ("Target",), ("Perspektif", "Aspek"))):
        for label in labels:
            rows[column] += [loosely(one) for one in texts(body, f".//td[@data-label='{label}']")]
    indicators = list(zip(*(column or [""] * len(rows[0]) for column in rows), strict=True))
    above = body.xpath(".//td[contains(@class, 'above')]")
    return (
        kind,
        text_of(body.xpath(".//th/span[@class='text']")[0]),
        assigned(body),
        lines_of(above[0]) if above else [],
        indicators,
    )


def assigned(body):
    found = [text for text in texts(body, ".//span[contains(@class, 'from')]") if "Penugasan dari" in text]
    return found[0].removeprefix("(Penugasan dari ").removesuffix(")") if found else ""


def narrative_of(tree):
    """The same of the narrow table in which the qualitative forms are printed."""
    found, kind = [], ""
    for body in tree.xpath("//table[contains(@class, 'narrative')]/tbody"):
        if "group" in body.get("class"):
            kind = text_of(body)
        elif body.xpath(".//th"):
            found.append(
                (kind, text_of(body.xpath(".//span[@class='text']")[0]), assigned(body), texts(body, ".//li"))
            )
    return found


def expectations_of(tree):
    """{value: the lines expected of it}"""
    found = {}
    for body in tree.xpath("//table[contains(@class, 'behaviour')]/tbody"):
        for cell in body.xpath(".//span[@class='expectation']"):
            found[text_of(body.xpath(".//span[@class='text']")[0]).lower()] = lines_of(cell)
    return found


def identities_of(tree):
    """(post, unit) of the two."""
    pairs = []
    for table in tree.xpath("//table[@class='identity']"):
        named = {text_of(row[1]): text_of(row[2]) for row in table.xpath(".//tr") if len(row) == 3}
        pairs.append((named["Jabatan"], named["Unit kerja"]))
    return pairs


def printed_parts(tree):
    """{part: its numbered lines} of the printed annex."""
    parts = {}
    for body in tree.xpath("//table[@class='printed-form']/tbody"):
        parts[text_of(body[0])] = [text_of(row[1]) for row in body[1:]]
    return parts


def manual_of(tree):
    """{row: its lines} of the printed manual; of what is ticked only that."""
    found = {}
    for row in tree.xpath("//table[contains(@class, 'manual')]//tr"):
        ticked = [
            text_of(one).removeprefix("(✓) ") for one in row[-1].xpath("./span") if "✓" in one.text_content()
        ]
        found[text_of(row[-2])] = ticked or lines_of(row[-1])
    return found


def table_rows(tree):
    """The texts of the cells of each row; those of a list stand one after the other."""
    return [
        [" ".join(texts(cell, ".//li")) or text_of(cell) for cell in row] for row in tree.xpath("//table//tr")
    ]
