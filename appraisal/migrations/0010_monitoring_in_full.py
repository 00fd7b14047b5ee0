"""Monitoring in full: steps, progress, answers and requests, and what the second wall lets colleagues say and read."""

from importlib import import_module

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from ambon_kinerja.migrations import at_once

wall = import_module("appraisal.migrations.0004_row_security")

# The account behind "me", worked out once a statement.
MY_ACCOUNT = f"(SELECT e.user_id FROM agencies_employee e WHERE e.id {wall.among('me')} LIMIT 1)"  # noqa: S608
MINE = f"given_by_id = {MY_ACCOUNT}"
# A colleague, somebody the employee leads, and the leader who gave the task add their own words in their own name.
COLLEAGUE = f"""
    {wall.plans_of("peers")} OR {wall.plans_of("lead")}
    OR EXISTS (SELECT FROM appraisal_workresult r WHERE r.id = result_id AND r.assigner_id {wall.among("me")})
"""
SHOWS_ONES_OWN = (
    f"EXISTS (SELECT FROM appraisal_workresult r WHERE r.id = result_id AND r.{wall.plans_of('direct')})"
)
READS, ADDS, ANSWERS, TAKES_BACK, TAKES_OUT = (
    "a_person_reads_his_part",
    "a_person_adds_his_part",
    "the_employee_answers",
    "the_giver_takes_back",
    "a_person_takes_out_his_part",
)
TWINS = """
    CREATE FUNCTION appraisal_evidence_twins(of_evidence bigint[]) RETURNS TABLE (evidence_id bigint, twin_id bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
    #variable_conflict use_column
    DECLARE before text := coalesce(current_setting('app.reader', true), '');
    BEGIN
        PERFORM set_config('app.reader', 'service', true);
        RETURN QUERY
            SELECT one.id, other.id
            FROM public.appraisal_evidence one
                JOIN public.appraisal_workresult r ON r.id = one.result_id
                JOIN public.appraisal_skp s ON s.id = r.skp_id
                JOIN public.appraisal_evidence other ON other.id <> one.id AND (
                    (one.sha256 <> '' AND other.sha256 = one.sha256) OR (one.link <> '' AND other.link = one.link)
                )
                JOIN public.appraisal_workresult other_r ON other_r.id = other.result_id
                JOIN public.appraisal_skp other_s ON other_s.id = other_r.skp_id
            WHERE one.id = ANY (of_evidence)
                AND (other_s.employee_id = s.employee_id OR other_s.unit_id = s.unit_id);
        PERFORM set_config('app.reader', before, true);
    END $body$;
    REVOKE ALL ON FUNCTION appraisal_evidence_twins(bigint[]) FROM PUBLIC;
"""


def person(condition):
    return f"{wall.is_reader('person')} AND ({condition})"


def drop(name, table):
    return f"DROP POLICY {name} ON appraisal_{table};"


