"""The card at a counter and the slips of a sheet: their QR codes, read back by a decoder."""

import re

import pytest

from agencies.access.tests.cast import build_cast
from feedback.services.actions import add_service
from feedback.services.actions.counters import add_counter
from feedback.services.codes import code_from
from feedback.services.links import qr_svg, short_address, survey_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(settings):
    settings.SITE_URL = "https://kinerja.example/"
    cast = build_cast()
    service = add_service(
        unit=cast["self"].cast_units["clinic"], name="Poli <KIA>", slug="poli-kia", by="test"
    )
    service.keeper = cast["service_manager"]
    return service


def decoded(svg, *, module=4):
    """What a decoder reads from `svg` drawn with this many pixels to a module: its path is made of M, m and h alone."""
    zxingcpp = pytest.importorskip("zxingcpp")
    from PIL import Image, ImageDraw

    side = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    picture = Image.new("L", (side * module, side * module), 255)
    draw, x, y = ImageDraw.Draw(picture), 0.0, 0.0
    ink = re.search(r'<path[^>]*stroke="#000"[^>]*d="([^"]+)"', svg) or re.search(
        r'd="([^"]+)"[^>]*stroke="#000"', svg
    )
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", ink[1]):
        one, *two = map(float, numbers.split())
        if command == "h":
            draw.rectangle(
                [x * module, (y - 0.5) * module, (x + one) * module - 1, (y + 0.5) * module - 1], fill=0
            )
            x += one
        else:
            x, y = (one, two[0]) if command == "M" else (x + one, y + two[0])
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def test_the_card_of_a_counter_leads_to_its_survey(client, service):
    counter = add_counter(service, name="Loket 1", by="test")
    client.force_login(service.keeper)

    page = client.get("/layanan/poli-kia/kartu/", {"loket": counter.pk})

    assert "kinerja.example/survei/poli-kia/" in page.text.replace("<wbr>", "")
    assert "Poli &lt;KIA&gt;" in page.text
    svg = re.search(r"<svg.*?</svg>", page.text[page.text.index('class="code-qr"') :], re.S)[0]
    assert decoded(svg) == [f"https://kinerja.example/survei/poli-kia/?loket={counter.pk}"]


def test_the_small_code_of_a_slip_is_read_from_a_coarse_print(service):
    code = code_from("key")
    address = survey_address(service, code=code.token)

    assert address == f"https://kinerja.example/survei/poli-kia/?kode={code.token}"
    assert decoded(qr_svg(address), module=3) == [address]


def test_a_card_without_a_counter_leads_to_the_service_and_is_read_aloud_without_https(service):
    assert survey_address(service) == "https://kinerja.example/survei/poli-kia/"
    assert short_address(service) == "kinerja.example/survei/poli-kia/"


@pytest.mark.parametrize("size", ["a4", "a5", "", "x", "\x00"])
def test_any_size_gives_a_card(client, service, size):
    client.force_login(service.keeper)

    assert client.get("/layanan/poli-kia/kartu/", {"ukuran": size}).status_code == 200
