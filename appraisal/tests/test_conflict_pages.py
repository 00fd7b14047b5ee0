"""Every page that shows two texts side by side says who saved the other one, when, and where it is read."""

import pytest
from django.conf import settings

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.audit.queries import last_act_on

TEMPLATES = settings.BASE_DIR / "templates" / "appraisal"
SIGNS = ("di jendela lain</b>", "baru saja diubah</b>", 'id="tersimpan"', "Sudah diubah orang lain</b>")
# Written by one person alone; figures say for each line who recorded it and when.
ALONE = {"objections/blind.html", "monitoring/realisation.html"}


def conflict_pages():
    for path in sorted(TEMPLATES.rglob("*.html")):
        text = path.read_text()
        if any(sign in text for sign in SIGNS):
            yield str(path.relative_to(TEMPLATES)), text


def test_every_page_of_a_conflict_says_who_saved_when_and_where_it_is_read():
    found = dict(conflict_pages())

    assert len(found) >= 15
    for name, text in found.items():
        if name in ALONE:
            assert '<a href="{{ request.path }}">Buka yang tersimpan</a>' in text, name
        else:
            assert "{% saved_meanwhile " in text, name


@pytest.mark.django_db
def test_the_newest_act_is_that_of_the_part_asked_for():
    for step, by in ((7, "first"), (71, "other"), (7, "second"), (71, "other")):
        record_event("action_step.save", "appraisal.Skp:1", by=by, details={"step": step, "before": None})
    record_event("action_step.agree", "appraisal.Skp:1", by="later", details={"step": 7})
    record_event("action_step.save", "appraisal.Skp:2", by="elsewhere", details={"step": 7})

    assert last_act_on("appraisal.Skp:1", ["action_step.save"], ("step", 7)).actor == "second"
    assert last_act_on("appraisal.Skp:1", ["action_step.save"]).actor == "other"
    assert last_act_on("appraisal.Skp:1", ["action_step.save"], ("step", 1)) is None
    for name in ('Rp "x" (a+b)', "café"):
        record_event("agreement.save_budget", "x:1", by="one", details={"name": name, "amount": 1})
        assert last_act_on("x:1", ["agreement.save_budget"], ("name", name)).actor == "one"
