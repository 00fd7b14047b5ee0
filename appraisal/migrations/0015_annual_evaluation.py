"""The whole year as a period of its own, and in which role an evaluation was rated."""

import django.contrib.postgres.constraints
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

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


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0011_rule_change_proposals'),
        ('appraisal', '0013_longer_units'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            model_name='evaluationevent',
            name='rated_by_role',
            field=models.CharField(choices=[('appraiser', 'Pejabat penilai kinerja'), ('superior', 'Atasan pejabat penilai'), ('regional_head', 'Kepala daerah')], default='appraiser', max_length=15, verbose_name='dinilai sebagai'),
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
            trigger=pgtrigger.compiler.Trigger(name='final_evaluation_is_not_rewritten', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."state" = \'draft\') AND (NEW."state" = \'draft\' OR OLD."state" = \'superseded\' OR (NEW."state" = \'final\' AND OLD."state" = \'acknowledged\') OR (OLD."state" = \'acknowledged\' AND OLD."acknowledged_at" IS DISTINCT FROM (NEW."acknowledged_at")) OR (NEW."state" = \'superseded\' AND OLD."acknowledged_at" IS DISTINCT FROM (NEW."acknowledged_at")) OR OLD."skp_id" IS DISTINCT FROM (NEW."skp_id") OR OLD."period_id" IS DISTINCT FROM (NEW."period_id") OR OLD."appraiser_id" IS DISTINCT FROM (NEW."appraiser_id") OR OLD."rated_by_role" IS DISTINCT FROM (NEW."rated_by_role") OR OLD."suggested_rating" IS DISTINCT FROM (NEW."suggested_rating") OR OLD."suggestion_reasons" IS DISTINCT FROM (NEW."suggestion_reasons") OR OLD."work_rating" IS DISTINCT FROM (NEW."work_rating") OR OLD."work_reason" IS DISTINCT FROM (NEW."work_reason") OR OLD."behaviour_rating" IS DISTINCT FROM (NEW."behaviour_rating") OR OLD."behaviour_reason" IS DISTINCT FROM (NEW."behaviour_reason") OR OLD."predikat" IS DISTINCT FROM (NEW."predikat") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."receipt" IS DISTINCT FROM (NEW."receipt") OR OLD."receipt_sha256" IS DISTINCT FROM (NEW."receipt_sha256") OR OLD."finalised_at" IS DISTINCT FROM (NEW."finalised_at") OR OLD."revision" IS DISTINCT FROM (NEW."revision") OR OLD."replaces_id" IS DISTINCT FROM (NEW."replaces_id")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d1b3a88c69872275041331b9d65befab64affc3e', operation='UPDATE', pgid='pgtrigger_final_evaluation_is_not_rewritten_45239', table='appraisal_evaluation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evaluation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "appraisal_evaluationevent" ("acknowledged_at", "appraiser_id", "behaviour_rating", "behaviour_reason", "finalised_at", "id", "note", "open_until", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predikat", "rated_by_role", "receipt", "receipt_sha256", "reopened_by_id", "replaces_id", "revision", "saved_at", "skp_id", "started_at", "state", "suggested_rating", "suggestion_reasons", "superseded_at", "version", "work_rating", "work_reason") VALUES (NEW."acknowledged_at", NEW."appraiser_id", NEW."behaviour_rating", NEW."behaviour_reason", NEW."finalised_at", NEW."id", NEW."note", NEW."open_until", NEW."period_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."predikat", NEW."rated_by_role", NEW."receipt", NEW."receipt_sha256", NEW."reopened_by_id", NEW."replaces_id", NEW."revision", NEW."saved_at", NEW."skp_id", NEW."started_at", NEW."state", NEW."suggested_rating", NEW."suggestion_reasons", NEW."superseded_at", NEW."version", NEW."work_rating", NEW."work_reason"); RETURN NULL;', hash='e14d343de7b6ae6a223f8ef405ea04028cfdd3ac', operation='INSERT', pgid='pgtrigger_insert_insert_36191', table='appraisal_evaluation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evaluation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "appraisal_evaluationevent" ("acknowledged_at", "appraiser_id", "behaviour_rating", "behaviour_reason", "finalised_at", "id", "note", "open_until", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predikat", "rated_by_role", "receipt", "receipt_sha256", "reopened_by_id", "replaces_id", "revision", "saved_at", "skp_id", "started_at", "state", "suggested_rating", "suggestion_reasons", "superseded_at", "version", "work_rating", "work_reason") VALUES (NEW."acknowledged_at", NEW."appraiser_id", NEW."behaviour_rating", NEW."behaviour_reason", NEW."finalised_at", NEW."id", NEW."note", NEW."open_until", NEW."period_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."predikat", NEW."rated_by_role", NEW."receipt", NEW."receipt_sha256", NEW."reopened_by_id", NEW."replaces_id", NEW."revision", NEW."saved_at", NEW."skp_id", NEW."started_at", NEW."state", NEW."suggested_rating", NEW."suggestion_reasons", NEW."superseded_at", NEW."version", NEW."work_rating", NEW."work_reason"); RETURN NULL;', hash='98f60ee57f285a4dd147e45f5ce5b606e4a2a0a1', operation='UPDATE', pgid='pgtrigger_update_update_e4364', table='appraisal_evaluation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evaluation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "appraisal_evaluationevent" ("acknowledged_at", "appraiser_id", "behaviour_rating", "behaviour_reason", "finalised_at", "id", "note", "open_until", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predikat", "rated_by_role", "receipt", "receipt_sha256", "reopened_by_id", "replaces_id", "revision", "saved_at", "skp_id", "started_at", "state", "suggested_rating", "suggestion_reasons", "superseded_at", "version", "work_rating", "work_reason") VALUES (OLD."acknowledged_at", OLD."appraiser_id", OLD."behaviour_rating", OLD."behaviour_reason", OLD."finalised_at", OLD."id", OLD."note", OLD."open_until", OLD."period_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."predikat", OLD."rated_by_role", OLD."receipt", OLD."receipt_sha256", OLD."reopened_by_id", OLD."replaces_id", OLD."revision", OLD."saved_at", OLD."skp_id", OLD."started_at", OLD."state", OLD."suggested_rating", OLD."suggestion_reasons", OLD."superseded_at", OLD."version", OLD."work_rating", OLD."work_reason"); RETURN NULL;', hash='76e0f4320c1105d8b5818cc09af315cf4fade996', operation='DELETE', pgid='pgtrigger_delete_delete_e89f0', table='appraisal_evaluation', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(('rated_by_role__in', ('appraiser', 'superior', 'regional_head'))), name='an_evaluation_says_in_which_role'),
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
    ]
