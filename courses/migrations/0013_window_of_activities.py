from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [("courses", "0012_walls_of_activities")]
    operations = [walls("courses")]
