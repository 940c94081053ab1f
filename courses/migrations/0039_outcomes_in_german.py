"""A city has DigComp's learning outcomes from the beginning, in English and in German."""

from pathlib import Path

from django.db import migrations, models

FILE = Path(__file__).resolve().parent.parent / "outcomes.tsv"


def store(apps, schema_editor):
    """All of them where none were loaded; otherwise the German of those that say the same."""
    model = apps.get_model("courses", "LearningOutcome")
    lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    loaded = {one.code: one for one in model.objects.all()}
    if not loaded:
        model.objects.bulk_create(
            model(code=code, competence_id=competence, level=level, kind=kind, text=text, german=german)
            for code, competence, level, kind, text, german in rows
        )
        return
    same = [
        (loaded[code], german)
        for code, _competence, _level, _kind, text, german in rows
        if code in loaded and loaded[code].text == text
    ]
    for outcome, german in same:
        outcome.german = german
    model.objects.bulk_update([outcome for outcome, _german in same], ["german"])


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0038_blocks_of_rows"),
    ]

    operations = [
        migrations.AddField(
            model_name="learningoutcome",
            name="german",
            field=models.TextField(blank=True, verbose_name="Übersetzung"),
        ),
        migrations.RunPython(store, migrations.RunPython.noop),
    ]
