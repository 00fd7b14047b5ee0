import shutil
import subprocess
from datetime import UTC, datetime

import pytest

from ambon_kinerja.documents.models import new_code
from ambon_kinerja.documents.pdf.render import render_pdf
from ambon_kinerja.documents.seal import Seal

from .sample import report_html


def test_the_address_in_the_seal_is_ours(settings):
    settings.SITE_URL = "https://kinerja.example/"

    seal = Seal(number="AK/LAP/2026/000001", code="a" * 22, issued_at=datetime(2026, 1, 1, tzinfo=UTC))

    assert seal.url == "https://kinerja.example/v/aaaaaaaaaaaaaaaaaaaaaa/"
    assert seal.code_in_groups == "aaaa aaaa aaaa aaaa aaaa aa"


def test_a_code_has_128_random_bits():
    codes = {new_code() for _ in range(1000)}

    assert len(codes) == 1000
    assert {len(code) for code in codes} == {22}


@pytest.mark.parametrize("dpi", [100, 200])
def test_the_qr_code_on_the_printed_page_leads_to_the_verification_page(tmp_path, dpi):
    zxingcpp = pytest.importorskip("zxingcpp")
    if not shutil.which("pdftoppm"):
        pytest.skip("poppler is not installed")
    from PIL import Image

    seal = Seal(number="AK/LAP/2026/000001", code=new_code(), issued_at=datetime(2026, 1, 1, tzinfo=UTC))
    (tmp_path / "r.pdf").write_bytes(render_pdf(report_html(seal), title="Uji", issued_at=seal.issued_at))

    subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-f", "1", "-l", "1", "-png", "r.pdf", "r"], cwd=tmp_path, check=True
    )

    [page] = tmp_path.glob("r-*.png")
    assert [found.text for found in zxingcpp.read_barcodes(Image.open(page))] == [seal.url]
