"""People who come to the door, for the tests of this room."""

import time
from datetime import date

import pyotp

from agencies.access.actions import grant_role
from agencies.access.roles import Role
from agencies.accounts.actions import add_totp
from agencies.accounts.models import TotpSecret
from agencies.people.actions import hire, open_account
from agencies.structure.actions import add_unit
from agencies.structure.models import Unit

NIP = "198609262015051901"
PASSWORD = "perahu biru di teluk"
SIGN_IN, SECOND = "/masuk/", "/masuk/langkah-kedua/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def make_user(name="Petrus Contoh", nip=NIP):
    employee = hire(name=name, nip=nip, kind="pns", by="test")
    address = f"{name.split()[0].lower()}@contoh.test"
    return open_account(email=address, name=name, password=PASSWORD, employee=employee, by="test")


def make_admin(user, role=Role.SYSTEM_ADMIN):
    city = Unit.objects.first() or add_unit(
        parent=None, kind="city", code="KOTA", name="Kota", valid_from=date(2020, 1, 1), by="test"
    )
    return grant_role(user, role=role, unit=city, start=date(2020, 1, 1), by="test", reason="uji")


def enter(client, username=NIP, password=PASSWORD, aim="/akun/", **headers):
    return client.post(SIGN_IN, {"username": username, "password": password, "next": aim}, **headers)


def is_signed_in(client):
    return client.get("/akun/").status_code == 200


def code(step=0):
    """The app's code of now, or so many half minutes away."""
    return pyotp.TOTP(SECRET).at(time.time() + 30 * step)


def give_app(user):
    """`user` has an app since a while ago."""
    add_totp(user, secret=SECRET, code=code(), by=user)
    TotpSecret.objects.update(last_step=0)
    user.refresh_from_db()
