"""How long reading and comparing takes: 5,000 rows in 10 s, 50,000 in 90 s. Run with -s to see the figures."""

import csv
import time
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.conf import settings
from django.db import connection
from openpyxl import Workbook

from agencies.intake.actions import read_batch
from agencies.intake.tests.workbook_files import GOOD, HEADINGS, KEYS
from agencies.people.models import Assignment, Employee
from agencies.people.tests.organisation import make_post, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.measure]
BOUNDS = {5_000: 10, 50_000: 90}  # seconds


def people(count):
    """Rows of `count` people, each with a NIP of his own and a name unlike the next one's."""
    for number in range(count):
        day = date(1970 + number % 30, 1 + number // 30 % 12, 1 + number // 360 % 28)
        yield GOOD | {
            "nip": f"{day:%Y%m%d}{day.year + 24}01{1 + number % 2}{100 + number // 10_080:03}",
            "name": f"{hex(number * 7_919)[2:]} Contoh {number}",
            "unit": f"U-{number % 90}",
            "post": f"P-{number % 90}",
            "email": f"p{number}@contoh.test",
        }


def known(rows):
    """A city in which every second person of the file holds the post already."""
    root = make_unit()
    mayor = make_post(root)
    posts = []
    for number in range(90):
        unit = make_unit(root, "agency")
        type(unit).objects.filter(pk=unit.pk).update(code=f"U-{number}")
        posts.append(make_post(unit, mayor, code=f"P-{number}"))
    half = rows[::2]
    employees = Employee.objects.bulk_create(
        [Employee(nip=row["nip"], name=row["name"], kind="pns", rank="Penata Muda, III/a") for row in half],
        1000,
    )
    term = (date(2026, 1, 2), None)
    Assignment.objects.bulk_create(
        [
            Assignment(employee=employee, post=posts[2 * place % 90], term=term)
            for place, employee in enumerate(employees)
        ],
        1000,
    )
    with connection.cursor() as cursor:  # as the server does by itself within a minute
        cursor.execute("RESET ROLE; ANALYZE agencies_employee, agencies_assignment, agencies_post")
        cursor.execute(f"SET ROLE {settings.APPLICATION_ROLE}")


def as_xlsx(rows):
    """With shared strings, as Excel writes them."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Pegawai"
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append([row[key] for key in KEYS])
    file = BytesIO()
    workbook.save(file)
    return file


def as_csv(rows):
    text = StringIO()
    lines = csv.writer(text, delimiter=";")
    lines.writerow(HEADINGS)
    lines.writerows([row[key] for key in KEYS] for row in rows)
    return BytesIO(text.getvalue().encode())


@pytest.mark.parametrize("count", BOUNDS)
def test_files_of_a_city_are_read_and_compared_in_time(count):
    """The bound holds for this process's own time: what other work on the machine adds is printed beside it."""
    rows = list(people(count))
    known(rows)
    for name, file in (("x.xlsx", as_xlsx(rows)), ("x.csv", as_csv(rows))):
        file.seek(0)
        start, busy = time.perf_counter(), time.process_time()
        batch = read_batch(file, file_name=name, by="test", covers_all=True)
        busy, seconds = time.process_time() - busy, time.perf_counter() - start
        size = len(file.getvalue()) / 1e6
        print(f"\n{name}: {count} rows, {size:.1f} MB, {busy:.1f} s of its own, {seconds:.1f} s by the clock")
        assert (batch.counts["rows"], batch.counts["faults"]) == (count, 0)
        assert busy < BOUNDS[count]
