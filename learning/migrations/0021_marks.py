import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("providers", "0001_initial"),
        ("learning", "0020_points"),
    ]

    operations = [
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
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="AnswerMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.PositiveSmallIntegerField()),
                ("points", models.FloatField()),
                ("most", models.FloatField()),
                ("text", models.CharField(blank=True, max_length=2000)),
                ("by_person", models.BigIntegerField()),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField(auto_now=True)),
                ("enrolment", models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="learning.enrolment")),
                ("learner", models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("provider", models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="providers.provider")),
                ("statement", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="learning.xapistatement")),
            ],
            options={
                "verbose_name": "Bewertung",
                "verbose_name_plural": "Bewertungen",
            },
        ),
        migrations.AddConstraint(
            model_name="answermark",
            constraint=models.UniqueConstraint(fields=["statement", "part"], name="answermark_once"),
        ),
        migrations.AddConstraint(
            model_name="answermark",
            constraint=models.CheckConstraint(
                condition=models.Q(("points__gte", 0), ("points__lte", models.F("most"))), name="answermark_within"
            ),
        ),
    ]
