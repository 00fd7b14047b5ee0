"""Guidance and counselling, with the wall around what two people say in confidence (docs/adr/0016).

The notes of a counselling are shown to the counselled and his counsellor alone. The service reads them no more than
anybody else; the one way past is `appraisal_counselling_notes_of`, which hands a worker the notes of one person for
the copy of his own data. It reads as the owner of the table and says so: neither half alone opens anything.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models
from ambon_kinerja.migrations import at_once


wall = import_module("appraisal.migrations.0004_row_security")

PERSON, SERVICE, COPY = (wall.is_reader(who) for who in ("person", "service", "own_copy"))
ME = wall.among("me")
NOTES = "appraisal_counsellingnote"
IS_OWNER = f"current_user = (SELECT tableowner FROM pg_tables WHERE schemaname = 'public' AND tablename = '{NOTES}')"  # noqa: S608
TWO = f"employee_id {ME} OR counsellor_id {ME}"
RECORD = f"{PERSON} AND kind = 'record' AND counsellor_id {ME}"
WRITER = f"""
    {PERSON} AND written_by_id {ME} AND ((kind = 'journal' AND ({TWO})) OR (kind = 'record' AND counsellor_id {ME}))
    AND EXISTS (
        SELECT FROM appraisal_counselling c WHERE c.id = counselling_id AND c.state = 'scheduled'
            AND c.employee_id = {NOTES}.employee_id AND c.counsellor_id = {NOTES}.counsellor_id
    )
"""
COPY_FUNCTION = f"""
    CREATE FUNCTION appraisal_counselling_notes_of(person bigint) RETURNS SETOF public.{NOTES}
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
    #variable_conflict use_column
    DECLARE before text := coalesce(current_setting('app.reader', true), '');
    BEGIN
        IF before <> 'service' THEN RETURN; END IF;
        PERFORM set_config('app.reader', 'own_copy', true);
        RETURN QUERY SELECT * FROM public.{NOTES} n WHERE n.employee_id = person OR n.counsellor_id = person
            ORDER BY n.id;
        PERFORM set_config('app.reader', before, true);
    END $body$;
    REVOKE ALL ON FUNCTION appraisal_counselling_notes_of(bigint) FROM PUBLIC;
