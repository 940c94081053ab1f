from django.db import migrations

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("learning", "0005_talking")]
    operations = [sql_of("learning", "talk")]
