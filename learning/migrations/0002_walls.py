from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0001_initial"),
        ("tenancy", "0001_lens"),
        ("courses", "0003_walls"),
    ]
    operations = [walls("learning")]
