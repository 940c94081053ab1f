import django.db.models.deletion
from django.db import migrations, models

from tenancy.walls import sql_of


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0022_walls_of_marks"),
        ("providers", "0011_named_in_figures"),
    ]

    operations = [
        migrations.AddField(
            model_name="enrolment",
            name="more",
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.AlterField(
            model_name="tutoract",
            name="kind",
            field=models.CharField(
                choices=[
                    ("put_in", "Sie in die Gruppe aufgenommen"),
                    ("taken_out", "Sie aus der Gruppe genommen"),
                    ("there", "eingetragen, dass Sie da waren"),
                    ("not_there", "ausgetragen, dass Sie da waren"),
                    ("confirmed", "einen Schritt für Sie bestätigt"),
                    ("reset", "Ihnen neue Versuche gegeben"),
                    ("marked", "eine Antwort von Ihnen bewertet"),
                    ("one_more", "Ihnen einen Versuch mehr gegeben"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="AttemptRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("course", models.UUIDField()),
                (
                    "counts",
                    models.CharField(
                        choices=[
                            ("best", "Bester Versuch"),
                            ("last", "Letzter Versuch"),
                            ("first", "Erster Versuch"),
                            ("average", "Durchschnitt aller Versuche"),
                        ],
                        default="best",
                        max_length=7,
                    ),
                ),
                ("most", models.PositiveSmallIntegerField(null=True)),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="providers.provider",
                    ),
                ),
            ],
            options={
                "verbose_name": "Regel für Versuche",
                "verbose_name_plural": "Regeln für Versuche",
                "constraints": [
                    models.UniqueConstraint(fields=("provider", "course"), name="attemptrule_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("most", None),
                            models.Q(("most__gte", 1), ("most__lte", 50)),
                            _connector="OR",
                        ),
                        name="attemptrule_within",
                    ),
                ],
            },
        ),
        sql_of("learning", "attempts"),
    ]
