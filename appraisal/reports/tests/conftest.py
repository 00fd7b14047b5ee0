import pytest
import time_machine

from .agency import AFTER_THE_QUARTER, build_city, build_large_agency


@pytest.fixture
def after_the_quarter():
    with time_machine.travel(AFTER_THE_QUARTER, tick=True):
        yield


@pytest.fixture
def files(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def quick_pdf(monkeypatch, files):
    """A document without the seconds of laying it out."""
    monkeypatch.setattr("ambon_kinerja.documents.actions.render_pdf", lambda html, **more: html.encode())


@pytest.fixture
def city(db, after_the_quarter):
    return build_city()


@pytest.fixture
def large(db, after_the_quarter):
    return build_large_agency()
