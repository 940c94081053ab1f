from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [("courses", "0016_deleted_pages")]
    operations = [walls("courses")]
