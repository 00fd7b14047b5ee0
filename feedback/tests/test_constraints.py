"""What must never be true of citizens' voices: the database refuses it, by each constraint and trigger alone.

Every one is tried with rows that break it and nothing else; then it is taken away, and the same rows pass. A new
constraint fails this test until it says here what breaks it.
"""

from datetime import UTC, date, datetime
from itertools import count

import pgtrigger
import pytest
from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import NOT_PROVIDED, CheckConstraint

pytestmark = pytest.mark.django_db
DAY, LATER = date(2026, 7, 1), date(2026, 7, 20)
NOW, THEN = datetime(2026, 7, 1, 10, tzinfo=UTC), datetime(2026, 7, 2, 10, tzinfo=UTC)
OTHER = 4711  # keys of rows that need not exist: nothing here is committed
NUMBERS = count(1)

# What a row of a model needs so that it breaks nothing.
SOUND = {
    "CodeSheet": {"given": 5, "used": 0},
    "PaperBatch": {"sheet_count": 30},
    "ReleasedFeedback": {"answers": 5},
    "Complaint": {"identity": "named"},
    "ComplaintTerm": {"days": 14},
    "RestrictedLetter": {"kind": "reply", "due_on": LATER},
    "Question": {"element": "waktu"},
    "ServiceVolume": {"quarter": 3},
    "QuarterLock": {"quarter": 3},
    "PublishedFigures": {"quarter": 3},
    "RunningFigure": {"quarter": 3},
    "FollowUpPlan": {"quarter": 3, "year": 2026},
    "LockedResult": {"unit_id": None, "service_id": OTHER},
    "SheetKeying": {"round": 1},
    "SurveyResponse": {"state": "counted"},
}

# What breaks each check, beside a sound row.
BROKEN = {
    "a_year_has_four_quarters": {"quarter": 5},
    "a_duty_has_a_beginning": {"term": DateRange(None, LATER)},
    "a_code_sheet_begins_before_it_ends": {"first_day": LATER, "last_day": DAY, "expires_on": LATER},
    "no_more_codes_are_used_than_given": {"used": 6},
    "an_officer_hands_out_at_a_counter": {"kind": "counter", "counter_id": None},
    "an_enumerator_has_a_first_and_a_last_day": {"term": DateRange(DAY, None)},
    "a_revoked_kiosk_says_since_when": {"state": "revoked", "revoked_on": None},
    "a_local_element_has_a_name_and_only_it_replaces": {"element": "parkir", "local_label": ""},
    "set_aside_for_a_reason": {"reasons": []},
    "what_does_not_count_has_its_reason": {"state": "excluded", "set_aside_id": None},
    "answer_is_one_to_four": {"value": 5},
    "a_batch_ends_after_it_begins": {"first_day": LATER, "last_day": DAY},
    "a_batch_has_one_to_200_sheets": {"sheet_count": 201},
    "an_accepted_batch_says_when": {"state": "accepted", "accepted_at": None},
    "there_are_two_rounds": {"round": 3},
    "a_blank_sheet_says_nothing": {"is_blank": True, "keyed": {"1": "4"}},
    "a_resolved_difference_says_by_whom": {"resolved_at": NOW, "resolved_by_id": None},
    "feedback_round_ends_after_it_starts": {"starts_on": LATER, "ends_on": DAY},
    "open_feedback_round_was_drawn": {"state": "open", "drawn_at": None},
    "only_an_open_feedback_round_keeps_its_seed": {"state": "prepared", "seed": "benih"},
    "nothing_is_released_of_fewer_than_five": {"answers": 4},
    "an_anonymous_complaint_has_no_name": {
        "identity": "anonymous",
        "name": "Yosep",
        "consent_version": "1",
        "consented_on": DAY,
    },
    "contact_is_kept_with_consent_only": {"email": "a@contoh.test", "consent_version": ""},
    "a_merged_complaint_names_the_main_one": {"state": "merged", "merged_into_id": None, "closed_on": DAY},
    "no_complaint_is_its_own_duplicate": {
        "id": 99,
        "state": "merged",
        "merged_into_id": 99,
        "closed_on": DAY,
    },
    "a_transferred_complaint_has_its_number": {"state": "transferred", "sp4n_number": "", "closed_on": DAY},
    "a_running_clock_has_its_last_day": {"clock": "answer", "due_on": None},
    "only_what_is_finished_has_a_last_day": {"state": "done", "closed_on": None},
    "handling_is_rated_one_to_four": {"satisfaction": 5, "rated_on": DAY},
    "no_officer_writes_as_a_citizen": {"kind": "addition", "by_id": OTHER},
    "a_term_has_days": {"days": 0},
    "complaint_figures_are_of_a_quarter": {"quarter": 5},
    "restricted_officer_stands_with_his_mark": {"officer": "tersegel", "officer_mark": ""},
    "restricted_contact_only_with_consent": {"contact": "tersegel", "consent_at": None},
    "restricted_outcome_has_its_day": {"outcome": "not_substantiated", "decided_at": None},
    "nothing_is_substantiated_unheard": {
        "outcome": "substantiated",
        "decided_at": NOW,
        "reply_asked_at": None,
    },
    "restricted_case_that_is_over_has_its_day": {"state": "closed", "closed_at": None},
    "a_citizen_writes_without_an_account": {"side": "citizen", "by_id": OTHER},
    "an_answer_has_its_moment": {"answer": "Saya lelah.", "answered_at": None},
    "only_the_officer_has_a_term": {"kind": "superior", "due_on": LATER},
    "a_seal_is_opened_by_a_second_person": {
        "asked_by_id": OTHER,
        "opened_by_id": OTHER,
        "opened_at": NOW,
        "ends_at": THEN,
    },
    "an_open_seal_has_its_term": {"asked_by_id": 1, "opened_by_id": OTHER, "opened_at": NOW, "ends_at": NOW},
    "follow_up_plan_is_of_a_quarter": {"quarter": 5},
    "published_plan_has_its_day": {"state": "published", "published_on": None},
    "three_elements_are_followed_up": {"position": 4},
    "follow_up_is_due_in_a_year": {"due": "", "due_year": 2026},
    "realisation_says_what_was_done_or_why_not": {"state": "not_done", "obstacles": ""},
    "proof_of_follow_up_is_whole": {"file_path": "a/b", "sha256": "x", "size": 5},
    "only_a_proof_can_be_shown": {"shows_file": True, "file_path": ""},
    "closed_problem_has_its_day_and_conclusion": {"state": "closed", "closed_on": DAY, "closing": ""},
    "analysed_problem_has_a_cause": {"state": "analysed", "cause": ""},
    "solution_ends_after_it_starts": {"starts_on": LATER, "ends_on": DAY},
    "concluded_solution_says_what_was_seen": {"concluded_on": LATER, "conclusion": ""},
    "lock_is_of_a_quarter": {"quarter": 0},
    "a_result_is_of_a_service_or_a_unit": {"unit_id": OTHER, "service_id": OTHER},
}

