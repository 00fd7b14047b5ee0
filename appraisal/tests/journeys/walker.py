"""Follows the links of a site in a browser and notes what is wrong with each page it sees."""

import gzip
import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from django.contrib.staticfiles import finders
from django.urls import Resolver404, resolve

WIDTHS = {320: 640, 768: 1024, 1280: 800}
ALIKE = 2  # pages of one address pattern that are looked at; more would be the same page again
FILES = {
    "agencies:import-marked",
    "agencies:import-template",
    "agencies:import-template-csv",
    "agencies:orphan-file",
    "agencies:recovery-codes-download",
    "agencies:totp-qr",
    "agencies:vacancy-file",
    "ambon_kinerja:data-copy-download",
    "ambon_kinerja:document-download",
    "appraisal:evaluation-receipt",
    "appraisal:blind-file",
    "appraisal:evidence-open",
    "appraisal:objection-file",
    "appraisal:outcome-file",
    "appraisal:outcome-rows-file",
    "appraisal:outcome-rows-file?",
    "appraisal:report-download",
    "appraisal:unit-progress-data",
    "appraisal:unit-progress-data?",
    "feedback:complaint-file",
    "feedback:conduct-attachment",
    "feedback:followup-proof",
    "feedback:open-file",
    "feedback:public-proof",
}
# Words of Django, Python and template engines that no reader of Indonesian should meet.
FOREIGN = re.compile(
    r"This field|Submit|Enter a |Select a |Page not found|Not Found|Forbidden|Server Error|Please |Password\b|"
    r"Username|Sign in|Log in|Log out|Search\b|Cancel|Delete|Previous|\bNext\b|Error\b|AnonymousUser|"
    r"\bNone\b|\bTrue\b|\bFalse\b|\{\{|\{%|\bnan\b|object at 0x"
)
MEASURE = """() => {
  const named = e => e.tagName.toLowerCase() + (typeof e.className === 'string' && e.className ? '.' + e.className : '')
    + ' “' + (e.textContent || e.name || '').trim().replace(/\\s+/g, ' ').slice(0, 40) + '”';
  const small = [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary')]
    .filter(e => {
      const box = e.getBoundingClientRect(), inText = getComputedStyle(e).display === 'inline';
      const hidden = e.closest('.visually-hidden,.skip') || !e.checkVisibility();
      return !hidden && !inText && box.width && (box.height < 24 || box.width < 24);
    });
  const words = [...document.querySelectorAll('svg text')].map(e => ({e, box: e.getBoundingClientRect()}));
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4;
  const crossed = words.filter(({e, box}, n) => box.width
    && (box.right > e.ownerSVGElement.getBoundingClientRect().right + 1
      || words.some((other, m) => m > n && meet(box, other.box))));
  const wide = [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1);
  return {
    lang: document.documentElement.lang,
    headings: document.querySelectorAll('h1').length,
    over: document.documentElement.scrollWidth - innerWidth,
    wide: wide.slice(0, 3).map(named),
    small: small.slice(0, 3).map(named),
    crossed: crossed.slice(0, 3).map(({e}) => named(e)),
    text: document.title + ' ' + document.body.innerText,
    links: [...document.querySelectorAll('a[href]')].map(a => a.href),
  };
}"""


