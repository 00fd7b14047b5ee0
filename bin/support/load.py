"""A small load client: some connections that ask for one page again and again."""

import http.client
import threading
import time
from statistics import quantiles


def measure(port, path, *, cookie, seconds, connections):
    """{"rps", "p50", "p95"} (milliseconds) and "errors" of one page, after a short warm-up."""
    _ask(port, path, cookie, until=time.monotonic() + 0.3)
    results = []
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=lambda: results.append(_ask(port, path, cookie, until=until)))
        for _ in range(connections)
    ]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    times = [one for times, _ in results for one in times]
    cuts = quantiles(times, n=20) if len(times) > 1 else (times or [0.0]) * 19
    return {
        "rps": len(times) / took,
        "p50": cuts[9] * 1000,
        "p95": cuts[18] * 1000,
        "errors": sum(errors for _, errors in results),
    }


def _ask(port, path, cookie, *, until):
    """The seconds of each good answer, and the number of bad ones."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    times, errors = [], 0
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
            answer = connection.getresponse()
            answer.read()
            good = answer.status == 200
        except (OSError, http.client.HTTPException):
            connection.close()
            good = False
        if good:
            times.append(time.monotonic() - began)
        else:
            errors += 1
    connection.close()
    return times, errors
