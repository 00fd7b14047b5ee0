"""The whole year as a period of its own, in which role an evaluation was rated, and who may when nobody else did."""

from importlib import import_module

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from ambon_kinerja.migrations import at_once

# The window of the annual evaluation stood in YearWindow; it now stands in a Period, like that of every evaluation.
OPENED = """
    INSERT INTO appraisal_period (year, cadence, number, starts_on, ends_on, opens_at, closes_at)
        SELECT opened.year, 'annual', 0, make_date(opened.year, 1, 1), make_date(opened.year, 12, 31),
            found.opens_at, found.closes_at
        FROM appraisal_yearwindow found
            JOIN appraisal_performanceyear opened ON opened.id = found.performance_year_id
        WHERE found.kind = 'annual';
    DELETE FROM appraisal_yearwindow WHERE kind = 'annual';
"""
PUT_BACK = """
    INSERT INTO appraisal_yearwindow (performance_year_id, kind, opens_at, closes_at)
        SELECT opened.id, 'annual', found.opens_at, found.closes_at
        FROM appraisal_period found JOIN appraisal_performanceyear opened ON opened.year = found.year
        WHERE found.cadence = 'annual';
    DELETE FROM appraisal_period WHERE cadence = 'annual';
"""

wall = import_module("appraisal.migrations.0004_row_security")

# Of a whole year: recorded is what was recorded in any of its parts.
OF_ONE = "value.period_id = of_period", "evidence.period_id = of_period", "words.period_id = of_period"
PARTS = """(
    SELECT part.id FROM public.appraisal_period part JOIN public.appraisal_period asked ON asked.id = of_period
    WHERE part.id = asked.id OR (asked.cadence = 'annual' AND part.year = asked.year)
)"""


def duty_states(*, of_parts):
    """The function of 0012 made again."""
    text = import_module("appraisal.migrations.0012_cycle_and_rulebook").DUTY_STATES
    text = text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    for condition in OF_ONE if of_parts else ():
        text = text.replace(condition, condition.replace("= of_period", f"IN {PARTS}"))
    return text


# A draft is open to the one who stands in it as its appraiser, though he does not lead the employee today: the superior
# of a silent appraiser, and who was moved within the window. What he has to read with it is open with it.
IN_HAND = """
    CREATE FUNCTION appraisal_plans_in_hand() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $body$
    #variable_conflict use_column
    DECLARE
        before text := coalesce(current_setting('app.reader', true), '');
        answer bigint[];
    BEGIN
        PERFORM set_config('app.reader', 'service', true);
        answer := (
            SELECT coalesce(array_agg(e.skp_id), '{}') FROM public.appraisal_evaluation e
            WHERE e.state = 'draft'
                AND e.appraiser_id = ANY (nullif(current_setting('app.me', true), '')::bigint[])
        );
        PERFORM set_config('app.reader', before, true);
        RETURN answer;
    END $body$;
    REVOKE ALL ON FUNCTION appraisal_plans_in_hand() FROM PUBLIC;
"""
MINE = f"appraiser_id {wall.among('me')}"
OF_MINE = "= ANY ((SELECT appraisal_plans_in_hand())::bigint[])"
OF_MY_DRAFT = f"EXISTS (SELECT FROM appraisal_evaluation e WHERE e.id = evaluation_id AND e.{MINE})"
OPEN_IN_HAND = {
    ("skp", "SELECT"): (f"id {OF_MINE}", None),
    ("skp", "UPDATE"): (f"id {OF_MINE}", "false"),  # locked while it is made final, never changed
    ("evaluation", "SELECT"): (f"state = 'draft' AND {MINE}", None),
    ("evaluation", "UPDATE"): (f"state = 'draft' AND {MINE}", MINE),
    ("resultrating", "INSERT"): (None, OF_MY_DRAFT),
    ("resultrating", "UPDATE"): (OF_MY_DRAFT, OF_MY_DRAFT),
    ("feedback", "SELECT"): (f"skp_id {OF_MINE}", None),
    ("evidence", "SELECT"): (
        f"EXISTS (SELECT FROM appraisal_workresult r WHERE r.id = result_id AND r.skp_id {OF_MINE})",
        None,
    ),
}


def policies():
    person = wall.is_reader("person")
    for (table, command), (using, check) in OPEN_IN_HAND.items():
        before = f"{person} AND {using}" if using else None
        after = f"{person} AND {check}" if check else None
        yield wall.policy(table, f"whose_turn_it_is_{command.lower()}s", command, before, after)


