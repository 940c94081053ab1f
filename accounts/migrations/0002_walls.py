from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    """The tables of allauth have walls as well; they need the accounts of the first step."""

    dependencies = [
        ("accounts", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("tenancy", "0001_lens"),
    ]
    operations = [walls("accounts")]
