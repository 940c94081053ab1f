from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [("learning", "0012_feedback")]
    operations = [walls("learning")]
