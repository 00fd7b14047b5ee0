"""What is kept about people: every field of every model with its class, read from each app's personal_data.yml.

The file stands beside the models it speaks of; this room knows only its shape:

    labels:     {field: words}              of this app, where a field has no Indonesian name of its own
    acts:       {audit verb: words}         the trail in plain words
    viewings:   {kind: {words, record}}     what `note_viewing` may be told, and the model that was seen
    retention:  {record class: {title, action, months, least_months, basis, reason, model, since, only, clear}}
    records:
      app.Model:
        title, purpose, readers, retention  in words, due once the model has a personal field
        owner: path or [paths]              the field path to the person ("skp__employee"), "pk" for a person's own row
        named_in: [fields]                  texts that name a row, "appraisal.Skp:12"
        actor_in: [fields]                  texts that name an account, "user:7"
        sealed: true                        acts on them stand in no list of affected people, which would tell
        no_owner: reason                    why its rows are nobody's, where none of the three above stands
        names: [fields]                     other people whose name the person sees anyway
        withheld: {field: reason}           personal, yet not handed out
        except: {field: value}, except_reason
        history: reason                     why its pghistory rows are not handed out
        none / ordinary / sensitive / secret: [fields]

Tables of pghistory inherit from the model they follow.
"""

from dataclasses import dataclass, field
from functools import lru_cache

import yaml
from django.apps import apps
from django.conf import settings
from django.db.models import TextChoices


class Sensitivity(TextChoices):
    """Four classes, in Indonesian: "peka" also holds what UU 27/2022 art. 4 (2) calls "spesifik"."""

    NONE = "none", "Bukan data pribadi"
    ORDINARY = "ordinary", "Umum"
    SENSITIVE = "sensitive", "Peka"
    SECRET = "secret", "Rahasia"


PERSONAL = (Sensitivity.ORDINARY, Sensitivity.SENSITIVE)
MEANING = {
    Sensitivity.ORDINARY: "Data yang mengenali Anda, misalnya nama, NIP, dan jabatan.",
    Sensitivity.SENSITIVE: "Data yang dapat merugikan Anda bila tersebar, misalnya penilaian dan alasannya.",
    Sensitivity.SECRET: "Data untuk menjaga akun, misalnya sidik kata sandi. Tidak pernah keluar dari sistem.",
}


@dataclass(frozen=True)
class Kept:
    """What one model keeps; `classes` is {field name: Sensitivity}."""

    label: str
    title: str = ""
    purpose: str = ""
    readers: str = ""
    retention: str = ""
    owner: tuple[str, ...] = ()
    named_in: tuple[str, ...] = ()
    actor_in: tuple[str, ...] = ()
    no_owner: str = ""
    sealed: bool = False
    names: tuple[str, ...] = ()
    withheld: dict = field(default_factory=dict)
    excluded: dict = field(default_factory=dict)
    except_reason: str = ""
    history: str = ""
    classes: dict = field(default_factory=dict)

    @property
    def model(self):
        return apps.get_model(self.label)

    @property
    def is_personal(self):
        return any(given in PERSONAL for given in self.classes.values())

    def fields_of(self, given):
        return [name for name, sensitivity in self.classes.items() if sensitivity == given]


@dataclass(frozen=True)
class Catalogue:
    records: dict
    labels: dict
    acts: dict
    viewings: dict
    retention: dict

    def words_for(self, model, name):
        """The Indonesian name of a field, or "" when neither the field nor the file gives one."""
        words = str(getattr(model._meta.get_field(name), "verbose_name", ""))
        given = self.labels.get(model._meta.app_label, {}).get(name, "")
        return words if words and words != name.replace("_", " ") else given


@lru_cache(maxsize=1)
def catalogue():
    return read_files(settings.PERSONAL_DATA_FILES)


def read_files(paths):
    """The Catalogue of all files together; the labels stay with their app, which is the folder of the file.

    Raises ValueError for a name that two files give and for a part nobody knows.
    """
    whole = {part: {} for part in ("records", "labels", "acts", "viewings", "retention")}
    for path in paths:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        whole["labels"][path.parent.name] = content.pop("labels", {})
        for part, entries in content.items():
            if part not in whole or whole[part].keys() & (entries or {}).keys():
                raise ValueError(f"{path}: {part} is unknown or names something twice")
            whole[part] |= entries or {}
    whole["records"] = {label: kept_of(label, entry) for label, entry in whole["records"].items()}
    return Catalogue(**whole)


def kept_of(label, entry):
    """One entry of `records`. Raises ValueError for an unknown key or a field with two classes."""
    entry = dict(entry or {})
    classes = {}
    for given in Sensitivity:
        for name in entry.pop(given.value, None) or ():
            if name in classes:
                raise ValueError(f"{label}.{name} has two classes")
            classes[name] = given
    entry["excluded"] = entry.pop("except", None) or {}
    for key in ("owner", "named_in", "actor_in", "names"):
        said = entry.get(key) or ()
        entry[key] = (said,) if isinstance(said, str) else tuple(said)
    if unknown := entry.keys() - Kept.__dataclass_fields__.keys():
        raise ValueError(f"{label}: {sorted(unknown)} is no key of an entry")
    return Kept(label=label, classes=classes, **entry)


def kept_for(model):
    """The Kept of a model; a table of pghistory has that of the model it follows. None when nobody wrote one."""
    followed = getattr(model, "pgh_tracked_model", None)
    return catalogue().records.get((followed or model)._meta.label)


def person_models():
    """{label: field that leads to the account, or "" for the account itself}: the models whose rows are a person."""
    return {settings.AUTH_USER_MODEL: "", **settings.PERSONAL_DATA_PERSONS}


def person_at(model, path):
    """The label of the person model to which `path` leads from `model`. Raises FieldDoesNotExist, ValueError."""
    target = model
    for part in [] if path == "pk" else path.split("__"):
        target = target._meta.get_field(part).related_model
        if target is None:
            raise ValueError(f"{model._meta.label}: {path} leads to no record")
    label = getattr(target, "pgh_tracked_model", target)._meta.label
    if label not in person_models():
        raise ValueError(f"{model._meta.label}: {path} leads to {label}, which is no person")
    return label
