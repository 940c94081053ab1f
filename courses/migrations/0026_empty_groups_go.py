from django.db import migrations

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("courses", "0025_every_entry_has_a_group")]
    operations = [sql_of("courses", "empty_groups")]
