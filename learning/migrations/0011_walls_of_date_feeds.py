from django.db import migrations

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("learning", "0010_date_feeds")]
    operations = [sql_of("learning", "date_feeds")]
