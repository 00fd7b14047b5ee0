"""Every guard of the house by name, and how one of them is taken away for the length of a test."""

import importlib
import inspect
import re
from contextlib import contextmanager
from functools import cache

from agencies.people.models import Employee
from appraisal.scoring.models import Evaluation

from .matrix import ROOT

FLOORS = ("ambon_kinerja", "agencies", "feedback", "appraisal")
# What a guard is called, and in which modules guards stand.
NAMES = re.compile(
    r"(visible|readable|may|can|oversees)_\w+|is_(owner|appraiser|wanted|guide|superior|office|counsel)\w*|why_not_score|to_score|team_of|\w+_only|has_role|covers|units_of|grants_on"
)
PLACES = re.compile(r"/(rules|queries|scope|reporting_line|views|views/\w+)\.py$")
TAKEN = {}  # guard: what answers in its place


@cache
def guards():
    """{"module.function": function} of the whole product; a tenth of a guard's test otherwise."""
    found = {}
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            if "tests" in path.parts or not PLACES.search(path.as_posix()):
                continue
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            module = importlib.import_module(name)
            for function in vars(module).values():
                if (
                    inspect.isfunction(function)
                    and function.__module__ == name
                    and NAMES.fullmatch(function.__name__)
                ):
                    found[f"{name}.{function.__name__}"] = function
    return found


@contextmanager
def without(*names, somebody):
    """These guards let everybody through, wherever they are already imported or kept: their code is exchanged."""
    kept = [(guards()[name], name) for name in names]
    codes = [guard.__code__ for guard, _ in kept]
    for guard, name in kept:
        TAKEN[name] = permissive(guard, somebody)
        guard.__code__ = stand_in(name)
    try:
        yield
    finally:
        for (guard, name), code in zip(kept, codes, strict=True):
            guard.__code__ = code
            TAKEN.pop(name)


def stand_in(name):
    space = {}
    exec(  # noqa: S102
        "def stand_in(*args, **options):\n"
        "    from appraisal.tests.guards import TAKEN\n"
        f"    return TAKEN[{name!r}](*args, **options)\n",
        space,
    )
    return space["stand_in"].__code__


def permissive(guard, somebody):
    """What the guard would answer if it guarded nothing; a scope is asked for `somebody` of whose rows it is."""
    name = guard.__name__
    if name == "team_of":
        return lambda *args, **options: Employee.objects.values("pk")
    if name == "to_score":
        return lambda *args, **options: Evaluation.objects.all()
    if name.endswith("_only"):
        return lambda *args, **options: None
    if name.startswith("why_"):
        return lambda *args, **options: ""
    if not name.startswith(("visible_", "readable_", "units_of", "grants_on")):
        return lambda *args, **options: True
    model = guard(somebody).model
    return lambda *args, **options: model._default_manager.all()
