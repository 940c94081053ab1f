from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [("learning", "0004_moving_to_a_new_edition")]
    operations = [walls("learning")]
