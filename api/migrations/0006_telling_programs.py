from django.db import migrations
from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0005_webhooks"),
        ("learning", "0018_absent"),
        ("certificates", "0001_initial"),
        ("tenancy", "0001_lens"),
    ]
    operations = [sql_of("api", "webhooks")]
