from django.db import migrations
from wagtail.models import (
    BootstrapLocaleField,
    BootstrapTranslatableModel,
    BootstrapTranslationKeyField,
)


class Migration(migrations.Migration):
    """Wagtail's own migrations need the page model before they can make locales: the second step of three."""

    dependencies = [
        ("providers", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        BootstrapLocaleField("providers.BasePage"),
        BootstrapTranslationKeyField("providers.BasePage"),
        BootstrapTranslatableModel("providers.BasePage"),
    ]
