import django.db.models.deletion
from django.db import migrations, models

#: What was printed before sheets said which lesson they are: the page of that name, else whoever asks the same questions.
LESSONS = """
UPDATE courses_sheet s SET lesson = p.translation_key
  FROM courses_edition e, providers_basepage c, providers_basepage p, wagtailcore_locale l
  WHERE e.id = s.edition_id AND s.position > 0 AND l.language_code = 'de' AND c.locale_id = l.id
    AND c.translation_key = e.course AND p.path LIKE c.path || '____' AND p.slug = s.slug;
UPDATE courses_sheet s SET lesson = o.lesson
  FROM courses_edition e, courses_edition f, courses_sheet o
  WHERE e.id = s.edition_id AND s.position > 0 AND s.lesson IS NULL AND f.course = e.course AND o.edition_id = f.id
    AND o.lesson IS NOT NULL AND s.items ?| ARRAY(SELECT jsonb_array_elements_text(o.items))
    AND NOT EXISTS (SELECT FROM courses_sheet t WHERE t.edition_id = s.edition_id AND t.printing = s.printing
      AND t.language = s.language AND t.lesson = o.lesson);
UPDATE courses_sheet s SET lesson = md5(e.course || '/' || s.slug)::uuid
  FROM courses_edition e WHERE e.id = s.edition_id AND s.position > 0 AND s.lesson IS NULL;

UPDATE courses_activity a SET key = s.lesson FROM courses_sheet s
  WHERE s.edition_id = a.edition_id AND s.printing = a.printing AND s.language = a.language AND s.slug = a.lesson;
"""
#: Cards say where courses are; of those that left the catalogue, their pages do.
ADDRESSES = """
INSERT INTO courses_courseaddress (path, course, provider_id, present, taken_at, since)
  SELECT address, course, provider_id, true, now(), now() FROM courses_card;
INSERT INTO courses_courseaddress (path, course, provider_id, present, taken_at, since)
  SELECT o.slug || '/' || p.slug, p.translation_key, p.provider_id, true, now(), now()
  FROM providers_basepage p JOIN courses_coursepage c ON c.basepage_ptr_id = p.id
    JOIN wagtailcore_locale l ON l.id = p.locale_id AND l.language_code = 'de'
    JOIN providers_provider o ON o.id = p.provider_id
  WHERE EXISTS (SELECT FROM courses_edition e WHERE e.course = p.translation_key)
    AND NOT EXISTS (SELECT FROM courses_courseaddress a WHERE a.course = p.translation_key)
  ON CONFLICT DO NOTHING;
INSERT INTO courses_lessonaddress (slug, lesson, course, provider_id, present, taken_at, since)
  SELECT DISTINCT ON (e.course, s.lesson) s.slug, s.lesson, e.course, s.provider_id, true, now(), now()
  FROM courses_sheet s JOIN courses_edition e ON e.id = s.edition_id
  WHERE s.language = 'de' AND s.position > 0 ORDER BY e.course, s.lesson, e.number DESC, s.printing DESC
  ON CONFLICT DO NOTHING;
INSERT INTO courses_lessonaddress (slug, lesson, course, provider_id, present, taken_at, since)
  SELECT DISTINCT ON (e.course, s.slug) s.slug, s.lesson, e.course, s.provider_id, false, now(), now()
  FROM courses_sheet s JOIN courses_edition e ON e.id = s.edition_id
  WHERE s.language = 'de' AND s.position > 0 ORDER BY e.course, s.slug, e.number DESC, s.printing DESC
  ON CONFLICT DO NOTHING;
"""


def _fields() -> list[tuple[str, models.Field]]:
    return [
        ("course", models.UUIDField()),
        ("present", models.BooleanField()),
        ("taken_at", models.DateTimeField()),
        ("since", models.DateTimeField()),
        (
            "provider",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="providers.provider",
            ),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("courses", "0013_window_of_activities"), ("providers", "0009_addresses")]
    operations = [
        migrations.CreateModel(
            name="CourseAddress",
            fields=[
                ("path", models.CharField(max_length=320, primary_key=True, serialize=False)),
                *_fields(),
            ],
            options={
                "verbose_name": "Adresse eines Kurses",
                "verbose_name_plural": "Adressen der Kurse",
            },
        ),
        migrations.CreateModel(
            name="LessonAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=255)),
                ("lesson", models.UUIDField()),
                *_fields(),
            ],
            options={
                "verbose_name": "Adresse eines Schritts",
                "verbose_name_plural": "Adressen der Schritte",
            },
        ),
        migrations.AddField("sheet", "lesson", models.UUIDField(null=True)),
        migrations.AddField("activity", "key", models.UUIDField(null=True)),
        migrations.AddConstraint(
            "lessonaddress",
            models.UniqueConstraint(fields=["course", "slug"], name="lesson_address_given_once"),
        ),
        migrations.RunSQL(LESSONS),
        migrations.RunSQL(ADDRESSES),
    ]
