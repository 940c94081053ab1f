from django.db import migrations, models

from tenancy.walls import sql_of, walls

PRESENT = models.Q(present=True)


class Migration(migrations.Migration):
    dependencies = [("courses", "0014_addresses")]
    operations = [
        migrations.RemoveField("activity", "lesson"),
        migrations.RenameField("activity", "key", "lesson"),
        migrations.AlterField("activity", "lesson", models.UUIDField()),
        *(
            migrations.AddConstraint(model, constraint)
            for model, constraint in (
                (
                    "courseaddress",
                    models.UniqueConstraint(
                        fields=["course"], condition=PRESENT, name="course_has_one_present_address"
                    ),
                ),
                (
                    "lessonaddress",
                    models.UniqueConstraint(
                        fields=["course", "lesson"],
                        condition=PRESENT,
                        name="lesson_has_one_present_address",
                    ),
                ),
                (
                    "sheet",
                    models.UniqueConstraint(
                        fields=["edition", "printing", "language", "lesson"],
                        name="sheet_lesson_once",
                    ),
                ),
                (
                    "sheet",
                    models.CheckConstraint(
                        condition=models.Q(position=0, lesson=None)
                        | models.Q(position__gte=1, lesson__isnull=False),
                        name="sheet_of_a_lesson_says_which",
                    ),
                ),
            )
        ),
        walls("courses"),
        sql_of("courses", "addresses"),
    ]
