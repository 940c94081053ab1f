from django.db import migrations

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("api", "0001_keys")]
    operations = [sql_of("api", "walls")]
