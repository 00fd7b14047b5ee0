import pytest

from appraisal.monitoring.links import refuse_unsafe_link


@pytest.mark.parametrize(
    "link",
    [
        "http://ambon.go.id", "javascript:alert(1)", "https:evil", "//evil.example", "/\\evil.example",
        "data:text/html,x", "file:///etc/passwd", "https://", "https:///path", "https://localhost/a",
        "https://saya:sandi@ambon.go.id/", "https://ambon.go.id@evil.example/", "https://ambon.go.id/a b",
        "https://ambon.go.id/\r\nSet-Cookie:a", 'https://ambon.go.id/"><script>', "https://[::1", "",
        "https://ambon.go.id:notaport/", "https://ambon.go.id/" + "a" * 500,
    ],
)  # fmt: skip
def test_an_unsafe_address_is_refused(link):
    with pytest.raises(ValueError, match="Tautan"):
        refuse_unsafe_link(link)


@pytest.mark.parametrize(
    "link", ["https://ambon.go.id/laporan?tahun=2026#isi", "  https://drive.ambon.go.id:8443/a-b_c  "]
)
def test_an_ordinary_address_is_kept(link):
    assert refuse_unsafe_link(link) == link.strip()
