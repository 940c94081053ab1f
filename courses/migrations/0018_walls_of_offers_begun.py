from django.db import migrations

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("courses", "0017_offers_begun"), ("tenancy", "0001_lens")]
    operations = [sql_of("courses", "demand")]
