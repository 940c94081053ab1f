from django.db import migrations

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("courses", "0023_date_groups")]
    operations = [sql_of("courses", "date_groups")]
