from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0001_lens")]
    operations = [walls("tenancy")]
