from django.db import migrations

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("courses", "0007_runs")]
    operations = [sql_of("courses", "runs")]
