from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [("learning", "0002_walls"), ("accounts", "0003_walls")]
    operations = [walls("learning")]
