"""The year with its windows, rules that are never edited, and one narrow question past the second wall."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from ambon_kinerja.migrations import at_once


# How far everybody's plan of a year is, and what was recorded of it in a period: states and yes or no, never content.
# Of two plans after a move in mid-year the one in force at the end of the period, else the later one.
DUTY_STATES = """
    CREATE FUNCTION appraisal_duty_states(of_year integer, of_period bigint)
    RETURNS TABLE (
        employee_id bigint, skp_id bigint, state varchar, in_force boolean,
        has_progress boolean, has_feedback boolean, is_evaluated boolean
    ) LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $body$
    #variable_conflict use_column
    DECLARE before text := coalesce(current_setting('app.reader', true), '');
    BEGIN
        PERFORM set_config('app.reader', 'service', true);
        RETURN QUERY
            WITH recorded (skp_id) AS MATERIALIZED (
                SELECT result.skp_id FROM public.appraisal_realisation value
                    JOIN public.appraisal_indicator indicator ON indicator.id = value.indicator_id
                    JOIN public.appraisal_workresult result ON result.id = indicator.result_id
                WHERE value.period_id = of_period AND (value.value IS NOT NULL OR value.note <> '')
                UNION
                SELECT result.skp_id FROM public.appraisal_evidence evidence
                    JOIN public.appraisal_workresult result ON result.id = evidence.result_id
                WHERE evidence.period_id = of_period
            )
            SELECT DISTINCT ON (plan.employee_id) plan.employee_id, plan.id, plan.state,
                coalesce(period.ends_on BETWEEN plan.starts_on AND plan.ends_on, true),
                plan.id IN (SELECT recorded.skp_id FROM recorded),
                plan.id IN (
                    SELECT words.skp_id FROM public.appraisal_feedback words
                    WHERE words.period_id = of_period AND words.giver = 'leader'
                ),
                plan.id IN (
                    SELECT result.skp_id FROM public.appraisal_evaluation result
                    WHERE result.period_id = of_period AND result.state IN ('final', 'acknowledged')
                )
            FROM public.appraisal_skp plan LEFT JOIN public.appraisal_period period ON period.id = of_period
            WHERE plan.year = of_year AND plan.adjusts_id IS NULL
            ORDER BY plan.employee_id, coalesce(period.ends_on BETWEEN plan.starts_on AND plan.ends_on, false) DESC,
                plan.starts_on DESC;
        PERFORM set_config('app.reader', before, true);
    END $body$;
    REVOKE ALL ON FUNCTION appraisal_duty_states(integer, bigint) FROM PUBLIC;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0011_rule_change_proposals'),
        ('appraisal', '0011_guidance'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = at_once([
        migrations.CreateModel(
            name='PerformanceYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(unique=True, verbose_name='tahun kinerja')),
                ('cadence', models.CharField(choices=[('monthly', 'Bulanan'), ('quarterly', 'Triwulanan')], max_length=10, verbose_name='irama evaluasi')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='dibuka')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='ditutup')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ditutup oleh')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuka oleh')),
            ],
            options={
                'ordering': ['-year'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('closed_at', None), ('closed_at__gt', models.F('opened_at')), _connector='OR'), name='year_closes_after_it_opens'),
                    models.CheckConstraint(condition=models.Q(('year__range', (2022, 2099))), name='year_is_of_this_century'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('duty', models.CharField(max_length=20, verbose_name='kewajiban')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun kinerja')),
                ('due_on', models.DateField(verbose_name='tenggat')),
                ('stage', models.CharField(choices=[('before', 'Sebelum tenggat'), ('person', 'Kepada yang bersangkutan'), ('appraiser', 'Kepada pejabat penilai'), ('superior', 'Kepada atasan dan admin unit')], max_length=10, verbose_name='tahap')),
                ('days', models.PositiveSmallIntegerField(verbose_name='hari kerja')),
                ('sent_on', models.DateField(verbose_name='dikirim')),
                ('period', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='appraisal.period')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to=settings.AUTH_USER_MODEL, verbose_name='kepada')),
            ],
            options={
                'ordering': ['-sent_on', '-pk'],
                'indexes': [
                    models.Index(fields=['year', 'sent_on'], name='appraisal_r_year_ea7b35_idx'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('recipient', 'duty', 'year', 'period', 'due_on', 'stage', 'days'), name='reminded_once_at_each_stage', nulls_distinct=False),
                ],
            },
        ),
        migrations.CreateModel(
            name='RuleChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60, verbose_name='kunci')),
                ('valid_from', models.DateField(verbose_name='berlaku sejak')),
                ('value', models.JSONField(verbose_name='nilai')),
                ('text', models.CharField(max_length=300, verbose_name='bunyi')),
                ('source', models.CharField(max_length=200, verbose_name='dasar')),
                ('reason', models.CharField(max_length=500, verbose_name='alasan')),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='diusulkan')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diusulkan oleh')),
            ],
            options={
                'ordering': ['-proposed_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='YearWindow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opens_at', models.DateTimeField(verbose_name='dibuka')),
                ('closes_at', models.DateTimeField(verbose_name='ditutup')),
                ('kind', models.CharField(choices=[('planning', 'Perencanaan SKP'), ('documentation', 'Dokumentasi kinerja'), ('feedback', 'Umpan balik berkala'), ('annual', 'Evaluasi tahunan')], max_length=15, verbose_name='untuk')),
                ('performance_year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='windows', to='appraisal.performanceyear', verbose_name='tahun kinerja')),
                ('period', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='windows', to='appraisal.period', verbose_name='periode')),
            ],
            options={
                'ordering': ['closes_at', 'pk'],
                'constraints': [
                    models.UniqueConstraint(fields=('performance_year', 'kind', 'period'), name='window_of_a_year_exists_once', nulls_distinct=False),
                    models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('planning', 'annual')), ('period', None)), models.Q(('kind__in', ('documentation', 'feedback')), ('period__isnull', False)), _connector='OR'), name='only_documentation_and_feedback_have_a_period'),
                    models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='window_of_a_year_closes_after_it_opens'),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name='period',
            name='quarter_exists_once',
        ),
        migrations.RemoveConstraint(
            model_name='period',
            name='quarter_is_one_to_four',
        ),
        migrations.AddField(
            model_name='period',
            name='cadence',
            field=models.CharField(choices=[('monthly', 'Bulanan'), ('quarterly', 'Triwulanan')], default='quarterly', max_length=10, verbose_name='irama evaluasi'),
        ),
        migrations.AlterField(
            model_name='period',
            name='number',
            field=models.PositiveSmallIntegerField(verbose_name='bulan atau triwulan'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rule',
            trigger=pgtrigger.compiler.Trigger(name='version_of_a_rule_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='63b42da0c4c28f89266c80680d93694e84cd3ae6', operation='UPDATE OR DELETE', pgid='pgtrigger_version_of_a_rule_never_changes_5d3c7', table='appraisal_rule', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=models.UniqueConstraint(fields=('year', 'number'), name='period_exists_once'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cadence', 'quarterly'), ('number__range', (1, 4))), models.Q(('cadence', 'monthly'), ('number__range', (1, 12))), _connector='OR'), name='period_is_a_month_or_a_quarter'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('year', '='), ('cadence', '<>')], name='a_year_has_one_cadence'),
        ),
        migrations.AddField(
            model_name='rule',
            name='change',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rule', to='appraisal.rulechange', verbose_name='usulan'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rulechange',
            trigger=pgtrigger.compiler.Trigger(name='proposed_rule_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6a54735ae4cb835c10b99a2a178861e34c6da2a2', operation='UPDATE OR DELETE', pgid='pgtrigger_proposed_rule_never_changes_f2786', table='appraisal_rulechange', when='BEFORE')),
        ),
        migrations.RunSQL(DUTY_STATES, "DROP FUNCTION appraisal_duty_states(integer, bigint)"),
    ])
