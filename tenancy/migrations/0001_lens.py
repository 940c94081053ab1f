from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    operations = [TrigramExtension(), UnaccentExtension(), walls("tenancy")]
