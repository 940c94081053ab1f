from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0007_editions_reviews_sharing"),
        ("providers", "0007_walls_of_invitations"),
    ]
    operations = [walls("courses")]
