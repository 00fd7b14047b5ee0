from django.conf import settings

from ambon_kinerja.jobs.models import Job
from ambon_kinerja.lifecycle import drawing
from ambon_kinerja.lifecycle.steps import Step


def boss(user, record):
    """The boss | nobody else

    and more.
    """


STEPS = (
    Step("start", "Mulai", ("waiting",), "running", boss),
    Step("stop", "Hentikan", ("waiting", "running"), "cancelled", boss, needs_reason=True, who="Pemohon"),
)


def test_the_document_is_what_the_code_says():
    drawn = (settings.BASE_DIR / "docs" / "lifecycles.md").read_text(encoding="utf-8")

    assert drawn == drawing.draw_all(), "run: bin/manage draw_lifecycles"


def test_every_room_with_states_is_drawn():
    floors = ("ambon_kinerja", "agencies", "feedback", "appraisal")
    doors = ("*/states.py", "*/states/[a-z]*.py", "*/*/states.py")
    rooms = [path for floor in floors for door in doors for path in (settings.BASE_DIR / floor).glob(door)]

    found = {".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts) for path in rooms}

    assert found == set(settings.LIFECYCLES)


def test_the_diagram_shows_the_beginning_every_step_and_the_ends():
    lines = drawing.diagram(Job._meta.get_field("state"), STEPS).splitlines()

    assert lines[7:] == [
        "    [*] --> waiting",
        "    waiting --> running: Mulai",
        "    waiting --> cancelled: Hentikan",
        "    running --> cancelled: Hentikan",
        "    done --> [*]",
        "    failed --> [*]",
        "    cancelled --> [*]",
        "```",
    ]


def test_the_table_says_who_in_words_and_in_code():
    lines = drawing.table(Job._meta.get_field("state"), STEPS).splitlines()

    assert lines[2:] == [
        f"| `start` | Mulai | Menunggu | Sedang dikerjakan | The boss \\| nobody else: `{__name__}.boss` |  |",
        f"| `stop` | Hentikan | Menunggu, Sedang dikerjakan | Dibatalkan | Pemohon: `{__name__}.boss` | required |",
    ]
