from django.db import migrations

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_blocked_loads")]
    operations = [sql_of("accounts", "blocked")]
