"""Each field of each model has a class, and each person can be found from each row that is about him."""

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.test.utils import isolate_apps

from ambon_kinerja.personal_data.catalogue import (
    PERSONAL,
    Kept,
    Sensitivity,
    catalogue,
    kept_of,
    person_at,
    read_files,
)

FLOORS = ("ambon_kinerja", "agencies", "feedback", "appraisal")
IN_WORDS = ("title", "purpose", "readers", "retention")


def models_of_the_house():
    """Without the tables of pghistory, which inherit, and those behind a many-to-many field, which is classified."""
    for app in FLOORS:
        for model in apps.get_app_config(app).get_models():
            if not hasattr(model, "pgh_tracked_model"):
                yield model


def field_names(model):
    return {each.name for each in (*model._meta.concrete_fields, *model._meta.many_to_many)}


def faults_of(model, kept):
    """What is missing or too much about `model`, each as a sentence that says what to write where."""
    label = model._meta.label
    place = f"{label.split('.')[0]}/personal_data.yml, records: {label}"
    if kept is None:
        return [
            f"{place}: no entry. Add one with its fields under none, ordinary, sensitive or secret:"
            f" {', '.join(sorted(field_names(model)))}"
        ]
    faults = [
        f"{place}: add {name} under none, ordinary, sensitive or secret"
        for name in sorted(field_names(model) - kept.classes.keys())
    ]
    faults += [
        f"{place}: take out {name}, the model has no such field"
        for name in sorted(kept.classes.keys() - field_names(model))
    ]
    mentioned = {*kept.named_in, *kept.actor_in, *kept.names, *kept.withheld}
    faults += [
        f"{place}: {name} is mentioned, but the model has no such field"
        for name in sorted(mentioned - field_names(model))
    ]
    return faults + (faults_of_person(model, kept, place) if kept.is_personal else [])


def faults_of_person(model, kept, place):
    """What an entry with personal fields still lacks: words, a way to the person, Indonesian names."""
    faults = [f"{place}: say the {key} in Indonesian words" for key in IN_WORDS if not getattr(kept, key)]
    if kept.retention and kept.retention not in catalogue().retention:
        faults.append(f"{place}: retention {kept.retention} stands in no retention table")
    ways = [bool(kept.owner), bool(kept.named_in or kept.actor_in), bool(kept.no_owner)]
    if sum(ways) != 1:
        faults.append(
            f"{place}: name the owner (a field path such as skp__employee), or named_in/actor_in,"
            " or write in no_owner why its rows are nobody's; exactly one of them"
        )
    for path in kept.owner:
        try:
            person_at(model, path)
        except (FieldDoesNotExist, ValueError, AttributeError) as trouble:
            faults.append(f"{place}: owner {path}: {trouble}")
    if kept.excluded and not kept.except_reason:
        faults.append(f"{place}: except needs except_reason")
    faults += [
        f"{place}: {name} has no Indonesian name: give it a verbose_name, or add it to labels of the file"
        for name, given in kept.classes.items()
        if given in PERSONAL and name in field_names(model) and not catalogue().words_for(model, name)
    ]
    return faults


def test_every_field_has_a_class_and_every_person_a_way_to_his_rows():
    found = [
        fault
        for model in models_of_the_house()
        for fault in faults_of(model, catalogue().records.get(model._meta.label))
    ]

    if found:
        pytest.fail("\n".join(found))


def test_every_entry_speaks_of_a_model_that_is_there():
    labels = {model._meta.label for model in models_of_the_house()}

    assert sorted(catalogue().records.keys() - labels) == []


def test_every_retention_rule_and_viewing_speaks_of_what_is_there():
    whole = catalogue()
    for name, entry in whole.retention.items():
        assert {"title", "action", "basis", "reason"} <= entry.keys(), name
        if "model" in entry:
            known = field_names(apps.get_model(entry["model"]))
            named = {
                entry["since"],
                *entry.get("clear", {}),
                *(key.split("__")[0] for key in entry.get("only", {})),
            }
            assert named <= known, name
        assert (entry["action"] == "anonymise") == ("clear" in entry), name
    assert {entry["record"] for entry in whole.viewings.values()} <= whole.records.keys()


@isolate_apps("ambon_kinerja")
def test_a_new_model_without_entry_is_told_what_to_add():
    class Pet(models.Model):  # noqa: DJ008
        name = models.CharField(max_length=9)

        class Meta:
            app_label = "ambon_kinerja"

    assert faults_of(Pet, None) == [
        "ambon_kinerja/personal_data.yml, records: ambon_kinerja.Pet: no entry. Add one with its fields under"
        " none, ordinary, sensitive or secret: id, name"
    ]


@isolate_apps("ambon_kinerja")
def test_a_new_field_a_lost_field_and_a_missing_way_to_the_person_are_each_told():
    class Pet(models.Model):  # noqa: DJ008
        name = models.CharField(max_length=9)
        colour = models.CharField("warna", max_length=9)
        weight = models.FloatField()

        class Meta:
            app_label = "ambon_kinerja"

    kept = kept_of(
        "ambon_kinerja.Pet",
        {
            "title": "Piaraan",
            "purpose": "Uji.",
            "readers": "Anda.",
            "retention": "viewings",
            "none": ["id", "age"],
            "ordinary": ["colour"],
        },
    )

    assert [
        fault.removeprefix("ambon_kinerja/personal_data.yml, records: ") for fault in faults_of(Pet, kept)
    ] == [
        "ambon_kinerja.Pet: add name under none, ordinary, sensitive or secret",
        "ambon_kinerja.Pet: add weight under none, ordinary, sensitive or secret",
        "ambon_kinerja.Pet: take out age, the model has no such field",
        "ambon_kinerja.Pet: name the owner (a field path such as skp__employee), or named_in/actor_in,"
        " or write in no_owner why its rows are nobody's; exactly one of them",
    ]


@pytest.mark.parametrize("field", ["password"])
def test_what_guards_an_account_is_secret(field):
    assert catalogue().records["agencies.User"].classes[field] == Sensitivity.SECRET


def test_an_owner_path_that_leads_to_no_person_is_refused():
    skp = apps.get_model("appraisal.Skp")

    assert person_at(skp, "employee") == "agencies.Employee"
    with pytest.raises(ValueError, match="no person"):
        person_at(skp, "unit")
    with pytest.raises(ValueError, match="no record"):
        person_at(skp, "year")


def test_a_field_with_two_classes_and_an_unknown_key_are_refused():
    with pytest.raises(ValueError, match="two classes"):
        kept_of("a.B", {"none": ["id"], "ordinary": ["id"]})
    with pytest.raises(ValueError, match="no key"):
        kept_of("a.B", {"ordinray": ["id"]})


def test_two_files_cannot_name_the_same_thing(tmp_path):
    (tmp_path / "one.yml").write_text("acts: {skp.submit: Diajukan}")
    (tmp_path / "two.yml").write_text("acts: {skp.submit: Dikirim}")

    with pytest.raises(ValueError, match="twice"):
        read_files([tmp_path / "one.yml", tmp_path / "two.yml"])


def test_tables_of_history_inherit_from_what_they_follow():
    from ambon_kinerja.personal_data.catalogue import kept_for

    event = apps.get_model("appraisal.EvaluationEvent")

    assert kept_for(event) is catalogue().records["appraisal.Evaluation"]
    assert isinstance(kept_for(event), Kept)
