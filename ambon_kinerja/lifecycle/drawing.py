"""Draws docs/lifecycles.md from the steps themselves, so that the picture is never older than the code."""

from importlib import import_module

from django.apps import apps
from django.conf import settings

HEAD = """# Lifecycles

Drawn from every room's `states.py` by `bin/manage draw_lifecycles`; change the code, then draw again. A record moves
from state to state by these steps alone (`ambon_kinerja.lifecycle.steps.take`), and each leaves a row of its own.
"""


def draw_all():
    """The whole document as text."""
    return "\n".join([HEAD, *(draw(import_module(name)) for name in settings.LIFECYCLES)])


def draw(states):
    """One room's lifecycle: the diagram, then the table. `states` has RECORD ("app.Model") and STEPS."""
    model = apps.get_model(states.RECORD)
    parts = [f"## {model.__name__}", f"`{states.__name__}`"]
    for field in dict.fromkeys(step.field for step in states.STEPS):
        steps = [step for step in states.STEPS if step.field == field]
        parts += [diagram(model._meta.get_field(field), steps), table(model._meta.get_field(field), steps)]
    return "\n\n".join(parts) + "\n"


def diagram(field, steps):
    words = dict(field.flatchoices)
    left = {source for step in steps for source in step.sources}
    lines = ["```mermaid", "stateDiagram-v2", *(f"    {value}: {label}" for value, label in words.items())]
    if field.has_default():
        lines.append(f"    [*] --> {field.get_default()}")
    lines += [f"    {source} --> {step.target}: {step.label}" for step in steps for source in step.sources]
    lines += [f"    {value} --> [*]" for value in words if value not in left]
    return "\n".join([*lines, "```"])


def table(field, steps):
    words = dict(field.flatchoices)
    lines = ["| step | button | from | to | who | reason |", "|---|---|---|---|---|---|"]
    for step in steps:
        sources = ", ".join(str(words[source]) for source in step.sources)
        reason = "required" if step.needs_reason else ""
        lines.append(
            f"| `{step.name}` | {step.label} | {sources} | {words[step.target]} | {who(step)} | {reason} |"
        )
    return "\n".join(lines)


def who(step):
    """In words when the step or its rule has some, and always where the rule stands."""
    first_line = (step.may.__doc__ or "").strip().partition("\n")[0].rstrip(".")
    rule = f"`{step.may.__module__}.{step.may.__qualname__}`"
    return ": ".join(filter(None, [step.who or first_line, rule])).replace("|", "\\|")
