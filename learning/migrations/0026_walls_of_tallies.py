from django.db import migrations

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("learning", "0025_tallies")]
    operations = [sql_of("learning", "tallies")]
