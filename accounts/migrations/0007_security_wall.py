from django.db import migrations

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_security_log")]
    operations = [sql_of("accounts", "security")]