"""  # noqa: S608
POLICIES = {
    "counsellingnote": (
        ("only_the_two_read", "SELECT", f"{PERSON} AND ({TWO})", None),
        ("the_copy_of_own_data_reads", "SELECT", f"{COPY} AND {IS_OWNER}", None),
        ("only_the_two_add", "INSERT", None, WRITER),
        ("only_the_counsellor_changes_the_record", "UPDATE", RECORD, RECORD),
    ),
    "guidanceopinion": (
        ("service_does_everything", "ALL", SERVICE, SERVICE),
        (
            "the_employee_and_the_superior_of_his_leader_read",
            "SELECT",
            f"{PERSON} AND (employee_id {ME} OR employee_id {wall.among('indirect')})",
            None,
        ),
        ("only_the_employee_adds", "INSERT", None, f"{PERSON} AND employee_id {ME}"),
    ),
}


def wall_up():
    for table, policies in POLICIES.items():
        yield f"ALTER TABLE appraisal_{table} ENABLE ROW LEVEL SECURITY;"
        yield f"ALTER TABLE appraisal_{table} FORCE ROW LEVEL SECURITY;"
        for name, command, using, check in policies:
            yield wall.policy(table, name, command, using, check)
    yield COPY_FUNCTION


def wall_down():
    yield "DROP FUNCTION appraisal_counselling_notes_of(bigint);"
    for table, policies in POLICIES.items():
        for name, *_ in policies:
            yield f"DROP POLICY {name} ON appraisal_{table};"
        yield f"ALTER TABLE appraisal_{table} NO FORCE ROW LEVEL SECURITY;"
        yield f"ALTER TABLE appraisal_{table} DISABLE ROW LEVEL SECURITY;"


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0010_search_of_names'),
        ('appraisal', '0010_monitoring_in_full'),
    ]

    operations = at_once([
        migrations.CreateModel(
            name='BehaviourReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('communicated_on', models.DateField(blank=True, null=True, verbose_name='dibicarakan dengan pegawai pada')),
                ('communicated_how', models.TextField(blank=True, verbose_name='isi pembicaraan')),
                ('other_feedback', models.TextField(blank=True, verbose_name='umpan balik di luar aplikasi')),
                ('expectation', models.TextField(blank=True, verbose_name='ekspektasi khusus')),
                ('problem', models.TextField(blank=True, verbose_name='permasalahan perilaku kerja')),
                ('is_common', models.BooleanField(blank=True, null=True, verbose_name='terjadi juga pada pegawai lain')),
                ('tried', models.TextField(blank=True, verbose_name='yang sudah dilakukan')),
                ('state', models.CharField(choices=[('draft', 'Draf'), ('sent', 'Dilaporkan'), ('decided', 'Konseling ditetapkan'), ('dismissed', 'Tanpa konseling'), ('withdrawn', 'Ditarik kembali')], default='draft', max_length=10, verbose_name='keadaan')),
                ('version', models.PositiveIntegerField(default=1)),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='dilaporkan')),
                ('answer', models.TextField(blank=True, verbose_name='jawaban BKPSDM')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='diputuskan')),
                ('begun_at', models.DateTimeField(auto_now_add=True, verbose_name='mulai ditulis')),
                ('appraiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.employee', verbose_name='pejabat penilai kinerja')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='behaviour_reports', to='agencies.employee', verbose_name='pegawai')),
                ('feedback', models.ManyToManyField(blank=True, related_name='+', to='appraisal.feedback', verbose_name='umpan balik')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit', verbose_name='unit kerja')),
                ('value', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='appraisal.behaviourvalue', verbose_name='nilai dasar')),
            ],
            options={
                'ordering': ['-begun_at', '-pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('appraiser', models.F('employee')), _negated=True), name='nobody_reports_his_own_behaviour'),
                    models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'withdrawn')), models.Q(('communicated_on__isnull', False), ('is_common__isnull', False), ('problem__regex', '\\S'), ('sent_at__isnull', False), ('tried__regex', '\\S'), ('value__isnull', False)), _connector='OR'), name='a_report_of_behaviour_follows_a_talk_and_is_complete'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'dismissed'), _negated=True), ('answer__regex', '\\S'), _connector='OR'), name='a_dismissed_report_says_why'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Counselling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('counsellor_kind', models.CharField(choices=[('independent', 'Konselor independen'), ('appraiser', 'Pejabat penilai yang terlatih'), ('official', 'Pejabat dengan fungsi konseling')], max_length=12, verbose_name='konselor sebagai')),
                ('basis', models.CharField(max_length=200, verbose_name='dasar penunjukan')),
                ('meets_at', models.DateTimeField(verbose_name='waktu')),
                ('place', models.CharField(max_length=160, verbose_name='tempat')),
                ('state', models.CharField(choices=[('scheduled', 'Dijadwalkan'), ('concluded', 'Selesai'), ('closed', 'Tindak lanjut ditetapkan'), ('cancelled', 'Dibatalkan')], default='scheduled', max_length=10, verbose_name='keadaan')),
                ('version', models.PositiveIntegerField(default=1)),
                ('conclusion', models.TextField(blank=True, verbose_name='kesimpulan untuk tindak lanjut')),
                ('concluded_at', models.DateTimeField(blank=True, null=True, verbose_name='disimpulkan')),
                ('follow_up', models.TextField(blank=True, verbose_name='tindak lanjut')),
                ('named_at', models.DateTimeField(auto_now_add=True, verbose_name='ditetapkan')),
                ('counsellor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.employee', verbose_name='konselor')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.employee', verbose_name='pegawai')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counsellings', to='appraisal.behaviourreport')),
            ],
            options={
                'ordering': ['-named_at', '-pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('counsellor', models.F('employee')), _negated=True), name='nobody_counsels_himself'),
                    models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('report',), name='one_counselling_at_a_time_for_a_report'),
                    models.CheckConstraint(condition=models.Q(('state__in', ('scheduled', 'cancelled')), models.Q(('concluded_at__isnull', False), ('conclusion__regex', '\\S')), _connector='OR'), name='concluded_counselling_says_what_follows'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), ('follow_up__regex', '\\S'), _connector='OR'), name='closed_counselling_says_the_follow_up'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CounsellingNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('journal', 'Jurnal'), ('record', 'Rekaman hasil konseling')], max_length=8, verbose_name='jenis')),
                ('noted_on', models.DateField(verbose_name='tanggal')),
                ('text', models.TextField(verbose_name='isi')),
                ('written_at', models.DateTimeField(auto_now_add=True, verbose_name='ditulis')),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='ditandatangani')),
                ('version', models.PositiveIntegerField(default=1)),
                ('counselling', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='appraisal.counselling')),
                ('counsellor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.employee', verbose_name='konselor')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.employee', verbose_name='pegawai')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.employee', verbose_name='ditulis oleh')),
            ],
            options={
                'ordering': ['noted_on', 'pk'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('kind', 'record')), fields=('counselling', 'counsellor'), name='one_record_of_a_counselling'),
                    models.CheckConstraint(condition=models.Q(('written_by', models.F('counsellor')), models.Q(('kind', 'journal'), ('written_by', models.F('employee'))), _connector='OR'), name='only_the_two_write_notes_of_a_counselling'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Guidance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('kind', models.CharField(choices=[('coaching', 'Coaching'), ('mentoring', 'Mentoring'), ('formal', 'Pelatihan formal'), ('informal', 'Pelatihan informal')], max_length=10, verbose_name='bentuk')),
                ('topic', models.CharField(max_length=200, verbose_name='pokok bahasan')),
                ('meets_at', models.DateTimeField(blank=True, null=True, verbose_name='waktu')),
                ('place', models.CharField(blank=True, max_length=160, verbose_name='tempat')),
                ('state', models.CharField(choices=[('asked', 'Diminta pegawai'), ('planned', 'Dijadwalkan'), ('signed', 'Ditandatangani pembimbing'), ('done', 'Selesai'), ('reported', 'Dilaporkan kepada atasan'), ('closed', 'Tindak lanjut ditetapkan'), ('declined', 'Ditolak'), ('cancelled', 'Dibatalkan')], default='asked', max_length=10, verbose_name='keadaan')),
                ('version', models.PositiveIntegerField(default=1)),
                ('employee_part', models.JSONField(blank=True, default=dict, verbose_name='diisi pegawai')),
                ('employee_version', models.PositiveIntegerField(default=1)),
                ('guide_part', models.JSONField(blank=True, default=dict, verbose_name='diisi pembimbing')),
                ('guide_version', models.PositiveIntegerField(default=1)),
                ('prepared_at', models.DateTimeField(blank=True, null=True, verbose_name='persiapan disampaikan')),
                ('guide_signed_at', models.DateTimeField(blank=True, null=True, verbose_name='pembimbing menandatangani')),
                ('employee_signed_at', models.DateTimeField(blank=True, null=True, verbose_name='pegawai menandatangani')),
                ('asks_adjustment', models.BooleanField(default=False, verbose_name='penyesuaian ukuran keberhasilan dan target')),
                ('follow_up', models.TextField(blank=True, verbose_name='tindak lanjut')),
                ('opened_at', models.DateTimeField(auto_now_add=True, verbose_name='dibuka')),
                ('appraiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.employee', verbose_name='pejabat penilai kinerja')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guidances', to='agencies.employee', verbose_name='pegawai')),
                ('followed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.employee', verbose_name='ditetapkan oleh')),
                ('guide', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.employee', verbose_name='pembimbing')),
                ('skp', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='appraisal.skp', verbose_name='SKP')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit', verbose_name='unit kerja')),
            ],
            options={
                'ordering': ['-opened_at', '-pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('guide', models.F('employee')), _negated=True), name='nobody_guides_himself'),
                    models.CheckConstraint(condition=models.Q(('appraiser', models.F('employee')), _negated=True), name='nobody_leads_his_own_guidance'),
                    models.CheckConstraint(condition=models.Q(('state__in', ('asked', 'declined', 'cancelled')), models.Q(('guide__isnull', False), ('meets_at__isnull', False), models.Q(('place', ''), _negated=True)), _connector='OR'), name='planned_guidance_has_a_guide_a_day_and_a_place'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('done', 'reported', 'closed')), _negated=True), models.Q(('employee_signed_at__isnull', False), ('guide_signed_at__isnull', False)), _connector='OR'), name='guidance_is_done_when_both_have_signed'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), ('follow_up__regex', '\\S'), _connector='OR'), name='closed_guidance_says_what_follows'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CompetenceReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recommendation', models.TextField(blank=True, verbose_name='rekomendasi')),
                ('saved_at', models.DateTimeField(auto_now=True, verbose_name='terakhir disimpan')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='disampaikan')),
                ('version', models.PositiveIntegerField(default=1)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.employee', verbose_name='ditulis oleh')),
                ('guidance', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='appraisal.guidance')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('sent_at', None), ('recommendation__regex', '\\S'), _connector='OR'), name='a_sent_review_recommends_something'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CompetenceScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(choices=[('managerial', 'Manajerial'), ('sociocultural', 'Sosio Kultural'), ('technical', 'Teknis')], max_length=13, verbose_name='kelompok')),
                ('position', models.PositiveSmallIntegerField(verbose_name='urutan')),
                ('name', models.CharField(max_length=160, verbose_name='kompetensi')),
                ('score', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='nilai')),
                ('reason', models.TextField(blank=True, verbose_name='alasan terhadap penilaian kompetensi')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='appraisal.competencereview')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('score', None), models.Q(('score__gte', 1), ('score__lte', 5)), _connector='OR'), name='competence_is_scored_1_to_5'),
                    models.UniqueConstraint(fields=('review', 'group', 'position'), name='competence_has_its_own_place'),
                ],
            },
        ),
        migrations.CreateModel(
            name='GuidanceOpinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answers', models.JSONField(verbose_name='tanggapan')),
                ('signed_at', models.DateTimeField(auto_now_add=True, verbose_name='ditandatangani')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.employee', verbose_name='pegawai')),
                ('guidance', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='opinion', to='appraisal.guidance')),
            ],
        ),
        migrations.RunSQL("\n".join(wall_up()), "\n".join(wall_down())),
    ])
