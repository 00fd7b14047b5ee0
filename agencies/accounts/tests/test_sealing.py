from datetime import timedelta

import pytest
import time_machine

from agencies.accounts.sealing import Unreadable, seal, unseal


def test_what_is_sealed_can_be_read_here_and_nowhere_else(settings):
    sealed = seal({"a": [1, "dua"]}, purpose="test")

    assert "dua" not in sealed
    assert unseal(sealed, purpose="test") == {"a": [1, "dua"]}
    settings.SECRET_KEY = "another installation"
    with pytest.raises(Unreadable):
        unseal(sealed, purpose="test")


def test_a_new_key_still_reads_what_the_old_one_sealed(settings):
    sealed, old = seal("x", purpose="test"), settings.SECRET_KEY

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new key", [old]

    assert unseal(sealed, purpose="test") == "x"
    assert unseal(seal("y", purpose="test"), purpose="test") == "y"


@pytest.mark.parametrize("changed", [lambda text: text[:-4] + "AAAA", lambda text: "", lambda text: "é"])
def test_what_was_changed_is_unreadable(changed):
    with pytest.raises(Unreadable):
        unseal(changed(seal("x", purpose="test")), purpose="test")


def test_another_purpose_and_too_great_an_age_are_unreadable():
    sealed = seal("x", purpose="test")

    with pytest.raises(Unreadable):
        unseal(sealed, purpose="another")
    with time_machine.travel(timedelta(seconds=61)), pytest.raises(Unreadable):
        unseal(sealed, purpose="test", seconds=60)
