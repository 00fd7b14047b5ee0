"""A clinic whose head leads eight, one of whom leads three; an office that opens rounds, and an agency beside it."""

from datetime import date, timedelta

from django.utils import timezone

from agencies.access.actions import grant_role
from agencies.access.roles import Role
from agencies.access.tests.cast import synthetic_nip
from agencies.people.actions import assign, hire, open_account
from agencies.structure.actions import add_post, add_unit
from ambon_kinerja.tests.remembered import remembered
from feedback.colleagues.actions import open_round, prepare_round
from feedback.colleagues.answering import give_answer
from feedback.colleagues.models import FeedbackInvitation
from feedback.colleagues.queries import released_from, released_rows, value_names
from feedback.colleagues.reference_data import VALUES
from feedback.colleagues.reference_data import fill as fill_values

LONG_AGO = date(2020, 1, 1)
PEERS = 8
KEYS = [key for key, *_ in VALUES]


@remembered
def build_clinic():
    """{name: User}: "head", "peer0" … "peer7" below him, "junior0" … "junior2" below peer0, "office", "outsider"."""
    fill_values()
    city = add_unit(parent=None, kind="city", code="C", name="Kota", valid_from=LONG_AGO, by="test")
    health = add_unit(
        parent=city, kind="agency", code="D", name="Dinas Kesehatan", valid_from=LONG_AGO, by="test"
    )
    users = {}
    mayor = add_post(
        unit=city, code="mayor", name="Wali Kota", kind="kepala_daerah", by="test", leads_unit=True
    )
    head = add_member(users, health, "head", mayor, leads=True)
    peer_posts = [add_member(users, health, f"peer{number}", head) for number in range(PEERS)]
    for number in range(3):
        add_member(users, health, f"junior{number}", peer_posts[0])
    users["office"] = open_account(email="office@contoh.test", name="Kantor", by="test")
    grant_role(
        users["office"], role=Role.PERSONNEL_OFFICE, unit=city, start=LONG_AGO, by="test", reason="uji"
    )
    users["outsider"] = open_account(email="outsider@contoh.test", name="Luar", by="test")
    users["office"].health, users["office"].head_post = health, head
    return users


def add_member(users, unit, name, superior, *, leads=False):
    post = add_post(
        unit=unit,
        code=name,
        name=f"Jabatan {name}",
        kind="jpt" if leads else "pelaksana",
        by="test",
        leads_unit=leads,
        superior=superior,
    )
    join(users, name, post)
    return post


def join(users, name, post):
    employee = hire(name=f"Orang {name}", nip=synthetic_nip(len(users)), kind="pns", by="test")
    assign(employee, post=post, start=LONG_AGO, by="test")
    users[name] = open_account(email=f"{name}@contoh.test", name=employee.name, by="test", employee=employee)
    return employee


def prepared(users, *, choosing="drawn", name="Semester I"):
    today = timezone.localdate()
    return prepare_round(
        name=name,
        starts_on=today - timedelta(days=180),
        ends_on=today,
        units=[users["office"].health],
        choosing=choosing,
        last_day=today + timedelta(days=7),
        by=users["office"],
    )


def opened(users, **facts):
    return open_round(prepared(users, **facts), by=users["office"])


def invitations_about(employee):
    return list(FeedbackInvitation.objects.filter(subject__employee=employee).order_by("pk"))


def all_of(level):
    return dict.fromkeys(KEYS, level)


def answer_about(employee, levels, texts=()):
    """One answer for each of `levels`, by those who were drawn; the first ones write the texts."""
    texts = list(texts)
    for invitation, level in zip(invitations_about(employee), levels, strict=False):
        text = texts.pop(0) if texts else ""
        give_answer(invitation, answers=all_of(level), text=text, by=invitation.rater.user)


def released_about(employee, start, end):
    rows = released_rows(employee, start, end).values_list("row", flat=True)
    return released_from(rows, value_names())