# The same once more with nothing in a place that is compared: a comparison with nothing is neither true nor false,
# and PostgreSQL lets pass what is not false.
EMPTY = {
    "a_running_clock_has_its_last_day": {
        "clock": "answer",
        "due_on": DAY,
        "clock_from": DAY,
        "clock_days": None,
    },
    "handling_is_rated_one_to_four": {"satisfaction": None, "rated_on": DAY},
    "an_open_seal_has_its_term": {"asked_by_id": 1, "opened_by_id": OTHER, "opened_at": NOW, "ends_at": None},
    "follow_up_is_due_in_a_year": {"due": "q1", "due_year": None},
}

# What both rows of a pair must hold so that the condition of their constraint is met.
PAIRED = {
    "element_is_asked_once": {"element": "waktu"},
    "a_key_always_takes_the_same_place": {"element": "parkir", "local_label": "Parkir"},
    "a_key_always_has_the_same_name": {"element": "parkir"},
    "a_counter_hands_out_from_one_sheet_a_day": {"kind": "handout"},
    "an_officer_hands_out_from_one_sheet_a_day": {"kind": "counter", "counter_id": OTHER},
    "one_group_of_a_kind_waits": {"state": "waiting"},
    "one_mail_waits_per_complaint": {"sent_on": None},
    "the_officer_is_asked_once": {"kind": "reply"},
    "one_request_for_a_seal_at_a_time": {"opened_at": None},
    "one_solution_is_tried_at_a_time": {"concluded_on": None},
    "a_service_has_one_locked_result": {"unit_id": None, "service_id": OTHER},
    "a_unit_has_one_locked_result": {"unit_id": OTHER, "service_id": None},
}


# In what the two differ, so that no other constraint refuses them.
APART = {
    "element_is_asked_once": ({"position": 1}, {"position": 2}),
    "a_key_always_takes_the_same_place": ({"replaces": "biaya"}, {"replaces": ""}),
    "a_key_always_has_the_same_name": ({"local_label": "Parkir"}, {"local_label": "Tempat parkir"}),
    "question_has_its_own_place": ({"element": "waktu"}, {"element": "biaya"}),
    "an_element_has_one_paper_number": ({"number": 1}, {"number": 2}),
    "nobody_keys_a_sheet_twice": ({"round": 1}, {"round": 2}),
    "element_is_followed_up_once": ({"position": 1}, {"position": 2}),
    "one_solution_is_tried_at_a_time": ({"number": 1}, {"number": 2}),
    "solutions_are_numbered": ({"concluded_on": LATER, "conclusion": "Selesai."}, {}),
}


