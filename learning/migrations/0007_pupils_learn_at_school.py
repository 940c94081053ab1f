from django.db import migrations

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("learning", "0006_walls_of_talking"), ("accounts", "0006_pupils")]
    operations = [sql_of("learning", "schools")]
