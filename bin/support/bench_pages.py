"""Finds the pages that bin/bench measures: follows the links from the start page as every demo account.

Run in the project's environment; prints JSON: [{"name", "path", "cookie", "queries", "size", "account"}], for
each URL name the account for which the page asks the database most.
"""

import io
import json
import os
import re
import sys
from collections import deque

LINK = re.compile(r'href="(/[^"#]*)"')


def main():
    sys.path[0] = os.getcwd()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ambon_kinerja.settings")
    import django

    django.setup()
    heaviest = {}
    for user in [None, *demo_users()]:
        for page in pages_of(user):
            if page["queries"] >= heaviest.get(page["name"], page)["queries"]:
                heaviest[page["name"]] = page
    print(json.dumps([heaviest[name] for name in sorted(heaviest)]))


def demo_users():
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    table = io.StringIO()
    call_command("demo_accounts", stdout=table)
    return get_user_model().objects.filter(email__in=re.findall(r"[\w.+-]+@[\w.-]+\w", table.getvalue()))


def pages_of(user):
    """One page for each URL name that this user reaches by links."""
    from django.conf import settings
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    if user:
        client.force_login(user)
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    known, waiting = set(), deque(["/"])
    while waiting:
        path = waiting.popleft()
        name = url_name(path)
        if name is None or name in known:
            continue
        known.add(name)
        page, links = look_at(client, path)
        waiting.extend(links)
        if page:
            yield page | {
                "name": name,
                "account": str(user or "-"),
                "cookie": cookie.output(header="") if cookie else "",
            }


def look_at(client, path):
    """What one request costs and the links in its answer; (None, links) when it is no page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    if answer.status_code in (301, 302):
        return None, [answer["Location"]]
    if answer.status_code != 200 or answer.streaming or not answer["Content-Type"].startswith("text/html"):
        return None, []
    text = answer.content.decode()
    page = {"path": path, "queries": len(queries), "size": len(answer.content)}
    return page, [link.replace("&amp;", "&") for link in LINK.findall(text)]


def url_name(path):
    from django.urls import Resolver404, resolve

    try:
        return resolve(path.split("?")[0]).view_name
    except Resolver404:
        return None


main()
