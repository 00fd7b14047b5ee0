"""The lot: a seed kept in the trail has to give the same draw in every later version of this code."""

from feedback.colleagues.drawing import BUSY, SMALL, Plan, draw

SEED = "5eed" * 16
PLAN = Plan(minimum=5, each=6, most=7)


def pots():
    """Two teams whose leaders are colleagues of each other's members, one of them small, and somebody alone."""
    teams = [range(1, 13), range(13, 30), range(30, 33)]
    found = {person: dict.fromkeys(team, "peer") for team in teams for person in team}
    found[1] |= dict.fromkeys(range(13, 30), "subordinate")
    found[13] |= dict.fromkeys((30, 31, 32), "subordinate")
    for person, pot in found.items():
        pot.pop(person, None)
    return found | {99: {}}


def test_a_seed_gives_the_same_draw_for_ever():
    drawn = draw(pots(), SEED, PLAN)

    assert drawn.digest(SEED) == "0332d9e004c83929a35efa2720fd69dbd29a45a10c58b8444a82ec07d86e10f9"
    assert drawn.not_drawn == dict.fromkeys((30, 31, 32, 99), SMALL)
    assert max(drawn.loads.values()) <= PLAN.most


def test_who_finds_all_colleagues_busy_is_not_drawn():
    narrow = draw(pots(), SEED, Plan(minimum=5, each=6, most=4))

    assert set(narrow.not_drawn.values()) == {SMALL, BUSY}
    assert narrow.raters
    assert all(len(raters) >= 5 for raters in narrow.raters.values())
