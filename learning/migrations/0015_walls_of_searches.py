from django.db import migrations

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("learning", "0014_saved_searches")]
    operations = [sql_of("learning", "searches")]
