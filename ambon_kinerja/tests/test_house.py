"""The house keeps its shape: imports point down, rooms keep their order, files stay readable, terms are known."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("ambon_kinerja", "agencies", "feedback", "appraisal")
ROOMS = {
    "ambon_kinerja": ("audit", "workdays", "lifecycle", "jobs", "documents", "notices", "personal_data"),
    "agencies": ("structure", "people", "access", "accounts", "intake", "chart", "careers"),
    "feedback": (
        "services",
        "citizens",
        "channels",
        "complaints",
        "colleagues",
        "results",
        "followup",
        "voice",
    ),
    "appraisal": (
        "rulebook",
        "cycle",
        "goals",
        "planning",
        "cascading",
        "monitoring",
        "citing",
        "guidance",
        "organisation",
        "scoring",
        "calibration",
        "objections",
        "outcomes",
        "corrections",
        "reports",
        "dashboard",
        "demo",
    ),
}
LONGEST_FILE = 400
MOST_MODULES_IN_A_FOLDER = 16
NEITHER_ROOM_NOR_DOOR = ("utils", "common", "helpers", "core", "misc", "services_layer")


def product_files():
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            if "migrations" not in path.parts and "__pycache__" not in path.parts:
                yield path


def room_of(path):
    """(floor, room) of a file; the room is "" for the floor's own modules and for its commands."""
    parts = path.relative_to(ROOT).parts
    room = parts[1] if len(parts) > 2 and parts[1] in ROOMS[parts[0]] else ""
    return parts[0], room


def imports_of(path):
    """Dotted names that a file imports, relative ones made absolute."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *(node.module or "").split("."))).strip(".")
            yield module
            yield from (f"{module}.{name.name}" for name in node.names)


def floor_and_room(name):
    parts = name.split(".")
    if parts[0] not in FLOORS:
        return None
    room = parts[1] if len(parts) > 1 and parts[1] in ROOMS[parts[0]] else ""
    return parts[0], room


def is_wiring(path):
    return path.parent == ROOT / "ambon_kinerja" or "commands" in path.parts


def is_test(path):
    return "tests" in path.parts or path.name == "conftest.py"


def broken_imports(path):
    """Imports that point to a higher floor or to a later room. Tests may set a scene with anything."""
    floor, room = room_of(path)
    for name in imports_of(path):
        target = floor_and_room(name)
        if target is None:
            continue
        if FLOORS.index(target[0]) > FLOORS.index(floor):
            yield f"{path.relative_to(ROOT)} imports {name}: a higher floor"
        elif target[0] == floor and room and target[1]:
            order = ROOMS[floor]
            if order.index(target[1]) > order.index(room):
                yield f"{path.relative_to(ROOT)} imports {name}: a later room"


def test_imports_point_down_and_rooms_import_only_earlier_rooms():
    found = [fault for path in product_files() if not is_test(path) for fault in broken_imports(path)]

    assert found == []


def test_the_import_check_sees_an_import_that_points_up(tmp_path, monkeypatch):
    folder = tmp_path / "agencies" / "people"
    folder.mkdir(parents=True)
    (folder / "bad.py").write_text("from appraisal.scoring import matrix\nfrom ..intake import models\n")
    monkeypatch.setitem(globals(), "ROOT", tmp_path)

    found = list(broken_imports(folder / "bad.py"))

    assert any("a higher floor" in fault for fault in found)
    assert any("a later room" in fault for fault in found)


def test_every_room_is_listed():
    for floor in FLOORS:
        folders = {
            path.name
            for path in (ROOT / floor).iterdir()
            if path.is_dir() and (path / "__init__.py").exists()
        }
        assert folders - {"migrations", "tests", "management", "templatetags"} <= set(ROOMS[floor]), floor


def test_no_file_is_longer_than_one_sitting():
    long = {
        str(path.relative_to(ROOT)): count
        for path in product_files()
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }

    assert long == {}


def test_no_folder_holds_more_modules_than_a_glance_takes_in():
    folders = {}
    for path in product_files():
        if path.name != "__init__.py" and not is_test(path):
            folders.setdefault(path.parent, []).append(path.name)

    assert {
        str(folder): len(names) for folder, names in folders.items() if len(names) > MOST_MODULES_IN_A_FOLDER
    } == {}


def test_no_drawer_without_a_name():
    assert [path for path in product_files() if path.stem in NEITHER_ROOM_NOR_DOOR] == []


def test_no_signals_and_no_save_overrides():
    """Nothing important happens as a side effect."""
    offenders = [
        str(path.relative_to(ROOT))
        for path in product_files()
        if not is_test(path)
        and re.search(r"def save\(self|@receiver|post_save|pre_save", path.read_text(encoding="utf-8"))
    ]

    assert offenders == []


def test_only_settings_and_entry_points_read_the_environment():
    allowed = {"settings.py", "celery.py", "wsgi.py"}
    offenders = [
        str(path.relative_to(ROOT))
        for path in product_files()
        if path.name not in allowed
        and not is_test(path)
        and re.search(r"os\.environ|os\.getenv", path.read_text(encoding="utf-8"))
    ]

    assert offenders == []


def test_no_template_switches_escaping_off():
    offenders = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.*")
        if re.search(r"\|\s*safe\b|autoescape off|safeseq", path.read_text(encoding="utf-8"))
    ]

    assert offenders == []


def test_a_form_included_alone_is_given_its_token():
    """An include with “only” hides the token of the request: the form would be refused by every browser."""
    texts = {
        str(path.relative_to(ROOT / "templates")): path.read_text(encoding="utf-8")
        for path in (ROOT / "templates").rglob("*.html")
    }
    with_token = {name for name, text in texts.items() if "{% csrf_token %}" in text}
    offenders = [
        (name, found[0])
        for name, text in texts.items()
        for found in re.finditer(r'{% include "([^"]+)"([^%]*) only %}', text)
        if found[1] in with_token and "token=" not in found[2]
    ]

    assert offenders == []


@pytest.mark.django_db
def test_every_model_stands_in_the_glossary():
    from django.apps import apps

    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    missing = [
        model.__name__
        for app in FLOORS
        for model in apps.get_app_config(app).get_models()
        if f"`{model.__name__}`" not in glossary and not hasattr(model, "pgh_tracked_model")
    ]

    assert missing == []
