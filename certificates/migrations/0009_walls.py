from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [("certificates", "0008_autographs"), ("tenancy", "0001_lens")]
    operations = [walls("certificates")]
