from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0006_owed_documents_and_check_keys"),
        ("tenancy", "0001_lens"),
        ("learning", "0002_walls"),
    ]
    operations = [walls("certificates")]