FORWARD = (
    drop(READS, "feedback"),
    wall.policy("feedback", READS, "SELECT", person(f"{wall.READ['feedback']} OR {MINE}")),
    drop(ADDS, "feedback"),
    wall.policy("feedback", ADDS, "INSERT", check=person(f"{wall.TEAM_PLAN} OR ({MINE} AND ({COLLEAGUE}))")),
    wall.policy("feedback", ANSWERS, "UPDATE", person(wall.OWN_PLAN), person(wall.OWN_PLAN)),
    wall.policy("feedback", TAKES_BACK, "DELETE", person(MINE)),
    wall.policy("evidence", TAKES_OUT, "DELETE", person(SHOWS_ONES_OWN)),
    TWINS,
)
BACKWARD = (
    "DROP FUNCTION appraisal_evidence_twins(bigint[]);",
    drop(TAKES_OUT, "evidence"),
    drop(TAKES_BACK, "feedback"),
    drop(ANSWERS, "feedback"),
    drop(ADDS, "feedback"),
    wall.policy("feedback", ADDS, "INSERT", check=person(wall.WRITE["feedback"]["INSERT"][1])),
    drop(READS, "feedback"),
    wall.policy("feedback", READS, "SELECT", person(wall.READ["feedback"])),
)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0010_search_of_names'),
        ('appraisal', '0009_cascading'),
        ('feedback', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = at_once([
        migrations.CreateModel(
            name='ActionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='rencana aksi')),
                ('due_on', models.DateField(verbose_name='selesai paling lambat')),
                ('written_at', models.DateTimeField(auto_now=True, verbose_name='ditulis')),
                ('agreed_at', models.DateTimeField(blank=True, null=True, verbose_name='disepakati')),
                ('version', models.PositiveIntegerField(default=1)),
                ('agreed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('result', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='appraisal.workresult')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('agreed_at', None), ('agreed_by', None)), models.Q(('agreed_at__isnull', False), ('agreed_by__isnull', False)), _connector='OR'), name='agreed_step_says_by_whom_and_when'),
                    models.CheckConstraint(condition=models.Q(('agreed_by', models.F('written_by')), _negated=True), name='nobody_agrees_to_his_own_step'),
                ],
            },
        ),
        migrations.CreateModel(
            name='FeedbackRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='tentang apa')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='diminta')),
                ('asked', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.employee', verbose_name='diminta kepada')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feedback_requests', to='agencies.employee')),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('asked', models.F('employee')), _negated=True), name='nobody_asks_himself_for_feedback'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ProgressEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='tanggal')),
                ('text', models.TextField(verbose_name='kemajuan')),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='jumlah')),
                ('written_at', models.DateTimeField(auto_now=True, verbose_name='dicatat')),
                ('version', models.PositiveIntegerField(default=1)),
                ('evidence', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='appraisal.evidence', verbose_name='bukti')),
                ('indicator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='appraisal.indicator')),
                ('result', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='appraisal.workresult')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-day', '-pk'],
                'indexes': [
                    models.Index(fields=['result', '-day'], name='progress_by_result_and_day'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('amount', None), ('indicator', None)), models.Q(('amount__gte', 0), ('indicator__isnull', False)), _connector='OR'), name='an_amount_counts_for_an_indicator'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ProgressStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shows_progress', models.BooleanField(verbose_name='menunjukkan kemajuan kinerja')),
                ('follow_ups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('appreciate', 'Memberi apresiasi'), ('new_task', 'Memberi penugasan baru'), ('expectation', 'Menyesuaikan ekspektasi'), ('resources', 'Menyesuaikan dukungan sumber daya'), ('coaching', 'Melakukan atau mengusulkan pembinaan kinerja'), ('take_over', 'Mengambil alih hasil kerja')], max_length=12), size=None, verbose_name='tindak lanjut')),
                ('note', models.TextField(blank=True, verbose_name='catatan')),
                ('stated_at', models.DateTimeField(auto_now_add=True, verbose_name='dinyatakan')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='appraisal.period')),
                ('result', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='appraisal.workresult', verbose_name='hasil kerja')),
                ('skp', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='appraisal.skp')),
                ('stated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.employee', verbose_name='pimpinan')),
            ],
            options={
                'ordering': ['stated_at', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('follow_ups__contained_by', ['appreciate', 'new_task']), ('shows_progress', True)), models.Q(('follow_ups__contained_by', ['expectation', 'resources', 'coaching', 'take_over']), ('shows_progress', False)), _connector='OR'), name='follow_up_fits_what_was_seen'),
                    models.CheckConstraint(condition=models.Q(('follow_ups__len__gt', 0)), name='statement_says_what_follows'),
                    models.CheckConstraint(condition=models.Q(models.Q(('follow_ups__contains', ['take_over']), _negated=True), models.Q(('result__isnull', False), models.Q(('note', ''), _negated=True)), _connector='OR'), name='take_over_names_the_result_and_why'),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name='evidence',
            name='evidence_is_a_file_or_a_link',
        ),
        migrations.AddField(
            model_name='evidence',
            name='link_checked_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='tautan diperiksa'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='link_state',
            field=models.CharField(blank=True, choices=[('', 'Belum diperiksa'), ('reachable', 'Terjangkau'), ('unreachable', 'Tidak terjangkau'), ('sign_in', 'Butuh masuk')], default='', max_length=11, verbose_name='keadaan tautan'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='service',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='feedback.service', verbose_name='survei layanan'),
        ),
        migrations.AddField(
            model_name='feedback',
            name='answer',
            field=models.TextField(blank=True, verbose_name='tanggapan pegawai'),
        ),
        migrations.AddField(
            model_name='feedback',
            name='answered_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='ditanggapi'),
        ),
        migrations.AddField(
            model_name='feedback',
            name='evidence',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cited_by', to='appraisal.evidence', verbose_name='bukti'),
        ),
        migrations.AddField(
            model_name='feedback',
            name='kind',
            field=models.CharField(choices=[('periodic', 'Berkala'), ('incidental', 'Insidental')], default='incidental', max_length=10, verbose_name='bentuk'),
        ),
        migrations.AddField(
            model_name='realisation',
            name='text',
            field=models.TextField(blank=True, verbose_name='realisasi dalam kata-kata'),
        ),
        migrations.AlterField(
            model_name='feedback',
            name='giver',
            field=models.CharField(choices=[('leader', 'Pimpinan'), ('peer', 'Rekan kerja'), ('subordinate', 'Bawahan'), ('served', 'Penerima layanan'), ('other', 'Pihak lain')], max_length=12, verbose_name='dari'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(condition=models.Q(('sha256', ''), _negated=True), fields=['sha256'], name='evidence_by_hash'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(condition=models.Q(('link', ''), _negated=True), fields=['link_checked_at'], name='evidence_links_by_check'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feedback',
            trigger=pgtrigger.compiler.Trigger(name='feedback_stays_as_said', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' THEN\n        IF OLD.answered_at IS NULL AND NEW.answered_at IS NOT NULL\n            AND to_jsonb(NEW) - 'answer' - 'answered_at' = to_jsonb(OLD) - 'answer' - 'answered_at'\n        THEN RETURN NEW; END IF;\n        RAISE EXCEPTION 'feedback is never changed, only answered once' USING ERRCODE = 'check_violation';\n    END IF;\n    IF OLD.answered_at IS NOT NULL OR EXISTS (\n        SELECT FROM appraisal_evaluation_states(ARRAY[OLD.skp_id]) decided\n        WHERE decided.period_id = OLD.period_id AND decided.state <> 'draft'\n    ) THEN\n        RAISE EXCEPTION 'feedback that was answered or rated by stays' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN OLD;\n", hash='3bc32c3c97c7c8511da66de5d6a18a09b9424765', operation='UPDATE OR DELETE', pgid='pgtrigger_feedback_stays_as_said_79a15', table='appraisal_feedback', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('link', ''), ('service', None), ('sha256__regex', '^[0-9a-f]{64}$'), models.Q(('file_path', ''), _negated=True)), models.Q(models.Q(('link', ''), _negated=True), ('file_path', ''), ('service', None), ('sha256', '')), models.Q(('file_path', ''), ('link', ''), ('service__isnull', False), ('sha256', '')), _connector='OR'), name='evidence_is_a_file_or_a_link'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(condition=models.Q(('service__isnull', False)), fields=('result', 'period', 'service'), name='same_service_shows_a_result_once'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('link', ''), _negated=True), models.Q(('link_checked_at', None), ('link_state', '')), _connector='OR'), name='only_a_link_is_visited'),
        ),
        migrations.AddConstraint(
            model_name='realisation',
            constraint=models.CheckConstraint(condition=models.Q(('value', None), ('text', ''), _connector='OR'), name='realisation_is_a_number_or_words'),
        ),
        migrations.AddField(
            model_name='feedback',
            name='request',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='appraisal.feedbackrequest', verbose_name='atas permintaan'),
        ),
        migrations.AddField(
            model_name='feedback',
            name='progress',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cited_by', to='appraisal.progressentry', verbose_name='menanggapi'),
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='answer_to_feedback_has_its_moment'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='progressstatement',
            trigger=pgtrigger.compiler.Trigger(name='statement_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='405e6c0fc5d89aacccfd98f304ab9d0cb1e09b73', operation='UPDATE OR DELETE', pgid='pgtrigger_statement_never_changes_625d5', table='appraisal_progressstatement', when='BEFORE')),
        ),
        migrations.RunSQL("\n".join(FORWARD), "\n".join(BACKWARD)),
    ])