def no_policies():
    for table, command in OPEN_IN_HAND:
        yield f"DROP POLICY whose_turn_it_is_{command.lower()}s ON appraisal_{table};"
    yield "DROP FUNCTION appraisal_plans_in_hand();"


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0011_rule_change_proposals'),
        ('appraisal', '0014_organisation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = at_once([
        migrations.CreateModel(
            name='CarryOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='diusulkan')),
                ('employee_agreed_at', models.DateTimeField(blank=True, null=True, verbose_name='disetujui pegawai')),
                ('appraiser_agreed_at', models.DateTimeField(blank=True, null=True, verbose_name='disetujui pejabat penilai')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='dibatalkan')),
                ('evaluation', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carry_over', to='appraisal.evaluation', verbose_name='penilaian')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='appraisal.period', verbose_name='periode')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diusulkan oleh')),
                ('skp', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carry_overs', to='appraisal.skp', verbose_name='SKP di unit baru')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carried_to', to='appraisal.evaluation', verbose_name='hasil di unit lama')),
            ],
            options={
                'ordering': ['-proposed_at', '-pk'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('skp', 'period'), name='one_living_carry_over_per_plan_and_period'),
                    models.CheckConstraint(condition=models.Q(('evaluation', None), models.Q(('appraiser_agreed_at__isnull', False), ('employee_agreed_at__isnull', False), ('withdrawn_at', None)), _connector='OR'), name='a_result_is_carried_over_by_consent_of_both'),
                ],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='evaluation',
            name='final_evaluation_is_not_rewritten',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='evaluation',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='evaluation',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='evaluation',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='evaluation',
            name='predikat_follows_the_matrix',
        ),
        migrations.RemoveConstraint(
            model_name='period',
            name='periods_do_not_overlap',
        ),
        migrations.RemoveConstraint(
            model_name='period',
            name='period_is_a_month_or_a_quarter',
        ),
        migrations.RemoveConstraint(
            model_name='period',
            name='a_year_has_one_cadence',
        ),
        migrations.RemoveConstraint(
            model_name='yearwindow',
            name='only_documentation_and_feedback_have_a_period',
        ),
        migrations.RunSQL(OPENED, PUT_BACK),
        migrations.AddField(
            model_name='evaluation',
            name='rated_by_role',
            field=models.CharField(choices=[('appraiser', 'Pejabat penilai kinerja'), ('superior', 'Atasan pejabat penilai'), ('regional_head', 'Kepala daerah')], default='appraiser', max_length=15, verbose_name='dinilai sebagai'),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='study_ended_early',
            field=models.BooleanField(default=False, verbose_name='tidak menyelesaikan tugas belajar'),
        ),
        migrations.AddField(
            model_name='evaluationevent',
            name='rated_by_role',
            field=models.CharField(choices=[('appraiser', 'Pejabat penilai kinerja'), ('superior', 'Atasan pejabat penilai'), ('regional_head', 'Kepala daerah')], default='appraiser', max_length=15, verbose_name='dinilai sebagai'),
        ),
        migrations.AddField(
            model_name='evaluationevent',
            name='study_ended_early',
            field=models.BooleanField(default=False, verbose_name='tidak menyelesaikan tugas belajar'),
        ),
        migrations.AlterField(
            model_name='period',
            name='cadence',
            field=models.CharField(choices=[('monthly', 'Bulanan'), ('quarterly', 'Triwulanan'), ('annual', 'Tahunan')], default='quarterly', max_length=10, verbose_name='irama evaluasi'),
        ),
        migrations.AlterField(
            model_name='yearwindow',
            name='kind',
            field=models.CharField(choices=[('planning', 'Perencanaan SKP'), ('documentation', 'Dokumentasi kinerja'), ('feedback', 'Umpan balik berkala')], max_length=15, verbose_name='untuk'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evaluation',
            trigger=pgtrigger.compiler.Trigger(name='nobody_rates_himself', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (\n                        SELECT 1 FROM appraisal_skp s WHERE s.id = NEW.skp_id AND s.employee_id = NEW.appraiser_id\n                    ) THEN\n                        RAISE EXCEPTION 'nobody rates himself' USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='42e1e53ff03da9415d500188579bd83f7a387091', operation='INSERT OR UPDATE OF "appraiser_id", "skp_id"', pgid='pgtrigger_nobody_rates_himself_1136b', table='appraisal_evaluation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evaluation',
            trigger=pgtrigger.compiler.Trigger(name='final_evaluation_is_not_rewritten', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."state" = \'draft\') AND (NEW."state" = \'draft\' OR OLD."state" = \'superseded\' OR (NEW."state" = \'final\' AND OLD."state" = \'acknowledged\') OR (OLD."state" = \'acknowledged\' AND OLD."acknowledged_at" IS DISTINCT FROM (NEW."acknowledged_at")) OR (NEW."state" = \'superseded\' AND OLD."acknowledged_at" IS DISTINCT FROM (NEW."acknowledged_at")) OR OLD."skp_id" IS DISTINCT FROM (NEW."skp_id") OR OLD."period_id" IS DISTINCT FROM (NEW."period_id") OR OLD."appraiser_id" IS DISTINCT FROM (NEW."appraiser_id") OR OLD."rated_by_role" IS DISTINCT FROM (NEW."rated_by_role") OR OLD."suggested_rating" IS DISTINCT FROM (NEW."suggested_rating") OR OLD."suggestion_reasons" IS DISTINCT FROM (NEW."suggestion_reasons") OR OLD."work_rating" IS DISTINCT FROM (NEW."work_rating") OR OLD."work_reason" IS DISTINCT FROM (NEW."work_reason") OR OLD."behaviour_rating" IS DISTINCT FROM (NEW."behaviour_rating") OR OLD."behaviour_reason" IS DISTINCT FROM (NEW."behaviour_reason") OR OLD."predikat" IS DISTINCT FROM (NEW."predikat") OR OLD."study_ended_early" IS DISTINCT FROM (NEW."study_ended_early") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."receipt" IS DISTINCT FROM (NEW."receipt") OR OLD."receipt_sha256" IS DISTINCT FROM (NEW."receipt_sha256") OR OLD."finalised_at" IS DISTINCT FROM (NEW."finalised_at") OR OLD."revision" IS DISTINCT FROM (NEW."revision") OR OLD."replaces_id" IS DISTINCT FROM (NEW."replaces_id")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d57c3c841dd886253ec842eb2d08dc5518dd4181', operation='UPDATE', pgid='pgtrigger_final_evaluation_is_not_rewritten_45239', table='appraisal_evaluation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evaluation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "appraisal_evaluationevent" ("acknowledged_at", "appraiser_id", "behaviour_rating", "behaviour_reason", "finalised_at", "id", "note", "open_until", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predikat", "rated_by_role", "receipt", "receipt_sha256", "reopened_by_id", "replaces_id", "revision", "saved_at", "skp_id", "started_at", "state", "study_ended_early", "suggested_rating", "suggestion_reasons", "superseded_at", "version", "work_rating", "work_reason") VALUES (NEW."acknowledged_at", NEW."appraiser_id", NEW."behaviour_rating", NEW."behaviour_reason", NEW."finalised_at", NEW."id", NEW."note", NEW."open_until", NEW."period_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."predikat", NEW."rated_by_role", NEW."receipt", NEW."receipt_sha256", NEW."reopened_by_id", NEW."replaces_id", NEW."revision", NEW."saved_at", NEW."skp_id", NEW."started_at", NEW."state", NEW."study_ended_early", NEW."suggested_rating", NEW."suggestion_reasons", NEW."superseded_at", NEW."version", NEW."work_rating", NEW."work_reason"); RETURN NULL;', hash='5de50e89318808fab22c2ba3127f4dde4ab7167c', operation='INSERT', pgid='pgtrigger_insert_insert_36191', table='appraisal_evaluation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evaluation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "appraisal_evaluationevent" ("acknowledged_at", "appraiser_id", "behaviour_rating", "behaviour_reason", "finalised_at", "id", "note", "open_until", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predikat", "rated_by_role", "receipt", "receipt_sha256", "reopened_by_id", "replaces_id", "revision", "saved_at", "skp_id", "started_at", "state", "study_ended_early", "suggested_rating", "suggestion_reasons", "superseded_at", "version", "work_rating", "work_reason") VALUES (NEW."acknowledged_at", NEW."appraiser_id", NEW."behaviour_rating", NEW."behaviour_reason", NEW."finalised_at", NEW."id", NEW."note", NEW."open_until", NEW."period_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."predikat", NEW."rated_by_role", NEW."receipt", NEW."receipt_sha256", NEW."reopened_by_id", NEW."replaces_id", NEW."revision", NEW."saved_at", NEW."skp_id", NEW."started_at", NEW."state", NEW."study_ended_early", NEW."suggested_rating", NEW."suggestion_reasons", NEW."superseded_at", NEW."version", NEW."work_rating", NEW."work_reason"); RETURN NULL;', hash='18de58639b382b534ecf6df9534e01e846945a6b', operation='UPDATE', pgid='pgtrigger_update_update_e4364', table='appraisal_evaluation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evaluation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "appraisal_evaluationevent" ("acknowledged_at", "appraiser_id", "behaviour_rating", "behaviour_reason", "finalised_at", "id", "note", "open_until", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predikat", "rated_by_role", "receipt", "receipt_sha256", "reopened_by_id", "replaces_id", "revision", "saved_at", "skp_id", "started_at", "state", "study_ended_early", "suggested_rating", "suggestion_reasons", "superseded_at", "version", "work_rating", "work_reason") VALUES (OLD."acknowledged_at", OLD."appraiser_id", OLD."behaviour_rating", OLD."behaviour_reason", OLD."finalised_at", OLD."id", OLD."note", OLD."open_until", OLD."period_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."predikat", OLD."rated_by_role", OLD."receipt", OLD."receipt_sha256", OLD."reopened_by_id", OLD."replaces_id", OLD."revision", OLD."saved_at", OLD."skp_id", OLD."started_at", OLD."state", OLD."study_ended_early", OLD."suggested_rating", OLD."suggestion_reasons", OLD."superseded_at", OLD."version", OLD."work_rating", OLD."work_reason"); RETURN NULL;', hash='4477ac6fba2bc4fad7d38a597623a58c945a7a3e', operation='DELETE', pgid='pgtrigger_delete_delete_e89f0', table='appraisal_evaluation', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(('rated_by_role__in', ('appraiser', 'superior', 'regional_head'))), name='an_evaluation_says_in_which_role'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(('predikat', ''), ('work_rating', ''), ('behaviour_rating', ''), models.Q(('behaviour_rating', 'above'), ('predikat', 'sangat_baik'), ('study_ended_early', False), ('work_rating', 'above')), models.Q(('behaviour_rating', 'meets'), ('predikat', 'baik'), ('study_ended_early', False), ('work_rating', 'above')), models.Q(('behaviour_rating', 'above'), ('predikat', 'baik'), ('study_ended_early', False), ('work_rating', 'meets')), models.Q(('behaviour_rating', 'meets'), ('predikat', 'baik'), ('study_ended_early', False), ('work_rating', 'meets')), models.Q(('behaviour_rating', 'above'), ('predikat', 'butuh_perbaikan'), ('study_ended_early', False), ('work_rating', 'below')), models.Q(('behaviour_rating', 'meets'), ('predikat', 'butuh_perbaikan'), ('study_ended_early', False), ('work_rating', 'below')), models.Q(('behaviour_rating', 'below'), ('predikat', 'kurang'), ('study_ended_early', False), ('work_rating', 'above')), models.Q(('behaviour_rating', 'below'), ('predikat', 'kurang'), ('study_ended_early', False), ('work_rating', 'meets')), models.Q(('behaviour_rating', 'below'), ('predikat', 'sangat_kurang'), ('study_ended_early', False), ('work_rating', 'below')), models.Q(('behaviour_rating', 'above'), ('predikat', 'kurang'), ('study_ended_early', True)), models.Q(('behaviour_rating', 'meets'), ('predikat', 'kurang'), ('study_ended_early', True)), models.Q(('behaviour_rating', 'below'), ('predikat', 'sangat_kurang'), ('study_ended_early', True)), _connector='OR'), name='predikat_follows_the_matrix'),
        ),
        migrations.AddConstraint(
            model_name='performanceyear',
            constraint=models.CheckConstraint(condition=models.Q(('cadence', 'annual'), _negated=True), name='a_year_is_evaluated_by_months_or_quarters'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cadence', 'quarterly'), ('number__range', (1, 4))), models.Q(('cadence', 'monthly'), ('number__range', (1, 12))), models.Q(('cadence', 'annual'), ('number', 0)), _connector='OR'), name='period_is_a_month_a_quarter_or_a_year'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('cadence', 'annual'), _negated=True), expressions=[(models.Func(models.F('starts_on'), models.F('ends_on'), models.Value('[]'), function='daterange'), '&&')], name='periods_do_not_overlap'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('cadence', 'annual'), _negated=True), expressions=[('year', '='), ('cadence', '<>')], name='a_year_has_one_cadence'),
        ),
        migrations.AddConstraint(
            model_name='yearwindow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'planning'), ('period', None)), models.Q(('kind__in', ('documentation', 'feedback')), ('period__isnull', False)), _connector='OR'), name='only_documentation_and_feedback_have_a_period'),
        ),
        migrations.RunSQL(IN_HAND + "\n".join(policies()), "\n".join(no_policies())),
        migrations.RunSQL(duty_states(of_parts=True), duty_states(of_parts=False)),
    ])
