"""Two clicks at the same moment record one thing."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from agencies.people.models import Assignment
from agencies.people.tests.organisation import make_employee, make_post

from .scene import build_city, with_role

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_double_click_gives_one_post_and_two_times_the_same_page():
    units, posts, _people = build_city()
    user = with_role(units["root"])
    newcomer = make_employee("Dina Baru")
    target = make_post(units["clinic"], posts["Hanna Kepala"], name="Perawat")
    facts = {
        "post": "Perawat",
        "post_pilih": target.pk,
        "kind": "definitive",
        "start": "2026-02-01",
        "decree": "SK 1",
        "decree_date": "2026-01-05",
        "sending_key": "klik-ganda",
    }
    clients = [Client() for _ in range(4)]
    for client in clients:
        client.force_login(user)
    start, answers = Barrier(len(clients)), []

    def click(client):
        start.wait()
        try:
            answers.append(client.post(f"/pegawai/{newcomer.pk}/jabatan/", facts))
        finally:
            connection.close()

    threads = [Thread(target=click, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [302] * 4
    assert {answer.url for answer in answers} == {f"/pegawai/{newcomer.pk}/"}
    assert Assignment.objects.filter(employee=newcomer).count() == 1
