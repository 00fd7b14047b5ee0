# The tables of sign-in: second factors, links by e-mail, devices.

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from ambon_kinerja.migrations import at_once


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_access_by_two'),
    ]

    operations = at_once([
        migrations.CreateModel(
            name='AccountLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('reset', 'Lupa kata sandi'), ('invitation', 'Undangan')], max_length=10, verbose_name='untuk')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='account_links', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='account_link_ends_after_it_begins'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Passkey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='nama')),
                ('credential_id', models.BinaryField(max_length=1023, unique=True)),
                ('public_key', models.BinaryField()),
                ('sign_count', models.BigIntegerField(default=0)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passkeys', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['added_at'],
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.CharField(max_length=64)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('user', 'code_hash'), name='a_recovery_code_once_per_user'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SignedInDevice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('browser', models.CharField(max_length=80, verbose_name='peramban')),
                ('network', models.CharField(max_length=64, verbose_name='jaringan')),
                ('second_factor', models.CharField(blank=True, choices=[('', 'Kata sandi saja'), ('totp', 'Aplikasi kode'), ('passkey', 'Kunci sandi'), ('recovery', 'Kode cadangan'), ('national', 'Masuk ASN')], max_length=10, verbose_name='langkah kedua')),
                ('began_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='masuk pada')),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='terakhir dipakai')),
                ('session_epoch', models.PositiveIntegerField(default=0)),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='berakhir pada')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-seen_at'],
                'indexes': [
                    models.Index(fields=['user', 'ended_at'], name='devices_of_a_user'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TotpSecret',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', models.TextField()),
                ('last_step', models.BigIntegerField(default=0)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='totp', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddField(
            model_name='user',
            name='password_changed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='kata sandi diganti'),
        ),
        migrations.AddField(
            model_name='user',
            name='session_epoch',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddIndex(
            model_name='signinattempt',
            index=models.Index(fields=['address', 'at'], name='attempts_from_an_address'),
        ),
    ])
