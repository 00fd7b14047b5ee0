"""The documents keep up with the code: variables, links and commands they name are there, and none is left out."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READERS = ("README.md", "deploy/README.md")
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "deploy/README.md", *ROOT.glob("docs/**/*.md")]
)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def variables_read_by_settings():
    """The names given to `env.…(…)` and to `required(…)`."""
    tree = ast.parse((ROOT / "ambon_kinerja/settings.py").read_text(encoding="utf-8"))
    names = set()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        on_env = isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "env"
        is_required = isinstance(call.func, ast.Name) and call.func.id == "required"
        if (on_env or is_required) and call.args and isinstance(call.args[0], ast.Constant):
            names.add(call.args[0].value)
    return names


def test_every_variable_of_the_settings_is_documented():
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in READERS)
    variables = variables_read_by_settings()

    assert {"SECRET_KEY", "DATABASE_URL", "BROKER_URL", "LOG_LEVEL"} <= variables
    assert {name for name in variables if f"`{name}`" not in text} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_to_a_file(page):
    targets = [
        link.partition("#")[0]
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:|#", link)
    ]

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_command_of_the_readme_exists():
    named = set(re.findall(r"\bbin/([a-z_]+)", (ROOT / "README.md").read_text(encoding="utf-8")))

    assert {"run", "test"} <= named
    assert {name for name in named if not (ROOT / "bin" / name).is_file()} == set()


def test_every_guide_stands_in_the_index_of_guides():
    folder = ROOT / "docs/panduan"
    listed = set(LINK.findall((folder / "README.md").read_text(encoding="utf-8")))

    assert {path.name for path in folder.glob("*.md")} - {"README.md"} == listed
