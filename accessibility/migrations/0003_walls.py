from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [
        ("accessibility", "0002_initial"),
        ("tenancy", "0001_lens"),
    ]
    operations = [walls("accessibility")]
