"""Words without the people in them: what the lane reads before a seal is open, and what leaves the lane at all."""

import re

from .sealing import name_words

HIDDEN = "[nama disegel]"
LONGEST_COPY = 8  # so many words in a row taken over from the citizen may show who wrote them
WORD = re.compile(r"[^\W_]+")


def without_names(text, *secrets):
    """`text` with every word of these names or contacts covered."""
    hidden = set().union(*(name_words(secret) | numbers_in(secret) for secret in secrets if secret), set())
    covered = WORD.sub(lambda found: HIDDEN if is_hidden(found[0], hidden) else found[0], text)
    return re.sub(rf"{re.escape(HIDDEN)}(\W{{1,2}}{re.escape(HIDDEN)})+", HIDDEN, covered)


def is_hidden(word, hidden):
    return bool((name_words(word) | numbers_in(word)) & hidden)


def numbers_in(text):
    return set(re.findall(r"\d{4,}", text))


def words_of(text):
    return [word.lower() for word in WORD.findall(text)]


def copies(text, original, length=LONGEST_COPY):
    """Does `text` take over so many words in a row from `original`? All of it, when it is shorter than that."""
    mine, theirs = words_of(text), words_of(original)
    size = min(length, len(theirs))
    if not size or len(mine) < size:
        return False
    runs = {tuple(theirs[at : at + size]) for at in range(len(theirs) - size + 1)}
    return any(tuple(mine[at : at + size]) in runs for at in range(len(mine) - size + 1))


def names_somebody(text, *secrets):
    """The words of `text` that stand in one of these names or contacts."""
    hidden = set().union(*(name_words(secret) | numbers_in(secret) for secret in secrets if secret), set())
    return sorted({word for word in WORD.findall(text) if is_hidden(word, hidden)})
