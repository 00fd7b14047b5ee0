"""Everything keyed to one person, from every app, by the owner paths of the catalogue.

Never in it: secret fields, withheld fields, rows the person may not read yet, and other people's names or numbers.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from .catalogue import PERSONAL, catalogue, kept_for, person_at, person_models
from .rules import rows_of
from .words import act_in_words, actor_in_words, record_in_words, viewing_in_words

MYSELF, SOMEBODY = "Anda", "Orang lain"


@dataclass
class Group:
    """The rows of one model: `columns` are (field name, words, class, choices), `rows` are {field name: value}."""

    label: str
    title: str
    kept: object
    is_history: bool
    columns: list
    rows: list = field(default_factory=list)
    remarks: list = field(default_factory=list)


def gather(user):
    """The Groups with at least one row or remark, in the order of the apps, history after what it follows."""
    mine = rows_of(user)
    owned = {model: list(rows_owned(model, kept, mine)) for model, kept in personal_models() if kept.owner}
    named = [f"{label}:{key}" for label, key in mine.items()]
    named += [
        f"{model._meta.label}:{row.pk}"
        for model, rows in owned.items()
        if not is_history(model)
        for row in rows
    ]
    groups = []
    for model, kept in personal_models():
        if kept.no_owner:
            continue
        rows = owned[model] if kept.owner else rows_named(model, kept, named, user)
        groups.append(group_of(model, kept, rows, Teller(user, mine)))
    return [group for group in groups if group.rows]


def personal_models():
    """(model, Kept) of all models with personal fields that are handed out."""
    for app in sorted({label.split(".")[0] for label in catalogue().records}):
        for model in apps.get_app_config(app).get_models():
            kept = kept_for(model)
            if kept and kept.is_personal and not (is_history(model) and kept.history):
                yield model, kept


def is_history(model):
    return hasattr(model, "pgh_tracked_model")


def rows_owned(model, kept, mine):
    """The rows whose owner path leads to the person; a model behind a wall of its own has its reader in settings."""
    if reader := settings.PERSONAL_DATA_READERS.get(model._meta.label):
        return import_string(reader)(mine)
    condition = Q(pk__in=[])
    for path in kept.owner:
        key = mine.get(person_at(model, path))
        if key is not None:
            own = "pgh_obj" if path == "pk" and is_history(model) else path
            condition |= Q(**{own: key})
    rows = model._default_manager.filter(condition).order_by("pk").distinct()
    if kept.excluded:
        rows = rows.exclude(**kept.excluded)
    return rows.select_related(*shown_relations(model, kept))


def rows_named(model, kept, named, user):
    """The rows that name the person, one of his rows, or his account as the actor."""
    condition = Q(pk__in=[])
    for name in kept.named_in:
        condition |= Q(**{f"{name}__in": named})
    for name in kept.actor_in:
        condition |= Q(**{name: f"user:{user.pk}"})
    rows = model._default_manager.filter(condition).order_by("pk")
    return rows.select_related(*shown_relations(model, kept))


def handed_out(model, kept):
    """The fields of `model` that the person gets, in the order of the model."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [
        each for each in fields if kept.classes.get(each.name) in PERSONAL and each.name not in kept.withheld
    ]


def shown_relations(model, kept):
    """Relations whose words are shown: plain reference data, and people whom the person knows anyway."""
    return [
        each.name
        for each in handed_out(model, kept)
        if each.many_to_one and (is_reference(each.related_model) or each.name in kept.names)
    ]


def is_reference(model):
    kept = kept_for(model)
    return kept is not None and not kept.is_personal


def group_of(model, kept, rows, teller):
    fields = [each for each in handed_out(model, kept) if not each.many_to_many]
    columns = [
        (
            each.name,
            catalogue().words_for(kept.model, each.name),
            kept.classes[each.name].label,
            {str(value): str(words) for value, words in each.flatchoices},
        )
        for each in fields
    ]
    title = f"Riwayat: {kept.title}" if is_history(model) else kept.title
    remarks = [kept.except_reason] if kept.except_reason else []
    remarks += [f"{catalogue().words_for(kept.model, name)}: {why}" for name, why in kept.withheld.items()]
    found = [{each.name: teller.value(row, each, kept) for each in fields} for row in rows]
    return Group(
        label=model._meta.label,
        title=title,
        kept=kept,
        is_history=is_history(model),
        columns=columns,
        rows=found,
        remarks=remarks,
    )


class Teller:
    """Says a value so that nobody else is named."""

    def __init__(self, user, mine):
        self.user, self.mine = user, mine

    def value(self, row, model_field, kept):
        if model_field.many_to_one or model_field.one_to_one:
            return self.relation(row, model_field, kept)
        value = getattr(row, model_field.name)
        if model_field.name in kept.actor_in:
            return actor_in_words(value, self.user)
        if model_field.name in kept.named_in:
            return record_in_words(value)
        if kept.label == "ambon_kinerja.AuditEvent" and model_field.name == "action":
            return act_in_words(value)
        if kept.label == "ambon_kinerja.Viewing" and model_field.name == "kind":
            return viewing_in_words(value)
        return plain(value)

    def relation(self, row, model_field, kept):
        key = getattr(row, model_field.attname)
        if key is None:
            return None
        label = model_field.related_model._meta.label
        if label in person_models():
            if self.mine.get(label) == key:
                return MYSELF
            return str(getattr(row, model_field.name)) if model_field.name in kept.names else SOMEBODY
        if is_reference(model_field.related_model):
            return str(getattr(row, model_field.name))
        return record_in_words(f"{label}:{key}")


def plain(value):
    """What JSON knows; a range of days becomes its first day and the first day after it."""
    if hasattr(value, "lower") and hasattr(value, "upper") and not isinstance(value, str):
        return {"sejak": plain(value.lower), "sampai_sebelum": plain(value.upper)}
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
