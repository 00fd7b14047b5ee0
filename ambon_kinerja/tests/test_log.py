import json
import logging
import re

from ambon_kinerja.celery import app, keep_our_log
from ambon_kinerja.log import JsonLines


def line_for(message, *words, **extra):
    record = logging.makeLogRecord(
        {"name": "celery.worker", "levelname": "INFO", "msg": message, "args": words} | extra
    )
    return JsonLines().format(record)


def test_typed_text_cannot_forge_a_second_line():
    line = line_for("masuk: %s", 'x\n{"event": "palsu"}')

    assert "\n" not in line
    assert json.loads(line)["event"] == 'masuk: x\n{"event": "palsu"}'


def test_a_line_says_when_with_its_offset_and_where_from():
    said = json.loads(line_for("selesai"))

    assert (said["logger"], said["level"]) == ("celery.worker", "info")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d{4}", said["timestamp"])


def test_what_celery_knows_of_a_task_besides_its_words_stays_out():
    line = line_for(
        "Task %s failed", "run_job", data={"args": "(12,)", "kwargs": "{'nip': '198001012005011001'}"}
    )

    assert "198001012005011001" not in line


def test_celery_leaves_the_log_to_the_settings():
    from celery.signals import setup_logging

    assert any(receiver() is keep_our_log for _, receiver in setup_logging.receivers)
    assert app.conf.accept_content == ["json"]
