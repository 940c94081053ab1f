from django.db import migrations

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_key_cards"), ("tenancy", "0001_lens")]
    operations = [sql_of("accounts", "key_cards")]
