from django.db import migrations

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("providers", "0008_pupils"), ("accounts", "0006_pupils")]
    operations = [sql_of("providers", "schools")]
