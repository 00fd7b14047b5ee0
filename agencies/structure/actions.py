"""Changing the tree of units and the posts in it."""

from django.db import transaction

from ambon_kinerja.audit.actions import record_event

from .models import Post, Unit


@transaction.atomic
def add_unit(*, parent, kind, code, name, valid_from, by, is_confirmed=False):
    """A new unit under `parent` (None for the city itself), with its path."""
    unit = Unit.objects.create(
        parent=parent, kind=kind, code=code, name=name, valid_from=valid_from, is_confirmed=is_confirmed
    )
    unit.path = f"{parent.path if parent else ''}{unit.pk}/"
    unit.save(update_fields=["path"])
    record_event("unit.add", unit, by=by, details={"code": code, "kind": kind})
    return unit


@transaction.atomic
def add_post(*, unit, code, name, kind, by, leads_unit=False, superior=None):
    """A new post; `superior` is the post whose holder appraises its holders."""
    post = Post.objects.create(
        unit=unit, code=code, name=name, kind=kind, leads_unit=leads_unit, superior=superior
    )
    record_event("post.add", post, by=by, details={"code": code, "kind": kind})
    return post
