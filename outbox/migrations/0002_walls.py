from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial"), ("tenancy", "0002_acts")]
    operations = [walls("outbox")]
