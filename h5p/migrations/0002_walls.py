from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [
        ("h5p", "0001_initial"),
        ("h5p_lite", "0001_initial"),
        ("tenancy", "0001_lens"),
        ("providers", "0004_walls"),
    ]
    operations = [walls("h5p")]
