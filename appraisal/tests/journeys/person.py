"""Somebody at a browser without JavaScript: opens pages, follows links, fills forms by the words printed on them."""

from urllib.parse import urljoin

import lxml.html
from django.test import Client


class Person:
    """`page` is what he sees now. Every step asserts that the page exists and answers as a page should."""

    def __init__(self):
        self.client = Client(enforce_csrf_checks=True)
        self.path, self.page = "/", None

    def signs_in(self, name, password):
        self.opens("/masuk/")
        self.presses("Masuk", {"NIP atau surel": name, "Kata sandi": password})
        return self

    def opens(self, path):
        self.arrives(self.client.get(path, follow=True), path)

    def follows(self, words):
        self.opens(self.address_of(words))

    def downloads(self, words):
        """The bytes behind a link."""
        answer = self.client.get(self.address_of(words))
        assert answer.status_code == 200
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    def presses(self, words, filled=None, *, status=200, **files):
        """Press the button with these words after filling fields: {label or legend: words, or a list of them}.

        A list fills the fields of that label one after the other; `files` go to fields by name.
        """
        form, button = self.button(words)
        data = fields_of(form)
        for label, given in (filled or {}).items():
            names = names_under(form, label)
            assert names, f"no field “{label}” in the form of “{words}” on {self.path}"
            for name, text in zip(names, given if isinstance(given, list) else [given], strict=False):
                data[name] = [value_for(form, name, text)]
        if button.get("name"):
            data[button.get("name")] = [button.get("value", "")]
        target = urljoin(self.path, form.get("action") or self.path)
        send = self.client.post if form.get("method", "get").lower() == "post" else self.client.get
        self.arrives(send(target, data | files, follow=True), target, status=status)

    def arrives(self, answer, path, *, status=200):
        self.path = answer.redirect_chain[-1][0] if answer.redirect_chain else path
        self.page = lxml.html.document_fromstring(answer.content.decode())
        assert answer.status_code == status, f"{self.path} answers {answer.status_code}: {self.words()[:600]}"

    def reads(self, *sentences):
        seen = self.words()
        for sentence in sentences:
            assert sentence in seen, f"“{sentence}” is not on {self.path}: {seen}"

    def words(self):
        return " ".join(self.page.find(".//main").text_content().split())

    def address_of(self, words):
        """Where the first link leads whose text begins with `words`."""
        for link in self.page.iterfind(".//a[@href]"):
            if text_of(link).startswith(words):
                return urljoin(self.path, link.get("href"))
        raise AssertionError(f"no link “{words}” on {self.path}: {self.words()}")

    def button(self, words):
        """(form, button)"""
        for form in self.page.iterfind(".//form"):
            for button in form.iterfind(".//button"):
                if text_of(button).startswith(words):
                    return form, button
        raise AssertionError(f"no button “{words}” on {self.path}: {self.words()}")


def text_of(element):
    return " ".join(element.text_content().split())


def fields_of(form):
    """{name: [value, …]} as a browser would send it untouched."""
    data = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    return data


CHOSEN = ("radio", "checkbox")


def names_under(form, label):
    """The names of the fields with this label or legend, in the order of the page."""
    names = []
    for element in form.iter("label", "legend"):
        if text_of(element) not in (label, f"{label} (opsional)"):
            continue
        if element.tag == "legend":
            inputs = element.getparent().iterfind(".//input")
            controls = [one for one in inputs if one.get("type") in CHOSEN]
        else:
            controls = form.iterfind(f".//*[@id='{element.get('for')}']")
        names += list(dict.fromkeys(control.get("name") for control in controls))
    return names


def value_for(form, name, words):
    """What a form sends for a choice made by its printed words; what was typed stays as it is."""
    for control in form.iterfind(f".//input[@name='{name}']"):
        if control.get("type") in CHOSEN:
            label = form.find(f".//label[@for='{control.get('id')}']")
            if text_of(label) == words:
                return control.get("value")
    for option in form.iterfind(f".//select[@name='{name}']//option"):
        if text_of(option).startswith(words):
            return option.get("value")
    is_choice = form.find(f".//select[@name='{name}']") is not None
    is_choice = is_choice or form.find(f".//input[@name='{name}'][@type='radio']") is not None
    assert not is_choice, f"“{words}” is not among the choices of {name}"
    return words
