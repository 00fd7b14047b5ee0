"""A device in words, and the cookie by which one that has signed in before is known again."""

import ipaddress
import re

from django.conf import settings
from django.core import signing

SALT = "agencies.accounts.known-device"
REMEMBERED_SECONDS = 180 * 24 * 60 * 60
MOST_PEOPLE = 5  # of one shared computer
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox|FxiOS", "Firefox"),
            ("Chrome|CriOS", "Chrome"), ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("Mac OS X|Macintosh", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip


def in_words(user_agent):
    """“Chrome di Windows”; what is not known is called so. The order matters: each names itself after older ones."""
    browser, system = named(user_agent, BROWSERS), named(user_agent, SYSTEMS)
    if browser and system:
        return f"{browser} di {system}"
    return browser or (f"Peramban di {system}" if system else "Peramban yang tidak dikenal")


def named(user_agent, names):
    return next((name for pattern, name in names if re.search(pattern, user_agent)), "")


def network_of(address):
    """The address without its last part: /24 of IPv4, /48 of IPv6. Enough to know a place, too little to follow one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "tidak dikenal"
    if found.version == 6 and found.ipv4_mapped:
        found = found.ipv4_mapped
    if found.version == 4:
        return ".".join([*str(found).split(".")[:3], "×"])
    network = ipaddress.ip_network(f"{found}/48", strict=False)
    return f"{network.network_address}…"


def cookie_name():
    return "__Host-device" if settings.HTTPS else "device"


def people_of(request):
    """The keys of the users who have signed in on this browser before, the last one first; [] without our signature."""
    try:
        people = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=REMEMBERED_SECONDS)
    except signing.BadSignature:
        return []
    return people if isinstance(people, list) else []


def remember(request, response, user):
    """Let this browser be known as one on which `user` has signed in."""
    people = [user.pk, *(pk for pk in people_of(request) if pk != user.pk)][:MOST_PEOPLE]
    response.set_cookie(
        cookie_name(),
        signing.dumps(people, salt=SALT),
        max_age=REMEMBERED_SECONDS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response
