from django.db import migrations
from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("figures", "0003_seats"), ("tenancy", "0001_lens")]
    operations = [sql_of("figures", "seats")]
