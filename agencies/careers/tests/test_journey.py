"""A new user of the personnel office, page by page: mends orphans, appoints a Plt., moves a person, looks back."""

import re
from datetime import date

import pytest
import time_machine

from agencies.people.assigning import end_assignment, enter_state
from agencies.people.models import Assignment
from agencies.people.tests.organisation import make_employee, make_post

from .scene import account, build_city, with_role
from .test_recording import DECREE

pytestmark = [pytest.mark.django_db, pytest.mark.journey]
TODAY = "2026-05-04T09:00:00+09:00"


@pytest.fixture
def city():
    """The city as it was recorded early in the year."""
    with time_machine.travel("2026-01-02T09:00:00+09:00"):
        return build_city()


@pytest.fixture
def office(client, city):
    client.force_login(with_role(city[0]["root"]))
    with time_machine.travel(TODAY):
        yield client


def search(client, address, field, text):
    """Type into a lookup, press “Cari”, take what was found: the fields as the page would send them."""
    page = client.post(address, {field: text, "cari": field})
    options = page.context["form"].fields[field].widget.found
    assert len(options) == 1, [option.name for option in options]
    key = re.search(r'name="sending_key" value="([^"]*)"', page.text)
    sent = {"sending_key": key[1]} if key else {}
    return sent | {field: text, f"{field}_untuk": text, f"{field}_pilih": str(options[0].key)}


def test_mending_appointing_moving_and_looking_back(office, city):
    units, posts, people = city
    maria, hanna, paulus = (people[name] for name in ("Maria Bidan", "Hanna Kepala", "Paulus Guru"))
    maria_user = account(maria, "maria")
    newcomer = make_employee("Dina Baru")
    make_post(units["clinic"], posts["Hanna Kepala"], name="Perawat Terampil")
    target = make_post(units["school"], posts["Paulus Guru"], name="Pengelola Kesehatan Sekolah")
    enter_state(hanna, kind="retired", start=date(2026, 4, 1), by="test")

    # The report names two: who has no post, and whose head has retired.
    report = office.get("/penilai/laporan/")
    rows = {row.orphan.employee: row for row in report.context["page"]}
    assert set(rows) == {newcomer, maria}

    # The first is mended where its link leads: find the post by words, give it.
    address = rows[newcomer].mend_at
    office.post(
        address,
        search(office, address, "post", "perawat terampil")
        | {"kind": "definitive", "start": "2026-05-04", "last_day": "", **DECREE},
    )

    # The second: the link leads to the head who has left; his post ends, then somebody acts for it.
    assert rows[maria].mend_at == f"/pegawai/{hanna.pk}/"
    held = office.get(rows[maria].mend_at).context["posts"][0].fact
    office.post(f"/penugasan/{held.pk}/akhiri/", {"last_day": "2026-03-31", "reason": "Pensiun"})
    address = f"/jabatan/{posts['Hanna Kepala'].pk}/tunjuk/"
    office.post(
        address,
        search(office, address, "employee", "paulus")
        | {"kind": "plt", "start": "2026-04-01", "last_day": "2026-06-30", **DECREE},
    )
    assert office.get("/penilai/laporan/").context["total"] == 0

    # Maria moves in mid-period: read the effects first, then confirm what was read.
    address = f"/pegawai/{maria.pk}/pindah/"
    facts = search(office, address, "post", "kesehatan sekolah") | {"start": "2026-05-11", **DECREE}
    effects = office.post(address, facts)
    assert effects.status_code == 200, effects.context["form"].errors
    assert "halaman 91 nomor 13 huruf a" in effects.text
    sent = dict(effects.context["sent"]) | {"langkah": "sahkan"}
    note = office.post(address, sent)
    assert office.get(note.url).context["note"].to_post == target

    # Who was whose superior last March?
    page = office.get(f"/pegawai/{maria.pk}/", {"tanggal": "2026-03-15"})
    assert (page.context["appraiser"], page.context["superior"]) == (hanna, people["Wali"])
    year = [(each.appraiser.name, each.days) for each in page.context["year"]["stretches"]]
    assert year == [("Hanna Kepala", 90), ("Paulus Guru", 275)]

    # Maria reads the same about herself.
    maria_user.refresh_from_db()
    office.force_login(maria_user)
    assert office.get("/akun/penilai/").context["appraiser"] == paulus


def test_the_search_of_the_journey_can_fail(office, city):
    """The control: a lookup that finds nobody stops the walk."""
    with pytest.raises(AssertionError):
        search(office, f"/jabatan/{city[1]['Wali'].pk}/tunjuk/", "employee", "tidak ada orangnya")


def test_after_an_end_the_post_is_free_the_day_after(city):
    """What the journey leans on: the last day still counts."""
    held = city[2]["Hanna Kepala"].assignments.get()

    end_assignment(held, last_day=date(2026, 3, 31), by="test")

    on = [
        Assignment.objects.on(date(2026, *day)).filter(post=held.post).exists() for day in ((3, 31), (4, 1))
    ]
    assert on == [True, False]
