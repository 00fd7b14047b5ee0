from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ambon_kinerja", "0002_initial")]
    operations = [TrigramExtension(), UnaccentExtension()]
