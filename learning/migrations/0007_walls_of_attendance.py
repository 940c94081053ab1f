from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [("learning", "0006_rules_and_attendance")]
    operations = [walls("learning")]
