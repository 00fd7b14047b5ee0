import pytest
from django.db import IntegrityError, transaction

from agencies.people.rank import GOLONGAN_PPPK, PANGKAT, read_rank
from agencies.structure.actions import change_reference
from agencies.structure.models import Post, PostLevel, Rank
from agencies.structure.reference_data import fill
from ambon_kinerja.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_the_reader_of_ranks_agrees_with_the_table():
    fill()

    assert dict(Rank.objects.filter(kind="pns").values_list("code", "name")) == PANGKAT
    assert tuple(Rank.objects.filter(kind="pppk").values_list("code", flat=True)) == GOLONGAN_PPPK
    for rank in Rank.objects.all():
        assert read_rank(str(rank), is_pppk=rank.kind == "pppk") == str(rank)


def test_ranks_and_levels_stand_from_low_to_high():
    fill()

    pns = list(Rank.objects.filter(kind="pns").values_list("code", flat=True))
    assert (pns[0], pns[-1], pns) == ("I/a", "IV/e", sorted(pns))
    assert list(PostLevel.objects.filter(post_kind="jf_keahlian").values_list("name", flat=True)) == [
        "Ahli Pertama",
        "Ahli Muda",
        "Ahli Madya",
        "Ahli Utama",
    ]


def test_every_kind_of_post_but_the_mayors_has_levels():
    fill()

    kinds = set(PostLevel.objects.values_list("post_kind", flat=True))
    assert kinds == set(Post.Kind.values) - {Post.Kind.ELECTED}


def test_filling_again_keeps_what_an_office_changed_and_adds_what_is_missing():
    fill()
    change_reference(PostLevel.objects.get(code="ahli_muda"), by="test", ranks="III/c")
    Rank.objects.get(kind="pns", code="I/a").delete()

    fill()

    assert PostLevel.objects.get(code="ahli_muda").ranks == "III/c"
    assert Rank.objects.count() == 34


def test_a_change_of_reference_data_is_kept_in_the_trail_with_what_was_before():
    fill()

    change_reference(PostLevel.objects.get(code="ahli_muda"), by="test", ranks="III/c")

    event = AuditEvent.objects.get(action="reference.change")
    assert '"before": {"ranks": "III/c–III/d, PPPK XI"}' in event.payload


def test_no_rank_twice_and_no_pns_without_pangkat():
    fill()

    with pytest.raises(IntegrityError, match="each_rank_once_per_kind"), transaction.atomic():
        Rank.objects.create(kind="pns", code="I/a", name="x", position=99)
    with pytest.raises(IntegrityError, match="every_rank_of_a_pns_has_a_pangkat"), transaction.atomic():
        Rank.objects.create(kind="pns", code="X", name="", position=99)
