"""Documents, terms, objections and second readings; who reads and writes an objection is kept by PostgreSQL as well.

An objection carries its parties in its own row, so that the wall (docs/adr/0016) compares keys and nothing else.
"""

from importlib import import_module

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models
from ambon_kinerja.migrations import at_once

wall = import_module("appraisal.migrations.0004_row_security")

PERSON, SERVICE, ME = wall.is_reader("person"), wall.is_reader("service"), wall.among("me")
OFFICE = f"""
    {wall.everywhere("personnel_office")} OR {wall.everywhere("inspector")}
    OR unit_id {wall.among("units_office")} OR unit_id {wall.among("units_inspected")}
"""
PARTY = f"employee_id {ME} OR (state <> 'draft' AND (appraiser_id {ME} OR decider_id {ME}))"
POLICIES = (
    ("service_does_everything", "ALL", SERVICE, SERVICE),
    ("the_parties_and_the_offices_read", "SELECT", f"{PERSON} AND ({PARTY} OR (state <> 'draft' AND ({OFFICE})))", None),
    ("only_the_employee_adds", "INSERT", None, f"{PERSON} AND employee_id {ME} AND state = 'draft'"),
    ("only_the_parties_change", "UPDATE", f"{PERSON} AND ({PARTY})", f"{PERSON} AND ({PARTY})"),
    ("only_the_employee_drops_a_draft", "DELETE", f"{PERSON} AND employee_id {ME} AND state = 'draft'", None),
)


def wall_up():
    yield "ALTER TABLE appraisal_objection ENABLE ROW LEVEL SECURITY;"
    yield "ALTER TABLE appraisal_objection FORCE ROW LEVEL SECURITY;"
    for name, command, using, check in POLICIES:
        yield wall.policy("objection", name, command, using, check)


