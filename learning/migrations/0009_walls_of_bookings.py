from django.db import migrations

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [("learning", "0008_bookings"), ("courses", "0008_walls_of_runs")]
    operations = [sql_of("learning", "bookings")]