# What somebody would change in a protected row.
CHANGED = {
    "SurveyAnswer": ("value", 4),
    "QuarterLock": ("quarter", 4),
    "PublishedFigures": ("quarter", 4),
}


def all_of(kind):
    return [
        pytest.param(model, constraint, id=constraint.name)
        for model in apps.get_app_config("feedback").get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint) is kind
    ]


PROTECTED = [
    pytest.param(model, trigger, id=trigger.name)
    for model in apps.get_app_config("feedback").get_models()
    for trigger in getattr(model._meta, "triggers", ())
    if isinstance(trigger, pgtrigger.Protect)
]


def sound_row(model, **given):
    """A row of which every column that needs something has something; `given` last."""
    values = {}
    for field in model._meta.concrete_fields:
        if field.null or field.default is not NOT_PROVIDED or (field.primary_key and field.auto_created):
            continue
        values[field.attname] = something_for(field)
    return model(**(values | SOUND.get(model.__name__, {}) | given))


def something_for(field):
    number = next(NUMBERS)
    if isinstance(field, models.ForeignKey):
        return number
    if field.choices and not field.blank and not isinstance(field, ArrayField):
        return field.choices[0][0]
    if isinstance(field, ArrayField):
        return [something_for(field.base_field)]
    if isinstance(field, DateRangeField):
        return DateRange(DAY, LATER)
    if isinstance(field, models.DateTimeField):
        return NOW
    if isinstance(field, models.DateField):
        return DAY
    if isinstance(field, models.IntegerField | models.DecimalField):
        return 1
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, models.BooleanField):
        return False
    return "" if field.blank else f"x{number}"[: field.max_length]


def refused(rows, *, without=None):
    """The name of the constraint that refuses the rows; "" when they pass. Nothing stays."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                if without:
                    take_away(*without)
                for row in rows:
                    row.save(force_insert=True)
        except IntegrityError as error:
            return error.__cause__.diag.constraint_name
        finally:
            transaction.set_rollback(True)
    return ""


def take_away(model, constraint):
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = cursor.fetchone()[0]
        cursor.execute("RESET ROLE")
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{constraint.name}"')
        cursor.execute(f'DROP INDEX IF EXISTS "{constraint.name}"')
        cursor.execute(f'SET ROLE "{role}"')


@pytest.mark.parametrize(("model", "check"), all_of(True))
def test_what_must_not_be_is_refused_by_its_check_alone(model, check):
    for broken in filter(None, (BROKEN[check.name], EMPTY.get(check.name))):
        assert refused([sound_row(model, **broken)]) == check.name
        assert refused([sound_row(model, **broken)], without=(model, check)) == ""


@pytest.mark.parametrize(("model", "unique"), all_of(False))
def test_what_must_be_once_is_refused_the_second_time(model, unique):
    names = (
        [name for name, _ in unique.expressions] if isinstance(unique, ExclusionConstraint) else unique.fields
    )
    fields = [model._meta.get_field(name) for name in names]
    same = {field.attname: something_for(field) for field in fields} | PAIRED.get(unique.name, {})
    optional = {
        field.attname: None
        for field in fields
        if field.null and field.attname not in PAIRED.get(unique.name, {})
    }
    apart = APART.get(unique.name, ({}, {}))

    for values in (same, same | optional):
        assert refused([sound_row(model, **(values | each)) for each in apart]) == unique.name
    assert refused([sound_row(model, **(same | each)) for each in apart], without=(model, unique)) == ""


@pytest.mark.parametrize(("model", "trigger"), PROTECTED)
def test_what_is_protected_stays_as_it_is(model, trigger):
    with transaction.atomic():
        row = sound_row(model)
        row.save(force_insert=True)
        rows = model.objects.filter(pk=row.pk)
        name, changed = CHANGED.get(model.__name__, ("service_id", OTHER))
        tries = {
            pgtrigger.Update: lambda: rows.update(**{name: changed}),
            pgtrigger.Delete: lambda: rows._raw_delete("default"),
        }
        for operation, attempt in tries.items():
            if str(operation) in str(trigger.operation):
                with pytest.raises(DatabaseError, match=r"Cannot (update|delete)"), transaction.atomic():
                    attempt()
                with pgtrigger.ignore(f"feedback.{model.__name__}:{trigger.name}"):
                    assert attempt() == 1
                if operation is pgtrigger.Delete:
                    row.save(force_insert=True)
        transaction.set_rollback(True)


def test_every_check_says_here_what_breaks_it():
    checks = {param.id for param in all_of(True)}

    assert set(BROKEN) == checks
    assert set(PAIRED) <= {param.id for param in all_of(False)}
