from django.db import migrations

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("learning", "0021_marks")]
    operations = [sql_of("learning", "marks")]
