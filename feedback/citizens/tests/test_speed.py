"""The survey under load, behind real web servers: bin/test feedback/citizens/tests/test_speed.py --measure -n 0 -s.

SURVEY_SECONDS shortens the five minutes of the endurance run. Client and servers share the machine, so only the two
measured side by side may be compared.
"""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection

from feedback.citizens.models import SurveyAnswer, SurveyResponse
from feedback.citizens.sending import new_sending_key

from .scene import ALL_FOURS, build_service

pytestmark = [pytest.mark.measure, pytest.mark.django_db(transaction=True)]
AT_ONCE, A_SECOND = 32, 200
SIDE_BY_SIDE = int(os.environ.get("SIDE_BY_SIDE_SECONDS", "10"))  # for each of the four measurements
ADDRESSES = count(1)


@pytest.fixture
def served(tmp_path):
    """(service, port of the application, port of the bare form) over the test's own database."""
    service = build_service()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("DROP TABLE IF EXISTS bare_answer")
        cursor.execute("CREATE TABLE bare_answer (id bigserial PRIMARY KEY, said text)")
        cursor.execute("GRANT ALL ON bare_answer, bare_answer_id_seq TO PUBLIC")
        cursor.execute(f"SET ROLE {settings.APPLICATION_ROLE}")
    env = os.environ | {
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": re.sub(
            r"/[^/?]*(\?|$)", rf"/{connection.settings_dict['NAME']}\1", os.environ["DATABASE_URL"]
        ),
        "DEMO": "1",
        "DEBUG": "0",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1",
        "BEHIND_PROXY": "1",
        "STATIC_ROOT": str(tmp_path / "static"),
        "DATA_DIR": str(tmp_path),
    }
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"],
        env=env,
        cwd=settings.BASE_DIR,
        check=True,
    )
    with ExitStack() as servers:
        own = servers.enter_context(gunicorn("ambon_kinerja.wsgi:application", settings.BASE_DIR, env))
        bare = servers.enter_context(gunicorn("bare_form:application", Path(__file__).parent, env))
        yield service, own, bare
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("DROP TABLE bare_answer")
        cursor.execute(f"SET ROLE {settings.APPLICATION_ROLE}")


@contextmanager
def gunicorn(application, folder, env):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--preload"]
    words += ["--workers", "2", "--threads", "4", "--log-level", "error", "--no-control-socket"]
    server = subprocess.Popen(words, cwd=folder, env=env)
    try:
        for _ in range(300):
            with socket.socket() as asking:
                if asking.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def ask(port, method, path, body=""):
    """(status, seconds) of one request, each from another address; by hand, for the client shares the machine."""
    began, number = time.perf_counter(), next(ADDRESSES)
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Connection: close",
        f"X-Forwarded-For: {address}",
    ]
    if body:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    with socket.create_connection(("127.0.0.1", port), timeout=60) as asking:
        asking.sendall("\r\n".join([*lines, "", body]).encode())
        answer = b"".join(iter(lambda: asking.recv(65536), b""))
    return int(answer.split(maxsplit=2)[1]), time.perf_counter() - began


def together(seconds, one):
    """What `one` () gave in AT_ONCE threads for so many seconds."""
    until, given = time.monotonic() + seconds, []

    def work():
        while time.monotonic() < until:
            given.append(one())

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def p95(given):
    times = sorted(seconds for _, seconds in given)
    return 1000 * times[int(0.95 * (len(times) - 1))]


def filled(service):
    key = new_sending_key(service, begun=int(time.time()) - 60)
    return urlencode(ALL_FOURS | {"waktu": 3, "sending_key": key, "comment": f"Saran {key[-8:]}"})


def test_the_survey_takes_at_most_five_times_a_bare_form(served):
    service, own, bare = served
    path, plain = f"/survei/{service.slug}/", urlencode(ALL_FOURS)
    measured = {
        "bare page": (200, lambda: ask(bare, "GET", "/")),
        "survey page": (200, lambda: ask(own, "GET", path)),
        "bare post": (302, lambda: ask(bare, "POST", "/", plain)),
        "survey post": (302, lambda: ask(own, "POST", path, filled(service))),
    }
    found = {}
    for name, (status, one) in measured.items():
        given = together(SIDE_BY_SIDE, one)
        found[name] = p95(given)
        wrong = [each for each, _ in given if each != status]
        print(
            f"\n{name:<12} {len(given) / SIDE_BY_SIDE:>6.0f}/s  p95 {found[name]:>7.1f} ms  wrong {len(wrong)}"
        )
        assert wrong == []

    assert found["survey page"] <= 5 * found["bare page"]
    assert found["survey post"] <= 5 * found["bare post"]


def test_two_hundred_answers_a_second_are_all_kept_once(served):
    """Each twentieth is sent twice at the same moment, as an impatient finger does."""
    service, own, _ = served
    seconds = int(os.environ.get("SURVEY_SECONDS", "300"))
    path, wanted, turns = f"/survei/{service.slug}/", seconds * A_SECOND, count()
    bodies = [filled(service) for _ in range(wanted)]  # beforehand: a browser signs no keys
    began, given = time.monotonic(), []

    def work():
        while (number := next(turns)) < wanted:
            wait = began + number / A_SECOND - time.monotonic()
            time.sleep(max(0, wait))
            body = bodies[number]
            twice = [threading.Thread(target=lambda sent=body: given.append(ask(own, "POST", path, sent)))]
            if number % 20 == 0:
                twice[0].start()
            given.append(ask(own, "POST", path, body))
            if number % 20 == 0:
                twice[0].join()

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    print(f"\n{wanted} answers in {took:.0f} s: {wanted / took:.0f}/s, p95 {p95(given):.0f} ms")

    assert {status for status, _ in given} == {302}
    assert SurveyResponse.objects.count() == wanted
    assert SurveyAnswer.objects.count() == 9 * wanted
    assert wanted / took >= A_SECOND * 0.98
