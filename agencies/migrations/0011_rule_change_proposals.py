"""A change of a rule is one more thing that needs two persons."""

from django.db import migrations, models
from ambon_kinerja.migrations import at_once


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0010_search_of_names'),
    ]

    operations = at_once([
        migrations.RemoveConstraint(
            model_name='proposal',
            name='proposal_says_what_it_is_about',
        ),
        migrations.AlterField(
            model_name='proposal',
            name='kind',
            field=models.CharField(choices=[('role_grant', 'Pemberian peran'), ('result_reopen', 'Pembukaan kembali hasil akhir'), ('rule_change', 'Perubahan aturan')], max_length=20, verbose_name='jenis'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('beneficiary__isnull', False), ('kind', 'role_grant'), ('record', ''), ('term__isnull', False), models.Q(('role', ''), _negated=True)), models.Q(('about__isnull', False), ('kind', 'result_reopen'), ('role', ''), ('term', None), models.Q(('record', ''), _negated=True)), models.Q(('about', None), ('beneficiary', None), ('kind', 'rule_change'), ('role', ''), ('term', None), models.Q(('record', ''), _negated=True)), _connector='OR'), name='proposal_says_what_it_is_about'),
        ),
    ])
