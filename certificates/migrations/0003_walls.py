from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0002_initial"),
        ("tenancy", "0001_lens"),
        ("learning", "0002_walls"),
    ]
    operations = [walls("certificates")]
