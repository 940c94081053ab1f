from django.db import migrations

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("api", "0003_consents")]
    operations = [sql_of("api", "consents")]
