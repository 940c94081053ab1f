from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [("accessibility", "0008_preferences")]
    operations = [walls("accessibility")]
