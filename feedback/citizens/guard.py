"""What speaks against counting an answer from the open web. It never refuses a voice for good: it sets aside, visibly.

Many people share one network (a waiting room's Wi-Fi, a mobile operator's gateway), so the bounds for a network are
wide, and an answer with a one-time code is not measured by them at all: its code stands for a visit.
"""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network
from statistics import median

from django.conf import settings
from django.db.models import Count
from django.utils.crypto import salted_hmac

from ambon_kinerja.statements import rows_of

from .models import DayLimit, Mark, NetworkTrace, SurveyResponse
from .screening import fingerprint

HOUR, KEPT_FOR = timedelta(hours=1), timedelta(hours=24)
USUAL_DAYS, COPIES_DAYS = 28, 30


class TooMany(ValueError):
    """More than any waiting room sends, or more wrong codes than a tired eye types."""


@dataclass(frozen=True)
class Origin:
    """Where a sending comes from, as hashes that mean nothing tomorrow."""

    network: str
    device: str


def origin_of(*, address, agent, day):
    """The keyed hashes of a network address and of the browser behind it; another key each day."""
    network = network_of(address)
    return Origin(keyed(network, day), keyed(f"{network}\n{agent[:500]}", day))


def network_of(address):
    """One subscriber has a whole /64 of IPv6 addresses."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    return str(known) if known.version == 4 else str(ip_network((known, 64), strict=False))


def keyed(text, day):
    return salted_hmac(f"feedback.survey.{day}", text, algorithm="sha256").hexdigest()[:32]


def refuse_guessing(origin, *, now):
    """Raises TooMany after many wrong codes from one network: codes are not to be found by trying."""
    wrong = NetworkTrace.objects.filter(
        network=origin.network, kind=NetworkTrace.Kind.WRONG_CODE, at__gt=now - HOUR
    )
    if wrong.count() >= settings.SURVEY_WRONG_CODES:
        raise TooMany(
            "Terlalu banyak kode salah dari jaringan ini. Coba lagi satu jam lagi, atau kirim tanpa kode."
        )


def marks_for(service, *, origin, seconds, comment, with_code, now, day):
    """The Marks of an answer about to be kept; raises TooMany for what no waiting room sends within the hour."""
    seen = seen_before(service, origin=origin, comment=comment, now=now, day=day)
    if seen.everywhere >= settings.SURVEY_NETWORK_MOST:
        raise TooMany("Terlalu banyak jawaban dari jaringan ini. Isian Anda tetap di sini; kirim lagi nanti.")
    found = {
        Mark.TOO_FAST: seconds < settings.SURVEY_FASTEST_SECONDS,
        Mark.BURST: seen.is_above_usual,
        Mark.COPIED: seen.is_copied,
        Mark.SAME_NETWORK: not with_code and seen.here >= settings.SURVEY_NETWORK_USUAL,
        Mark.SAME_DEVICE: not with_code and seen.device >= settings.SURVEY_DEVICE_USUAL,
    }
    return {mark for mark, is_so in found.items() if is_so}


# How much came from a network within the hour, everywhere and here, and from a device here within the day; whether
# the service has today as many answers that count as three times its usual day (null before anybody worked it out),
# and whether somebody else said the same words to it in the last weeks.
SEEN = """
    WITH day_limit AS (
        SELECT most FROM feedback_daylimit WHERE service_id = %(service)s AND day = %(day)s
    )
    SELECT
        count(*) FILTER (WHERE at > %(hour)s),
        count(*) FILTER (WHERE at > %(hour)s AND service_id = %(service)s),
        count(*) FILTER (WHERE service_id = %(service)s AND device = %(device)s),
        (SELECT EXISTS (
            SELECT FROM feedback_surveyresponse
            WHERE service_id = %(service)s AND answered_on = %(day)s
                AND state = %(counted)s
            OFFSET most - 1
        ) FROM day_limit),
        %(digest)s <> '' AND EXISTS (
            SELECT FROM feedback_surveyresponse
            WHERE service_id = %(service)s AND answered_on > %(since)s
                AND comment_digest <> '' AND comment_digest = %(digest)s
        )
    FROM feedback_networktrace
    WHERE network = %(network)s AND kind = %(sending)s AND at > %(yesterday)s
"""


@dataclass(frozen=True)
class Seen:
    everywhere: int
    here: int
    device: int
    is_above_usual: bool
    is_copied: bool


def seen_before(service, *, origin, comment, now, day):
    """What the guard knows of the day and of where an answer comes from, in one statement."""
    found = {
        "service": service.pk,
        "day": day,
        "network": origin.network,
        "device": origin.device,
        "hour": now - HOUR,
        "yesterday": now - KEPT_FOR,
        "digest": fingerprint(comment),
        "since": day - timedelta(days=COPIES_DAYS),
        "counted": SurveyResponse.State.COUNTED,
        "sending": NetworkTrace.Kind.SENDING,
    }
    seen = Seen(*rows_of(SEEN, **found)[0])
    if seen.is_above_usual is None:
        most = limit_for(usual_volumes(service, day))
        DayLimit.objects.get_or_create(service=service, day=day, defaults={"most": most})
        seen = Seen(*rows_of(SEEN, **found)[0])
    return seen


def usual_volumes(service, day):
    """The numbers of answers on the days before, without days nobody answered on."""
    before = SurveyResponse.objects.filter(
        service=service,
        answered_on__range=(day - timedelta(days=USUAL_DAYS), day - timedelta(days=1)),
        state=SurveyResponse.State.COUNTED,
    )
    return list(before.order_by().values("answered_on").annotate(n=Count("pk")).values_list("n", flat=True))


def limit_for(volumes):
    """Three times the median day; a service that is little known yet gets the floor."""
    usual = 3 * median(volumes) if volumes else 0
    return max(settings.SURVEY_BURST_FLOOR, int(usual))
