from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [("learning", "0009_walls_of_activities")]
    operations = [walls("learning")]