@dataclass
class Walk:
    """One visitor: `page` is a Playwright page of a context in which he is signed in, or not.

    `heaviest` is the budget of a page in compressed bytes, with style sheets, images and scripts.
    """

    page: object
    base: str
    heaviest: int
    elsewhere: tuple = ()  # beginnings of addresses that another walk looks at
    look_closer: object = lambda page, path, width: None  # e.g. takes a picture
    seen: dict = field(default_factory=dict)  # {address pattern: number of pages}
    faults: list = field(default_factory=list)

    def __post_init__(self):
        self.page.on("console", lambda message: self.hear(message.type, message.text))
        self.page.on("pageerror", lambda error: self.hear("error", str(error)))

    def hear(self, kind, text):
        is_form_with_errors = "status of 422" in text
        if kind == "error" and not is_form_with_errors:
            self.faults.append(f"{self.page.url}: browser says {text[:200]}")

    def everywhere_from(self, start, *, widths):
        """Look at `start` and at all that links lead to from there, each at one width, taken in turn."""
        waiting, known = [start], {start}
        while waiting:
            path = waiting.pop(0)
            width = widths[sum(self.seen.values()) % len(widths)]
            for link in self.at(path, widths=(width,)):
                if link not in known and self.is_new(link):
                    known.add(link)
                    waiting.append(link)

    def is_new(self, path):
        if path.startswith(self.elsewhere):
            return False
        pattern = pattern_of(path)
        self.seen[pattern] = self.seen.get(pattern, 0) + 1
        return self.seen[pattern] <= ALIKE

    def at(self, path, *, widths=tuple(WIDTHS)):
        """Look at one address at these widths; the links on it."""
        if pattern_of(path) in FILES:
            answer = self.page.request.get(urljoin(self.base, path))
            self.expect(answer.status == 200, path, f"status {answer.status}")
            return []
        self.page.set_viewport_size({"width": widths[0], "height": WIDTHS[widths[0]]})
        answer = self.page.goto(urljoin(self.base, path))
        self.expect(answer.status == 200, path, f"status {answer.status}")
        self.expect(answer.headers.get("content-security-policy"), path, "no content security policy")
        weight = weight_of(answer.body())
        self.expect(weight <= self.heaviest, path, f"{weight} bytes compressed, at most {self.heaviest}")
        return self.here(path, widths=widths)

    def follow(self, target):
        """Click on what leads to another page, and be there: what comes next never meets a page half gone."""
        with self.page.expect_navigation():
            target.click()

    def here(self, path, *, widths=tuple(WIDTHS)):
        """Look at the page as it stands; the links on it, as paths of this site."""
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": WIDTHS[width]})
            found = self.page.evaluate(MEASURE)
            at = f"{path} at {width} px"
            self.expect(found["lang"] == "id", at, f"lang is {found['lang']!r}")
            self.expect(found["headings"] == 1, at, f"{found['headings']} main headings")
            self.expect(found["over"] <= 0, at, f"{found['over']} px too wide: {found['wide']}")
            self.expect(not found["small"], at, f"targets below 24 px: {found['small']}")
            self.expect(not found["crossed"], at, f"chart texts over each other: {found['crossed']}")
            foreign = FOREIGN.search(found["text"])
            self.expect(not foreign, at, f"foreign words: {foreign and words_around(foreign)}")
            self.look_closer(self.page, path, width)
        return [path for link in found["links"] if (path := self.own_path(link))]

    def own_path(self, link):
        parts = urlsplit(link)
        if parts.netloc != urlsplit(self.base).netloc or parts.path.startswith("/static/"):
            return ""
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def expect(self, is_true, where, what):
        if not is_true:
            self.faults.append(f"{where}: {what}")


def pattern_of(path):
    """The name of the address, and whether it carries a query, e.g. "appraisal:team?"."""
    parts = urlsplit(path)
    try:
        return resolve(parts.path).view_name + ("?" if parts.query else "")
    except Resolver404:
        return parts.path


def words_around(found):
    return found.string[max(0, found.start() - 30) : found.end() + 30].replace("\n", " ")


def weight_of(body):
    """What a first visit costs: the page and every file of ours that it names, each compressed."""
    text = body.decode()
    names = set(re.findall(r"""(?:src|href)="/static/([^"?#]+\.(?:css|js|svg|png|jpg|webp))["?#]""", text))
    return len(gzip.compress(body)) + sum(weight_of_file(name) for name in names)


WEIGHED = {}


def weight_of_file(name):
    if name not in WEIGHED:
        with open(finders.find(name), "rb") as file:
            WEIGHED[name] = len(gzip.compress(file.read()))
    return WEIGHED[name]
