from django.db import migrations

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("providers", "0005_applications")]
    operations = [sql_of("providers", "applications")]
