"""Does the address given as evidence lead anywhere? Asked by the worker, never while somebody waits (docs/adr/0019).

The address was typed by a person, so the visit goes to public addresses only: every name is resolved once, each answer
has to be public, and the connection is made to the very address that was looked at, redirects included. No cookie and
no word of ours is sent beyond the request itself; little is read and nothing is kept but the state.
"""

import http.client
import ipaddress
import re
import socket
import ssl
import threading
from datetime import timedelta
from urllib.parse import quote, urljoin, urlsplit

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from ambon_kinerja.notices.actions import tell

from .links import refuse_unsafe_link
from .models import Evidence

State = Evidence.LinkState
PORTS = (443, 8443)
MOST_REDIRECTS = 5
SECONDS_FOR_ANSWER = 5
SECONDS_IN_ALL = 10
MOST_BYTES = 64 * 1024
CHECK_EVERY = timedelta(days=7)
AT_ONCE = 20
SIGN_IN = re.compile(r"/(login|signin|sign-in|masuk|sso|oauth2?|auth|ServiceLogin)\b", re.IGNORECASE)
SIGN_IN_HOSTS = ("accounts.google.com", "login.microsoftonline.com", "login.live.com")


class NotPublic(ValueError):
    """The name leads to an address inside somebody's network, or to nothing that may be visited."""


class ToPinnedAddress(http.client.HTTPSConnection):
    """Speaks to `host`, by its certificate, at the very address that was looked at before."""

    def __init__(self, host, port, address):
        super().__init__(host, port, timeout=SECONDS_FOR_ANSWER, context=ssl.create_default_context())
        self.address = address

    def connect(self):
        plain = socket.create_connection((self.address, self.port), self.timeout)
        try:
            self.sock = self._context.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


def public_address(host, port):
    """The address to connect to. Raises NotPublic when any of the name's addresses is not on the public internet."""
    found = {info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not found:
        raise NotPublic(host)
    for text in found:
        if not is_public(ipaddress.ip_address(text.partition("%")[0])):
            raise NotPublic(host)
    return sorted(found, key=lambda text: (":" in text, text))[0]


def is_public(address):
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if inner is not None:
        return is_public(inner)
    if address.version == 6 and address in ipaddress.ip_network("64:ff9b::/96"):
        return False  # an IPv4 address in disguise
    return address.is_global and not address.is_multicast


def state_of_link(link, *, visit=None):
    """Where the address leads: a LinkState. Whatever goes wrong on the way is "not reachable"."""
    visit = visit or visited
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, location = visit(link)
            if status in (401, 403, 407):
                return State.SIGN_IN
            if status not in (301, 302, 303, 307, 308) or not location:
                return State.REACHABLE if 200 <= status < 300 else State.UNREACHABLE
            link = refuse_unsafe_link(urljoin(link, location))
            if asks_to_sign_in(link):
                return State.SIGN_IN
    except (OSError, ValueError, http.client.HTTPException):
        pass
    return State.UNREACHABLE


def asks_to_sign_in(link):
    parts = urlsplit(link)
    return parts.hostname in SIGN_IN_HOSTS or SIGN_IN.search(parts.path) is not None


def visited(link):
    """(status, where it sends us or "") of one address."""
    parts = urlsplit(refuse_unsafe_link(link))
    port = parts.port or 443
    if port not in PORTS:
        raise NotPublic(link)
    host = parts.hostname.encode("idna").decode()
    connection = ToPinnedAddress(host, port, public_address(host, port))
    end = threading.Timer(SECONDS_IN_ALL, hang_up, [connection])
    end.daemon = True
    end.start()
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(
            "GET",
            quoted(path),
            headers={"User-Agent": "AmbonKinerja", "Accept": "*/*", "Range": "bytes=0-1023"},
        )
        answer = connection.getresponse()
        answer.read(MOST_BYTES)
        return (200 if answer.status == 416 else answer.status), answer.getheader("Location", "")
    finally:
        end.cancel()
        connection.close()


def quoted(path):
    return quote(path, safe="/?&=%#:;,+@!$'()*~")


def hang_up(connection):
    """A server that drips its answer keeps nobody: the socket is shut under the reader."""
    try:
        if connection.sock is not None:
            connection.sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass


def check_link_job(job, report_progress):
    """Named in settings.JOB_HANDLERS: the check after saving."""
    evidence = Evidence.objects.exclude(link="").filter(pk=job.arguments["evidence"]).first()
    if evidence is not None:
        check_link(evidence)
    return ""


def check_link(evidence, *, visit=None):
    """Visit one link, keep what was found, and tell its owner when it has stopped leading anywhere."""
    state = state_of_link(evidence.link, visit=visit)
    with transaction.atomic():
        stored = (
            Evidence.objects.select_for_update(of=("self",))
            .select_related("result__skp__employee__user")
            .filter(pk=evidence.pk)
            .first()
        )
        if stored is None:
            return state
        is_newly_broken = state == State.UNREACHABLE and stored.link_state != State.UNREACHABLE
        Evidence.objects.filter(pk=stored.pk).update(link_state=state, link_checked_at=timezone.now())
        if is_newly_broken:
            skp = stored.result.skp
            tell(
                skp.employee.user,
                subject=f"Tautan bukti “{stored.title}” tidak terjangkau",
                body="Periksa tautannya. Bila sudah pindah, tambahkan tautan yang baru.",
                path=reverse("appraisal:realisation-edit", args=[skp.pk, stored.period_id]),
            )
    return state


def links_due(now=None):
    """The links of evidence not visited within a week, longest ago first."""
    before = (now or timezone.now()) - CHECK_EVERY
    due = Q(link_checked_at=None) | Q(link_checked_at__lt=before)
    return (
        Evidence.objects.exclude(link="")
        .filter(due)
        .order_by(F("link_checked_at").asc(nulls_first=True), "pk")
    )
