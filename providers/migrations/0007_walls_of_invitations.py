from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    """Invitations; and one's own memberships, whatever house one looks from."""

    dependencies = [("providers", "0006_invitation")]
    operations = [walls("providers")]
