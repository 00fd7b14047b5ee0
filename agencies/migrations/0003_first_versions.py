"""Every unit and post gets its first version: as it stands, since it exists."""

from django.db import migrations

VERSIONS = """
    INSERT INTO agencies_unitversion (term, recorded, decree, reason, name, parent_id, unit_id)
        SELECT daterange(valid_from, valid_until + 1), tstzrange('2000-01-01 00:00+00', NULL), '', '', name,
            parent_id, id
        FROM agencies_unit;
    INSERT INTO agencies_postversion
            (term, recorded, decree, reason, name, leads_unit, is_elected, post_id, superior_id, unit_id)
        SELECT daterange(unit.valid_from, unit.valid_until + 1), tstzrange('2000-01-01 00:00+00', NULL), '', '',
            post.name, post.leads_unit, post.kind = 'kepala_daerah', post.id, post.superior_id, unit.id
        FROM agencies_post post JOIN agencies_unit unit ON unit.id = post.unit_id;
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0002_two_clocks")]
    operations = [migrations.RunSQL(VERSIONS, migrations.RunSQL.noop)]
