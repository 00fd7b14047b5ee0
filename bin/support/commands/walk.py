"""bin/walk: the tests that drive a real browser through the pages, as each kind of user."""

from commands import test


def main(words):
    return test.main(["-m", "browser", *words])
