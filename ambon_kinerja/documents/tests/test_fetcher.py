import pytest

pytest.importorskip("weasyprint")

from ambon_kinerja.documents.pdf.fetcher import OwnFilesFetcher


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://169.254.169.254/",
        "https://kinerja.ambon.go.id/x.png",
        "//evil.example/x.png",
        "img/lambang.svg",
        "static:../manage.py",
        "static:img/../../x.svg",
        "static:img/%2e%2e/x.svg",
        "static:/img/lambang.svg",
        "static:img/lambang.svg\n",
        "static:img/lambang.svg?x",
        "static:css/pdf.css",
        "static:img/tidak-ada.svg",
        "STATIC:img/lambang.svg",
        "data:text/html,x",
        "data:image/svg+xmlx,x",
        "",
    ],
)
def test_anything_but_own_pictures_is_refused_and_remembered(url):
    fetcher = OwnFilesFetcher()

    with pytest.raises(ValueError, match="static picture"):
        fetcher.fetch(url)

    assert fetcher.refused == [url]


def test_an_own_picture_comes_with_its_type():
    fetcher = OwnFilesFetcher()

    response = fetcher.fetch("static:img/lambang.svg")

    assert response.content_type == "image/svg+xml"
    assert b"<svg" in response.read()
    assert fetcher.refused == []


def test_a_picture_in_the_text_is_given():
    response = OwnFilesFetcher().fetch("data:image/png;base64,aGFsbw==")

    assert response.read() == b"halo"
