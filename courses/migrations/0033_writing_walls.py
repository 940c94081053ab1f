from django.db import migrations
from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("courses", "0032_writing"), ("tenancy", "0001_lens")]
    operations = [sql_of("courses", "writing")]
