"""The page that explains an appraisal says what the program does."""

import pytest
from django.urls import reverse

from appraisal.rulebook.reference_data import fill
from appraisal.scoring.matrix import PREDIKAT


@pytest.mark.django_db
def test_anyone_reads_the_nine_cells_and_the_rules_in_force(client, django_assert_num_queries):
    fill()

    with django_assert_num_queries(2):
        page = client.get(reverse("appraisal:how-it-works")).content.decode()

    assert page.count('<td class="') >= len(PREDIKAT)
    assert "Kolaboratif" in page
    assert "PermenPANRB 6/2022, Pasal 29" in page


@pytest.mark.django_db
def test_anyone_reads_the_statement_on_accessibility(client):
    assert client.get(reverse("ambon_kinerja:accessibility")).status_code == 200
