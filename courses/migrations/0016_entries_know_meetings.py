from django.db import migrations

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("courses", "0015_meetings_in_entries")]
    operations = [sql_of("courses", "run_meetings")]
