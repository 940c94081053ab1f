from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_auditevent"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("tenancy", "0002_acts"),
    ]
    operations = [walls("accounts")]
