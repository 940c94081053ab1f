from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    """Colleagues in the wall of accounts; what hangs on a person is written by her side only."""

    dependencies = [("providers", "0004_walls"), ("accounts", "0003_walls")]
    operations = [walls("providers")]
