"""One person's errand in a real browser: follows links and presses buttons by the words printed on them."""

import re
from dataclasses import dataclass

from .browser import menu_place


@dataclass
class Errand:
    """`pages` counts the pages he had to wait for."""

    page: object
    base: str
    pages: int = 0

    def opens(self, path):
        self.page.goto(self.base + path)
        self.arrived()

    def follows(self, words):
        self.leaves_by("link", words)

    def presses(self, words):
        self.leaves_by("button", words)

    def chooses(self, label):
        """Goes by the main menu."""
        self.clicks(menu_place(self.page, label))

    def leaves_by(self, role, words):
        target = self.page.get_by_role("main").get_by_role(role, name=spoken(words)).first
        assert target.count(), f"no {role} “{words}” on {self.page.url}: {self.words()}"
        self.clicks(target)

    def clicks(self, target):
        with self.page.expect_navigation():
            target.click()
        self.arrived()

    def arrived(self):
        self.pages += 1
        over = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, f"{self.page.url} is {over} px too wide"

    def fills(self, label, text):
        self.page.get_by_label(label, exact=False).first.fill(text)

    def picks(self, legend, words):
        group = self.page.get_by_role("group", name=legend)
        group.get_by_label(words, exact=False).first.check()

    def selects(self, label, words):
        """The first option that begins with these words."""
        field = self.page.get_by_label(label, exact=False).first
        options = field.locator("option").all_inner_texts()
        field.select_option(label=next(text for text in options if text.strip().startswith(words)))

    def reads(self, *sentences):
        seen = self.words()
        for sentence in sentences:
            assert sentence in seen, f"“{sentence}” is not on {self.page.url}: {seen}"

    def words(self):
        return " ".join(self.page.get_by_role("main").inner_text().split())


def spoken(words):
    """Before a part that is for the ear only a browser puts a space: “Ambil: ini” is called "Ambil : ini"."""
    return re.compile(re.escape(words).replace(":", r"\s?:"))
