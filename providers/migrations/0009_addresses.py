import django.db.models.deletion
from django.db import migrations, models

from tenancy.walls import sql_of, walls


class Migration(migrations.Migration):
    dependencies = [("providers", "0008_authors_write_reviewers_publish")]
    operations = [
        migrations.CreateModel(
            name="ProviderAddress",
            fields=[
                ("slug", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("taken_at", models.DateTimeField()),
                ("since", models.DateTimeField()),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addresses",
                        to="providers.provider",
                    ),
                ),
            ],
            options={
                "verbose_name": "Adresse eines Anbieters",
                "verbose_name_plural": "Adressen der Anbieter",
            },
        ),
        walls("providers"),
        sql_of("providers", "addresses"),
    ]
