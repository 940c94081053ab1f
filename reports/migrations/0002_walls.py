from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_initial"),
        ("tenancy", "0001_lens"),
    ]
    operations = [walls("reports")]
