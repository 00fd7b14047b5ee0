"""Complaints that name an officer, and their second wall (docs/adr/0016, 0025): the lane by role, and the service.

Who is too close to the named officer cannot be asked here, since his identity is encrypted; that is the first wall's.
Nobody but the service adds what a citizen sends or an officer answers; entries and letters are never changed by a person.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import feedback.complaints.restricted.sealing
import uuid
from django.conf import settings
from django.db import migrations, models
from ambon_kinerja.migrations import at_once


TABLES = ("restrictedcase", "restrictedmessage", "restrictedattachment", "restrictedletter", "sealopening")
IS_SERVICE = "(SELECT current_setting('app.reader', true)) = 'service'"
IN_LANE = """(SELECT current_setting('app.reader', true)) = 'person' AND (SELECT
    'inspector' = ANY (nullif(current_setting('app.everything', true), '')::text[])
    OR 'complaint_manager' = ANY (nullif(current_setting('app.roles', true), '')::text[])
)"""
WRITES = {  # what a person of the lane may do beside reading
    "restrictedcase": ("UPDATE",),
    "restrictedmessage": ("INSERT",),
    "restrictedletter": ("INSERT",),
    "sealopening": ("INSERT", "UPDATE"),
}
NAMES = {"INSERT": "the_lane_adds", "UPDATE": "the_lane_changes"}


def statements():
    for table in TABLES:
        name = f"feedback_{table}"
        yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;"
        yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY;"
        yield (
            f"CREATE POLICY service_does_everything ON {name} FOR ALL USING ({IS_SERVICE}) WITH CHECK ({IS_SERVICE});"
        )
        yield f"CREATE POLICY the_lane_reads ON {name} FOR SELECT USING ({IN_LANE});"
        for command in WRITES.get(table, ()):
            using = f" USING ({IN_LANE})" if command == "UPDATE" else ""
            yield f"CREATE POLICY {NAMES[command]} ON {name} FOR {command}{using} WITH CHECK ({IN_LANE});"


def reverse_statements():
    for table in TABLES:
        name = f"feedback_{table}"
        for policy in ("service_does_everything", "the_lane_reads", *map(NAMES.get, WRITES.get(table, ()))):
            yield f"DROP POLICY {policy} ON {name};"
        yield f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY;"
        yield f"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY;"


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0013_roles_of_services'),
        ('feedback', '0005_complaints'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = at_once([
        migrations.CreateModel(
            name='RestrictedCase',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('received', 'Diterima'), ('fact_finding', 'Pencarian fakta'), ('reply_asked', 'Menunggu jawaban pegawai'), ('replied', 'Sudah dijawab atau lewat waktu'), ('decided', 'Diputus'), ('closed', 'Selesai'), ('ordinary', 'Menjadi pengaduan biasa'), ('handed', 'Diserahkan kepada pihak berwenang')], default='received', max_length=20, verbose_name='keadaan')),
                ('received_at', models.DateTimeField(verbose_name='diterima')),
                ('sending_key', models.CharField(max_length=64, unique=True)),
                ('code_digest', models.CharField(max_length=64, unique=True)),
                ('named', feedback.complaints.restricted.sealing.SealedTextField(verbose_name='pegawai yang disebut')),
                ('text', feedback.complaints.restricted.sealing.SealedTextField(verbose_name='isi laporan')),
                ('contact', feedback.complaints.restricted.sealing.SealedTextField(blank=True, verbose_name='kontak pelapor')),
                ('consent_at', models.DateTimeField(null=True, verbose_name='persetujuan kontak')),
                ('name_marks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), default=list, size=None)),
                ('officer', feedback.complaints.restricted.sealing.SealedTextField(blank=True, verbose_name='pegawai yang dikenali')),
                ('officer_mark', models.CharField(blank=True, max_length=32)),
                ('assess_by', models.DateField(verbose_name='batas penelaahan')),
                ('decide_by', models.DateField(verbose_name='batas keputusan')),
                ('reminded_on', models.DateField(null=True)),
                ('reply_asked_at', models.DateTimeField(null=True, verbose_name='hak jawab diminta')),
                ('outcome', models.CharField(blank=True, choices=[('substantiated', 'Terbukti'), ('not_substantiated', 'Tidak terbukti'), ('undecidable', 'Tidak dapat diputus')], max_length=20, verbose_name='putusan')),
                ('finding', feedback.complaints.restricted.sealing.SealedTextField(blank=True, verbose_name='putusan dan alasannya')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='diputus')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='ditutup')),
                ('handed_to', models.CharField(blank=True, max_length=160, verbose_name='diserahkan kepada')),
                ('erased_at', models.DateTimeField(null=True, verbose_name='identitas dihapus')),
                ('service', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='feedback.service', verbose_name='layanan')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit', verbose_name='unit')),
            ],
            options={
                'ordering': ['-received_at', 'pk'],
                'indexes': [
                    models.Index(fields=['state', 'received_at'], name='restricted_by_state'),
                    models.Index(condition=models.Q(('officer_mark', ''), _negated=True), fields=['officer_mark', 'decided_at'], name='restricted_of_an_officer'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('officer', ''), ('officer_mark', '')), models.Q(models.Q(('officer', ''), _negated=True), models.Q(('officer_mark', ''), _negated=True)), _connector='OR'), name='restricted_officer_stands_with_his_mark'),
                    models.CheckConstraint(condition=models.Q(('contact', ''), ('consent_at__isnull', False), _connector='OR'), name='restricted_contact_only_with_consent'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='restricted_outcome_has_its_day'),
                    models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'substantiated'), _negated=True), ('reply_asked_at__isnull', False), _connector='OR'), name='nothing_is_substantiated_unheard'),
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['closed', 'ordinary', 'handed'])), models.Q(models.Q(('state__in', ['closed', 'ordinary', 'handed']), _negated=True), ('closed_at', None)), _connector='OR'), name='restricted_case_that_is_over_has_its_day'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RestrictedAttachment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', feedback.complaints.restricted.sealing.SealedTextField(verbose_name='nama berkas')),
                ('content_type', models.CharField(max_length=80)),
                ('size', models.PositiveIntegerField()),
                ('content', models.BinaryField(verbose_name='isi berkas')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='feedback.restrictedcase')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RestrictedLetter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('reply', 'Hak jawab'), ('superior', 'Pemberitahuan kepada atasan')], max_length=10, verbose_name='jenis')),
                ('recipient', feedback.complaints.restricted.sealing.SealedTextField(verbose_name='penerima')),
                ('recipient_mark', models.CharField(db_index=True, max_length=32)),
                ('substance', feedback.complaints.restricted.sealing.SealedTextField(verbose_name='pokok laporan')),
                ('sent_at', models.DateTimeField()),
                ('due_on', models.DateField(null=True, verbose_name='batas jawaban')),
                ('answer', feedback.complaints.restricted.sealing.SealedTextField(blank=True, verbose_name='jawaban')),
                ('answered_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='feedback.restrictedcase')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dikirim oleh')),
            ],
            options={
                'ordering': ['-sent_at', 'pk'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('kind', 'reply')), fields=('case',), name='the_officer_is_asked_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='an_answer_has_its_moment'),
                    models.CheckConstraint(condition=models.Q(models.Q(('due_on__isnull', False), ('kind', 'reply')), models.Q(('answer', ''), ('due_on', None), ('kind', 'superior')), _connector='OR'), name='only_the_officer_has_a_term'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RestrictedMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('citizen', 'Pelapor'), ('handler', 'Petugas'), ('note', 'Catatan pemeriksaan')], max_length=10)),
                ('text', feedback.complaints.restricted.sealing.SealedTextField(verbose_name='isi')),
                ('at', models.DateTimeField()),
                ('sending_key', models.CharField(max_length=64, null=True, unique=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ditulis oleh')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='feedback.restrictedcase')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('by', None), ('side', 'citizen')), models.Q(('side', 'citizen'), _negated=True), _connector='OR'), name='a_citizen_writes_without_an_account'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SealOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('named', 'Pegawai yang disebut'), ('reporter', 'Pelapor')], max_length=10, verbose_name='bagian')),
                ('asked_at', models.DateTimeField()),
                ('reason', feedback.complaints.restricted.sealing.SealedTextField(verbose_name='alasan')),
                ('opened_at', models.DateTimeField(null=True)),
                ('ends_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diminta oleh')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='feedback.restrictedcase')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuka oleh')),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('opened_by', None), models.Q(('opened_by', models.F('asked_by')), _negated=True), _connector='OR'), name='a_seal_is_opened_by_a_second_person'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ends_at', None), ('opened_at', None), ('opened_by', None)), models.Q(('ends_at__gt', models.F('opened_at')), ('opened_at__isnull', False), ('opened_by__isnull', False)), _connector='OR'), name='an_open_seal_has_its_term'),
                    models.UniqueConstraint(condition=models.Q(('opened_at', None)), fields=('case', 'part'), name='one_request_for_a_seal_at_a_time'),
                ],
            },
        ),
        migrations.RunSQL("\n".join(statements()), "\n".join(reverse_statements())),
    ])
