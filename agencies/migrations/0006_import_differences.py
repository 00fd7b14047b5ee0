from django.db import migrations, models
from ambon_kinerja.migrations import at_once

BY_KIND = """
    UPDATE agencies_importbatch SET changes = CASE WHEN jsonb_array_length(changes) = 0 THEN '{}' ELSE jsonb_build_object(
        'new', jsonb_path_query_array(changes, '$[*] ? (@.kind == "new")'),
        'changed', jsonb_path_query_array(changes, '$[*] ? (@.kind == "changed")')) END
    WHERE jsonb_typeof(changes) = 'array'
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0005_sign_in")]

    operations = at_once([
        migrations.AddField(
            "importbatch", "covers_all", models.BooleanField(default=False, verbose_name="memuat seluruh pegawai")
        ),
        migrations.AddField("importbatch", "endings", models.JSONField(default=dict, verbose_name="yang diakhiri")),
        migrations.AddField(
            "importbatch", "ignored", models.JSONField(default=list, verbose_name="kolom yang tidak dibaca")
        ),
        migrations.AddField(
            "importbatch",
            "layout",
            models.CharField(default="template", max_length=10, verbose_name="susunan kolom"),
        ),
        migrations.AddField("importbatch", "undo", models.JSONField(default=dict, verbose_name="cara membatalkan")),
        migrations.AddField("importbatch", "undone_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField("importbatch", "changes", models.JSONField(default=dict, verbose_name="perubahan")),
        migrations.AlterField(
            "importbatch",
            "state",
            models.CharField(
                choices=[
                    ("waiting", "Menunggu dibaca"),
                    ("read", "Sudah dibaca"),
                    ("applied", "Sudah diterapkan"),
                    ("discarded", "Dibuang"),
                    ("undone", "Penerapan dibatalkan"),
                ],
                default="read",
                max_length=10,
                verbose_name="keadaan",
            ),
        ),
        migrations.RunSQL(BY_KIND, migrations.RunSQL.noop, elidable=True),
    ])