def wall_down():
    for name, *_ in POLICIES:
        yield f"DROP POLICY {name} ON appraisal_objection;"
    yield "ALTER TABLE appraisal_objection NO FORCE ROW LEVEL SECURITY;"
    yield "ALTER TABLE appraisal_objection DISABLE ROW LEVEL SECURITY;"


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0011_rule_change_proposals'),
        ('appraisal', '0014_organisation'),
        ('appraisal', '0016_rating_stands_on_evidence'),
    ]

    operations = at_once([
        migrations.CreateModel(
            name='EvaluationDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(choices=[('D.1.1', 'Format D.1.1'), ('D.1.2', 'Format D.1.2'), ('D.1.3', 'Format D.1.3')], max_length=5, verbose_name='format')),
                ('parties', models.JSONField(default=dict, verbose_name='para pihak')),
                ('organisation_achievement', models.CharField(blank=True, max_length=40, verbose_name='capaian kinerja organisasi')),
                ('state', models.CharField(choices=[('signed', 'Belum diserahkan'), ('handed_over', 'Diserahkan'), ('received', 'Diterima pegawai'), ('returned', 'Ditandatangani pegawai')], default='signed', max_length=12, verbose_name='keadaan')),
                ('reporting', models.CharField(choices=[('none', 'Belum dilaporkan'), ('under_way', 'Dilaporkan berjenjang'), ('arrived', 'Sampai di BKPSDM')], default='none', max_length=10, verbose_name='pelaporan')),
                ('signed_at', models.DateTimeField(verbose_name='ditandatangani')),
                ('handed_over_at', models.DateTimeField(blank=True, null=True, verbose_name='diserahkan')),
                ('received_at', models.DateTimeField(blank=True, null=True, verbose_name='diterima')),
                ('returned_at', models.DateTimeField(blank=True, null=True, verbose_name='ditandatangani pegawai')),
                ('arrived_at', models.DateTimeField(blank=True, null=True, verbose_name='sampai di BKPSDM')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluation_documents', to='agencies.employee')),
                ('evaluation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='document', to='appraisal.evaluation')),
                ('holder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='held_documents', to='agencies.employee', verbose_name='di tangan')),
                ('signer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signed_documents', to='agencies.employee', verbose_name='ditandatangani oleh')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit', verbose_name='unit kerja')),
            ],
            options={
                'ordering': ['-signed_at', '-pk'],
                'indexes': [
                    models.Index(fields=['state'], name='documents_by_state'),
                    models.Index(fields=['holder', 'reporting'], name='documents_by_holder'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('employee', models.F('signer')), _negated=True), name='nobody_signs_his_own_evaluation_as_appraiser'),
                    models.CheckConstraint(condition=models.Q(models.Q(('handed_over_at', None), ('received_at', None), ('returned_at', None), ('state', 'signed')), models.Q(('handed_over_at__isnull', False), ('received_at', None), ('returned_at', None), ('state', 'handed_over')), models.Q(('received_at__gte', models.F('handed_over_at')), ('returned_at', None), ('state', 'received')), models.Q(('received_at__gte', models.F('handed_over_at')), ('returned_at__gte', models.F('received_at')), ('state', 'returned')), _connector='OR'), name='a_document_goes_its_way_step_by_step'),
                    models.CheckConstraint(condition=models.Q(models.Q(('arrived_at__isnull', False), ('holder', None), ('reporting', 'arrived')), models.Q(models.Q(('reporting', 'arrived'), _negated=True), ('arrived_at', None), ('holder__isnull', False)), _connector='OR'), name='a_report_is_in_somebodys_hands_until_it_arrives'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('sign', 'Atasan menandatangani'), ('hand_over', 'Menyerahkan dokumen'), ('return', 'Menandatangani dan mengembalikan'), ('object', 'Mengajukan keberatan'), ('read', 'Membaca tanpa nama'), ('decide', 'Memutus keberatan'), ('report', 'Melaporkan sampai ke BKPSDM')], max_length=10, verbose_name='untuk')),
                ('starts_on', models.DateField(verbose_name='dihitung sejak')),
                ('days', models.PositiveSmallIntegerField(verbose_name='hari kerja')),
                ('due_on', models.DateField(verbose_name='paling lambat')),
                ('article', models.CharField(max_length=200, verbose_name='dasar')),
                ('outcome', models.CharField(choices=[('running', 'Berjalan'), ('met', 'Tepat waktu'), ('late', 'Terlambat'), ('lapsed', 'Lewat'), ('void', 'Tidak berlaku lagi')], default='running', max_length=8, verbose_name='keadaan')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='berakhir')),
                ('escalated_on', models.DateField(blank=True, null=True, verbose_name='diteruskan ke atas')),
                ('reminded_on', models.DateField(blank=True, null=True, verbose_name='diingatkan')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.employee', verbose_name='kewajiban siapa')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='appraisal.evaluationdocument')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'indexes': [
                    models.Index(condition=models.Q(('outcome', 'running')), fields=['due_on'], name='running_deadlines_by_day'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('outcome', 'running')), fields=('document', 'kind'), name='one_running_term_of_a_kind'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_on', None), ('outcome', 'running')), models.Q(models.Q(('outcome', 'running'), _negated=True), ('ended_on__isnull', False)), _connector='OR'), name='a_term_that_ended_says_when'),
                    models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('starts_on'))), name='a_term_does_not_run_backwards'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'Draf'), ('filed', 'Sedang diperiksa'), ('upheld', 'Hasil dikuatkan'), ('changed', 'Hasil diubah'), ('withdrawn', 'Ditarik'), ('moot', 'Gugur')], default='draft', max_length=10, verbose_name='keadaan')),
                ('version', models.PositiveIntegerField(default=1)),
                ('reasons', models.TextField(blank=True, verbose_name='alasan keberatan')),
                ('started_at', models.DateTimeField(auto_now_add=True, verbose_name='mulai disusun')),
                ('saved_at', models.DateTimeField(blank=True, null=True, verbose_name='disimpan')),
                ('filed_at', models.DateTimeField(blank=True, null=True, verbose_name='diajukan')),
                ('explanation', models.TextField(blank=True, verbose_name='penjelasan pejabat penilai')),
                ('explained_at', models.DateTimeField(blank=True, null=True, verbose_name='dijelaskan')),
                ('decision_reason', models.TextField(blank=True, verbose_name='pertimbangan keputusan')),
                ('recommendation', models.TextField(blank=True, verbose_name='rekomendasi baru')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='diputus')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='selesai')),
                ('closing_reason', models.TextField(blank=True, verbose_name='alasan ditarik atau gugur')),
                ('dossier', models.TextField(blank=True, editable=False, verbose_name='berkas perkara')),
                ('dossier_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='sidik berkas perkara')),
                ('appraiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.employee', verbose_name='pejabat penilai')),
                ('decider', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='objections_to_decide', to='agencies.employee', verbose_name='pemutus')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='appraisal.evaluationdocument')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='agencies.employee')),
                ('explained_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.employee', verbose_name='dijelaskan oleh')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit', verbose_name='unit kerja')),
            ],
            options={
                'ordering': ['-filed_at', '-pk'],
                'indexes': [
                    models.Index(fields=['state'], name='objections_by_state'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('document',), name='one_objection_to_a_document'),
                    models.CheckConstraint(condition=models.Q(('decider', None), models.Q(('decider', models.F('employee')), _negated=True), _connector='OR'), name='nobody_decides_his_own_objection'),
                    models.CheckConstraint(condition=models.Q(('decider', None), models.Q(('decider', models.F('appraiser')), _negated=True), _connector='OR'), name='nobody_decides_on_his_own_rating'),
                    models.CheckConstraint(condition=models.Q(models.Q(('filed_at', None), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('decider__isnull', False), ('filed_at__isnull', False), ('reasons__regex', '\\S')), _connector='OR'), name='a_filed_objection_has_reasons_and_a_decider'),
                    models.CheckConstraint(condition=models.Q(models.Q(models.Q(('state__in', ('upheld', 'changed')), _negated=True), ('decided_at', None), ('dossier_sha256', '')), models.Q(('decided_at__isnull', False), ('decision_reason__regex', '\\S'), ('dossier_sha256__regex', '^[0-9a-f]{64}$'), ('state__in', ('upheld', 'changed'))), _connector='OR'), name='a_decision_has_reasons_and_a_dossier'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'changed'), _negated=True), ('recommendation__regex', '\\S'), _connector='OR'), name='a_changed_result_has_a_recommendation'),
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ('upheld', 'changed', 'withdrawn', 'moot'))), models.Q(models.Q(('state__in', ('upheld', 'changed', 'withdrawn', 'moot')), _negated=True), ('closed_at', None)), _connector='OR'), name='a_closed_objection_says_when'),
                ],
            },
        ),
        migrations.CreateModel(
            name='BlindReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('drawn', 'Menunggu pembaca kedua'), ('given', 'Sudah dibaca'), ('recused', 'Pembaca mundur'), ('expired', 'Lewat waktu'), ('nobody', 'Tidak ada pembaca yang memenuhi syarat')], default='drawn', max_length=8, verbose_name='keadaan')),
                ('attempt', models.PositiveSmallIntegerField(default=1, verbose_name='undian ke')),
                ('seed', models.CharField(max_length=64, verbose_name='benih undian')),
                ('pool_size', models.PositiveIntegerField(verbose_name='calon pembaca')),
                ('pool_sha256', models.CharField(max_length=64, verbose_name='sidik daftar calon')),
                ('drawn_at', models.DateTimeField(verbose_name='diundi')),
                ('version', models.PositiveIntegerField(default=1)),
                ('ratings', models.JSONField(default=dict, verbose_name='rating setiap hasil kerja')),
                ('work_rating', models.CharField(blank=True, choices=[('above', 'Di atas ekspektasi'), ('meets', 'Sesuai ekspektasi'), ('below', 'Di bawah ekspektasi')], max_length=6, verbose_name='rating hasil kerja')),
                ('behaviour_rating', models.CharField(blank=True, choices=[('above', 'Di atas ekspektasi'), ('meets', 'Sesuai ekspektasi'), ('below', 'Di bawah ekspektasi')], max_length=6, verbose_name='rating perilaku kerja')),
                ('predikat', models.CharField(blank=True, choices=[('sangat_baik', 'Sangat Baik'), ('baik', 'Baik'), ('butuh_perbaikan', 'Butuh Perbaikan'), ('kurang', 'Kurang/Misconduct'), ('sangat_kurang', 'Sangat Kurang')], max_length=20, verbose_name='predikat')),
                ('reason', models.TextField(blank=True, verbose_name='pertimbangan')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='selesai')),
                ('reader', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='blind_readings', to='agencies.employee', verbose_name='pembaca kedua')),
                ('objection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='appraisal.objection')),
            ],
            options={
                'ordering': ['-attempt'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state__in', ('drawn', 'given'))), fields=('objection',), name='one_second_reader_at_a_time'),
                    models.UniqueConstraint(fields=('objection', 'attempt'), name='draws_are_counted'),
                    models.CheckConstraint(condition=models.Q(models.Q(('reader', None), ('state', 'nobody')), models.Q(models.Q(('state', 'nobody'), _negated=True), ('reader__isnull', False)), _connector='OR'), name='a_reading_has_a_reader'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'given'), _negated=True), models.Q(models.Q(('work_rating', ''), _negated=True), models.Q(('behaviour_rating', ''), _negated=True), models.Q(('predikat', ''), _negated=True), ('reason__regex', '\\S')), _connector='OR'), name='a_given_reading_is_complete'),
                    models.CheckConstraint(condition=models.Q(('predikat', ''), ('work_rating', ''), ('behaviour_rating', ''), models.Q(('behaviour_rating', 'above'), ('predikat', 'sangat_baik'), ('work_rating', 'above')), models.Q(('behaviour_rating', 'meets'), ('predikat', 'baik'), ('work_rating', 'above')), models.Q(('behaviour_rating', 'above'), ('predikat', 'baik'), ('work_rating', 'meets')), models.Q(('behaviour_rating', 'meets'), ('predikat', 'baik'), ('work_rating', 'meets')), models.Q(('behaviour_rating', 'above'), ('predikat', 'butuh_perbaikan'), ('work_rating', 'below')), models.Q(('behaviour_rating', 'meets'), ('predikat', 'butuh_perbaikan'), ('work_rating', 'below')), models.Q(('behaviour_rating', 'below'), ('predikat', 'kurang'), ('work_rating', 'above')), models.Q(('behaviour_rating', 'below'), ('predikat', 'kurang'), ('work_rating', 'meets')), models.Q(('behaviour_rating', 'below'), ('predikat', 'sangat_kurang'), ('work_rating', 'below')), _connector='OR'), name='a_blind_predikat_follows_the_matrix'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Hearing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meets_at', models.DateTimeField(verbose_name='waktu')),
                ('place', models.CharField(max_length=160, verbose_name='tempat')),
                ('version', models.PositiveIntegerField(default=1)),
                ('employee_answer', models.TextField(blank=True, verbose_name='jawaban pegawai')),
                ('employee_answered_at', models.DateTimeField(blank=True, null=True, verbose_name='dijawab pegawai')),
                ('appraiser_answer', models.TextField(blank=True, verbose_name='jawaban pejabat penilai')),
                ('appraiser_answered_at', models.DateTimeField(blank=True, null=True, verbose_name='dijawab pejabat penilai')),
                ('minutes', models.TextField(blank=True, verbose_name='berita acara')),
                ('held_at', models.DateTimeField(blank=True, null=True, verbose_name='berita acara ditandatangani')),
                ('objection', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='hearing', to='appraisal.objection')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('held_at', None), ('minutes__regex', '\\S'), _connector='OR'), name='a_hearing_that_was_held_has_minutes'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ObjectionEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=160, verbose_name='nama bukti')),
                ('file_path', models.CharField(blank=True, editable=False, max_length=120)),
                ('file_name', models.CharField(blank=True, max_length=200, verbose_name='berkas')),
                ('content_type', models.CharField(blank=True, max_length=80)),
                ('size', models.PositiveIntegerField(default=0, verbose_name='ukuran (bita)')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('added_at', models.DateTimeField(auto_now_add=True, verbose_name='ditambahkan')),
                ('cited', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='appraisal.evidence', verbose_name='bukti dukung')),
                ('objection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='appraisal.objection')),
            ],
            options={
                'ordering': ['added_at', 'pk'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('cited__isnull', False)), fields=('objection', 'cited'), name='evidence_is_cited_once_in_an_objection'),
                    models.UniqueConstraint(condition=models.Q(('sha256', ''), _negated=True), fields=('objection', 'sha256'), name='same_file_is_brought_once_in_an_objection'),
                    models.CheckConstraint(condition=models.Q(models.Q(('cited__isnull', False), ('file_path', ''), ('sha256', '')), models.Q(('cited', None), ('sha256__regex', '^[0-9a-f]{64}$'), models.Q(('file_path', ''), _negated=True)), _connector='OR'), name='brought_evidence_is_cited_or_a_file'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReportStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_at', models.DateTimeField(verbose_name='dikirim')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='report_steps', to='appraisal.evaluationdocument')),
                ('receiver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.employee', verbose_name='kepada (kosong: BKPSDM)')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.employee', verbose_name='dari')),
            ],
            options={
                'ordering': ['sent_at', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('receiver', None), models.Q(('receiver', models.F('sender')), _negated=True), _connector='OR'), name='nobody_reports_to_himself'),
                    models.UniqueConstraint(fields=('document', 'sender'), name='a_report_passes_each_hand_once'),
                ],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='evaluation',
            name='only_an_approved_proposal_supersedes',
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
            name='superseded_evaluation_says_by_which_proposal',
        ),
        migrations.AddField(
            model_name='evaluation',
            name='changed_by_objection',
            field=models.BooleanField(db_default=False, default=False, verbose_name='diubah oleh keputusan keberatan'),
        ),
        migrations.AddField(
            model_name='evaluationevent',
            name='changed_by_objection',
            field=models.BooleanField(db_default=False, default=False, verbose_name='diubah oleh keputusan keberatan'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evaluation',
            trigger=pgtrigger.compiler.Trigger(name='only_a_proposal_or_an_objection_supersedes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" = \'superseded\')', func="\n                    IF TG_OP = 'INSERT' THEN\n                        RAISE EXCEPTION 'an evaluation does not begin superseded';\n                    END IF;\n                    IF OLD.state NOT IN ('final', 'acknowledged') OR NOT (EXISTS (\n                        SELECT 1 FROM agencies_proposal p\n                        WHERE p.id = NEW.reopened_by_id AND p.kind = 'result_reopen' AND p.state = 'approved'\n                            AND p.record = 'appraisal.Evaluation:' || OLD.id\n                    ) OR (NEW.changed_by_objection AND EXISTS (\n                        SELECT 1 FROM appraisal_objection o\n                            JOIN appraisal_evaluationdocument d ON d.id = o.document_id\n                        WHERE d.evaluation_id = OLD.id AND o.state = 'changed'\n                    ))) THEN\n                        RAISE EXCEPTION\n                            'a final evaluation is superseded by an approved proposal alone or a decided objection';\n                    END IF;\n                    RETURN NEW;\n                ", hash='7ebbab724347b1739ece004c57d05964717079d5', operation='INSERT OR UPDATE', pgid='pgtrigger_only_a_proposal_or_an_objection_supersedes_be259', table='appraisal_evaluation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evaluation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "appraisal_evaluationevent" ("acknowledged_at", "appraiser_id", "behaviour_rating", "behaviour_reason", "changed_by_objection", "finalised_at", "id", "note", "open_until", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predikat", "rated_by_role", "receipt", "receipt_sha256", "reopened_by_id", "replaces_id", "revision", "saved_at", "skp_id", "started_at", "state", "suggested_rating", "suggestion_reasons", "superseded_at", "version", "work_rating", "work_reason") VALUES (NEW."acknowledged_at", NEW."appraiser_id", NEW."behaviour_rating", NEW."behaviour_reason", NEW."changed_by_objection", NEW."finalised_at", NEW."id", NEW."note", NEW."open_until", NEW."period_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."predikat", NEW."rated_by_role", NEW."receipt", NEW."receipt_sha256", NEW."reopened_by_id", NEW."replaces_id", NEW."revision", NEW."saved_at", NEW."skp_id", NEW."started_at", NEW."state", NEW."suggested_rating", NEW."suggestion_reasons", NEW."superseded_at", NEW."version", NEW."work_rating", NEW."work_reason"); RETURN NULL;', hash='d75a7719745ae0387f6f333bb46b3f2e8c7fcef8', operation='INSERT', pgid='pgtrigger_insert_insert_36191', table='appraisal_evaluation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evaluation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "appraisal_evaluationevent" ("acknowledged_at", "appraiser_id", "behaviour_rating", "behaviour_reason", "changed_by_objection", "finalised_at", "id", "note", "open_until", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predikat", "rated_by_role", "receipt", "receipt_sha256", "reopened_by_id", "replaces_id", "revision", "saved_at", "skp_id", "started_at", "state", "suggested_rating", "suggestion_reasons", "superseded_at", "version", "work_rating", "work_reason") VALUES (NEW."acknowledged_at", NEW."appraiser_id", NEW."behaviour_rating", NEW."behaviour_reason", NEW."changed_by_objection", NEW."finalised_at", NEW."id", NEW."note", NEW."open_until", NEW."period_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."predikat", NEW."rated_by_role", NEW."receipt", NEW."receipt_sha256", NEW."reopened_by_id", NEW."replaces_id", NEW."revision", NEW."saved_at", NEW."skp_id", NEW."started_at", NEW."state", NEW."suggested_rating", NEW."suggestion_reasons", NEW."superseded_at", NEW."version", NEW."work_rating", NEW."work_reason"); RETURN NULL;', hash='f235ba264e1dfa1cf6638fff85d97bccc94062d7', operation='UPDATE', pgid='pgtrigger_update_update_e4364', table='appraisal_evaluation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evaluation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "appraisal_evaluationevent" ("acknowledged_at", "appraiser_id", "behaviour_rating", "behaviour_reason", "changed_by_objection", "finalised_at", "id", "note", "open_until", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predikat", "rated_by_role", "receipt", "receipt_sha256", "reopened_by_id", "replaces_id", "revision", "saved_at", "skp_id", "started_at", "state", "suggested_rating", "suggestion_reasons", "superseded_at", "version", "work_rating", "work_reason") VALUES (OLD."acknowledged_at", OLD."appraiser_id", OLD."behaviour_rating", OLD."behaviour_reason", OLD."changed_by_objection", OLD."finalised_at", OLD."id", OLD."note", OLD."open_until", OLD."period_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."predikat", OLD."rated_by_role", OLD."receipt", OLD."receipt_sha256", OLD."reopened_by_id", OLD."replaces_id", OLD."revision", OLD."saved_at", OLD."skp_id", OLD."started_at", OLD."state", OLD."suggested_rating", OLD."suggestion_reasons", OLD."superseded_at", OLD."version", OLD."work_rating", OLD."work_reason"); RETURN NULL;', hash='d5f58dbffc6c7250769deb687b08419a1ac2c4fb', operation='DELETE', pgid='pgtrigger_delete_delete_e89f0', table='appraisal_evaluation', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(models.Q(('changed_by_objection', False), ('reopened_by__isnull', False)), models.Q(('changed_by_objection', True), ('reopened_by', None)), _connector='OR'), ('state', 'superseded'), ('superseded_at__isnull', False)), models.Q(models.Q(('state', 'superseded'), _negated=True), ('changed_by_objection', False), ('reopened_by', None), ('superseded_at', None)), _connector='OR'), name='superseded_evaluation_says_by_what'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evaluationdocument',
            trigger=pgtrigger.compiler.Trigger(name='a_signed_document_is_not_rewritten', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."evaluation_id" IS DISTINCT FROM (NEW."evaluation_id") OR OLD."employee_id" IS DISTINCT FROM (NEW."employee_id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."form" IS DISTINCT FROM (NEW."form") OR OLD."signer_id" IS DISTINCT FROM (NEW."signer_id") OR OLD."parties" IS DISTINCT FROM (NEW."parties") OR OLD."organisation_achievement" IS DISTINCT FROM (NEW."organisation_achievement") OR OLD."signed_at" IS DISTINCT FROM (NEW."signed_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='82ffbccf71fda01a618758a6468967878f5eea3b', operation='UPDATE', pgid='pgtrigger_a_signed_document_is_not_rewritten_42685', table='appraisal_evaluationdocument', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evaluationdocument',
            trigger=pgtrigger.compiler.Trigger(name='a_signed_document_is_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='af6d5cca57a2efd938644ba19d1c015a3ab6c966', operation='DELETE', pgid='pgtrigger_a_signed_document_is_not_deleted_18d3a', table='appraisal_evaluationdocument', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='objection',
            trigger=pgtrigger.compiler.Trigger(name='a_closed_objection_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IN (\'upheld\', \'changed\', \'withdrawn\', \'moot\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0ef33b0815493a98b96d98f909bfb3611eac1e6b', operation='UPDATE', pgid='pgtrigger_a_closed_objection_never_changes_88a48', table='appraisal_objection', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='objection',
            trigger=pgtrigger.compiler.Trigger(name='a_filed_objection_keeps_its_words', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."state" = \'draft\') AND (OLD."reasons" IS DISTINCT FROM (NEW."reasons") OR OLD."filed_at" IS DISTINCT FROM (NEW."filed_at") OR OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."employee_id" IS DISTINCT FROM (NEW."employee_id") OR NEW."state" = \'draft\' OR (OLD."explained_at" IS NOT NULL AND OLD."explanation" IS DISTINCT FROM (NEW."explanation"))))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3f772621f471f6da20ee5e92009ece633f33f05a', operation='UPDATE', pgid='pgtrigger_a_filed_objection_keeps_its_words_61750', table='appraisal_objection', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='objection',
            trigger=pgtrigger.compiler.Trigger(name='a_filed_objection_is_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."state" = \'draft\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5e6be4fb33650bece8c777d621a8504208be752d', operation='DELETE', pgid='pgtrigger_a_filed_objection_is_not_deleted_47f42', table='appraisal_objection', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearing',
            trigger=pgtrigger.compiler.Trigger(name='minutes_of_a_hearing_stay', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."held_at" IS NOT NULL AND (OLD."minutes" IS DISTINCT FROM (NEW."minutes") OR OLD."held_at" IS DISTINCT FROM (NEW."held_at") OR OLD."meets_at" IS DISTINCT FROM (NEW."meets_at") OR OLD."place" IS DISTINCT FROM (NEW."place")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8d470755ec617fc70d2026137a279d6cc9e35e2e', operation='UPDATE', pgid='pgtrigger_minutes_of_a_hearing_stay_62c12', table='appraisal_hearing', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearing',
            trigger=pgtrigger.compiler.Trigger(name='a_hearing_is_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='4c2b781c2c83ce56acec9775b38e4d427731663b', operation='DELETE', pgid='pgtrigger_a_hearing_is_not_deleted_13652', table='appraisal_hearing', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='blindreading',
            trigger=pgtrigger.compiler.Trigger(name='an_ended_reading_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."state" = \'drawn\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c65bb649b6360d17b304f90d4e8d88fbfbfb7ae8', operation='UPDATE', pgid='pgtrigger_an_ended_reading_never_changes_2be5e', table='appraisal_blindreading', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='blindreading',
            trigger=pgtrigger.compiler.Trigger(name='a_reader_is_never_exchanged', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."reader_id" IS DISTINCT FROM (NEW."reader_id") OR OLD."seed" IS DISTINCT FROM (NEW."seed") OR OLD."objection_id" IS DISTINCT FROM (NEW."objection_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e9b131fefcb852212049a1e69de0acb62fec6f94', operation='UPDATE', pgid='pgtrigger_a_reader_is_never_exchanged_37fbe', table='appraisal_blindreading', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='blindreading',
            trigger=pgtrigger.compiler.Trigger(name='a_reading_is_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='815e698d2b52575ed22ab804c6196ab9ff93a818', operation='DELETE', pgid='pgtrigger_a_reading_is_not_deleted_45882', table='appraisal_blindreading', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='objectionevidence',
            trigger=pgtrigger.compiler.Trigger(name='evidence_of_a_filed_objection_stays', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE found TEXT;', func="\n                    SELECT state INTO found FROM appraisal_objection\n                        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.objection_id ELSE NEW.objection_id END;\n                    IF found IS DISTINCT FROM 'draft' THEN\n                        RAISE EXCEPTION 'the evidence of a filed objection stays as it is';\n                    END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ", hash='d548c0ca67ffbb78eef586069f74f84689c9d597', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_evidence_of_a_filed_objection_stays_adeb7', table='appraisal_objectionevidence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportstep',
            trigger=pgtrigger.compiler.Trigger(name='steps_of_a_report_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='092e0f48e9fb3d82c19cc7e5e6afbd957d4a361d', operation='UPDATE OR DELETE', pgid='pgtrigger_steps_of_a_report_stay_31838', table='appraisal_reportstep', when='BEFORE')),
        ),
        migrations.RunSQL("\n".join(wall_up()), "\n".join(wall_down())),
    ])
