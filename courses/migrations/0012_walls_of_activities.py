from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0011_activities"),
        ("h5p", "0002_walls"),
    ]
    operations = [walls("courses")]
