"""The reporting line as functions: PostgreSQL works out a plan of theirs once a connection, not at every question."""

from django.db import migrations

from agencies.people.line_sql import FUNCTIONS

CREATE = "\n".join(FUNCTIONS.values())
DROP = "\n".join(f"DROP FUNCTION {name};" for name in FUNCTIONS)


class Migration(migrations.Migration):
    dependencies = [("agencies", "0011_rule_change_proposals")]

    operations = [migrations.RunSQL(CREATE, DROP)]
