from django.conf import settings
from django.db import migrations, models
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from tenancy.walls import sql_of, walls


#: The 21 competences of DigComp 3.0: codes and titles. Source and attribution: docs/digcomp.md.
COMPETENCES = [
    ("1.1", "Informationen durchsuchen, suchen und filtern", "Browsing, searching and filtering information"),
    ("1.2", "Informationen bewerten", "Evaluating information"),
    ("1.3", "Informationen verwalten", "Managing information"),
    ("2.1", "Über und mit digitalen Technologien interagieren", "Interacting through and with digital technologies"),
    ("2.2", "Über digitale Technologien teilen", "Sharing through digital technologies"),
    ("2.3", "Sich mit digitalen Technologien gesellschaftlich beteiligen", "Engaging in citizenship through digital technologies"),
    ("2.4", "Über digitale Technologien zusammenarbeiten", "Collaborating through digital technologies"),
    ("2.5", "Digitales Verhalten", "Digital behaviour"),
    ("2.6", "Digitale Identität verwalten", "Managing digital identity"),
    ("3.1", "Digitale Inhalte entwickeln", "Developing digital content"),
    ("3.2", "Digitale Inhalte integrieren und überarbeiten", "Integrating and re-elaborating digital content"),
    ("3.3", "Urheberrecht und Lizenzen", "Copyright and licences"),
    ("3.4", "Informatisches Denken und Programmieren", "Computational thinking and programming"),
    ("4.1", "Geräte schützen", "Protecting devices"),
    ("4.2", "Personenbezogene Daten und Privatsphäre schützen", "Protecting personal data and privacy"),
    ("4.3", "Wohlbefinden fördern", "Supporting wellbeing"),
    ("4.4", "Umweltauswirkungen digitaler Technologien", "Environmental impacts of digital technologies"),
    ("5.1", "Technische Probleme erkennen und lösen", "Identifying and solving technical problems"),
    ("5.2", "Bedarfe erkennen und digitale Lösungen finden", "Identifying needs and digital technological responses"),
    ("5.3", "Kreative Lösungen mit digitalen Technologien finden", "Identifying creative solutions using digital technologies"),
    ("5.4", "Bedarf an digitalen Kompetenzen erkennen und angehen", "Identifying and addressing digital competence needs"),
]


def store(apps, schema_editor):
    model = apps.get_model("courses", "Competence")
    model.objects.bulk_create(
        model(code=code, title=title, title_en=english) for code, title, english in COMPETENCES
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('h5p_lite', '0001_initial'),
        ('providers', '0004_walls'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailimages', '0027_image_description'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("tenancy", "0001_lens"),
    ]

    operations = [
        migrations.CreateModel(
            name='Competence',
            fields=[
                ('code', models.CharField(max_length=3, primary_key=True, serialize=False, verbose_name='Nummer')),
                ('title', models.CharField(max_length=120, verbose_name='Titel')),
                ('title_en', models.CharField(max_length=120, verbose_name='Titel auf Englisch')),
            ],
            options={
                'verbose_name': 'Kompetenz',
                'verbose_name_plural': 'Kompetenzen',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='CourseIndexPage',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('lead', models.CharField(blank=True, max_length=200, verbose_name='Ein Satz über Sie')),
                ('about', wagtail.fields.RichTextField(blank=True, verbose_name='Über Sie')),
            ],
            options={
                'verbose_name': 'Kursregal',
            },
            bases=('providers.basepage',),
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('course', models.UUIDField()),
                ('number', models.PositiveIntegerField()),
                ('printing', models.PositiveIntegerField(default=1)),
                ('items', models.JSONField()),
                ('total', models.PositiveIntegerField()),
                ('checksum', models.CharField(max_length=64)),
                ('printed_at', models.DateTimeField(auto_now=True)),
                ('news', models.TextField(blank=True)),
                ('printed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='providers.provider')),
            ],
            options={
                'verbose_name': 'Ausgabe',
                'verbose_name_plural': 'Ausgaben',
            },
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('lead', models.TextField(blank=True, verbose_name='Einleitung')),
            ],
            options={
                'verbose_name': 'Start-Seite',
            },
            bases=('providers.basepage',),
        ),
        migrations.CreateModel(
            name='LessonPage',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('issue', models.CharField(blank=True, choices=[('correction', 'Kleine Korrektur'), ('new', 'Neue Ausgabe')], default='', editable=False, max_length=10)),
                ('minutes', models.PositiveSmallIntegerField(default=10, verbose_name='Minuten')),
                ('open', models.BooleanField(default=False, help_text='Der erste Schritt eines Kurses ist immer ohne Konto lesbar.', verbose_name='Ohne Konto lesbar')),
                ('body', wagtail.fields.StreamField([('text', 0), ('image', 3), ('video', 9), ('audio', 12), ('download', 14), ('callout', 18), ('table', 22), ('term', 25), ('single_choice', 33), ('multiple_choice', 33), ('true_false', 38), ('gap_text', 41), ('ordering', 44), ('h5p', 53)], block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'h4', 'ol', 'ul', 'bold', 'italic', 'superscript', 'subscript', 'link', 'lang-de', 'lang-en', 'lang-tr', 'lang-ar', 'lang-uk', 'lang-ru', 'lang-fr'], 'label': 'Text'}), 1: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Bild'}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Bildunterschrift', 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('image', 1), ('caption', 2)]], {}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'Titel'}), 5: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'MP4 oder WebM', 'label': 'Video'}), 6: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'Eine Datei im Format WebVTT (.vtt) oder SRT (.srt)', 'label': 'Untertitel'}), 7: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Standbild', 'required': False}), 8: ('wagtail.blocks.RichTextBlock', (), {'features': ['ol', 'ul', 'bold', 'italic', 'superscript', 'subscript', 'link', 'lang-de', 'lang-en', 'lang-tr', 'lang-ar', 'lang-uk', 'lang-ru', 'lang-fr'], 'help_text': 'Alles, was gesagt wird und was zu sehen ist.', 'label': 'Abschrift'}), 9: ('wagtail.blocks.StructBlock', [[('title', 4), ('file', 5), ('captions', 6), ('poster', 7), ('transcript', 8)]], {}), 10: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'MP3 oder M4A', 'label': 'Ton'}), 11: ('wagtail.blocks.RichTextBlock', (), {'features': ['ol', 'ul', 'bold', 'italic', 'superscript', 'subscript', 'link', 'lang-de', 'lang-en', 'lang-tr', 'lang-ar', 'lang-uk', 'lang-ru', 'lang-fr'], 'help_text': 'Alles, was zu hören ist.', 'label': 'Abschrift'}), 12: ('wagtail.blocks.StructBlock', [[('title', 4), ('file', 10), ('transcript', 11)]], {}), 13: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Datei'}), 14: ('wagtail.blocks.StructBlock', [[('title', 4), ('file', 13)]], {}), 15: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('tip', 'Tipp'), ('warning', 'Achtung'), ('remember', 'Merken')], 'label': 'Art'}), 16: ('wagtail.blocks.CharBlock', (), {'label': 'Überschrift'}), 17: ('wagtail.blocks.RichTextBlock', (), {'features': ['ol', 'ul', 'bold', 'italic', 'superscript', 'subscript', 'link', 'lang-de', 'lang-en', 'lang-tr', 'lang-ar', 'lang-uk', 'lang-ru', 'lang-fr'], 'label': 'Text'}), 18: ('wagtail.blocks.StructBlock', [[('kind', 15), ('title', 16), ('html', 17)]], {}), 19: ('wagtail.blocks.CharBlock', (), {'label': 'Was zeigt die Tabelle?'}), 20: ('wagtail.blocks.TextBlock', (), {'help_text': 'Jede Zeile der Tabelle ist eine Zeile. Trennen Sie die Spalten mit einem senkrechten Strich: Tag | Uhrzeit. Sie können auch aus Excel, Word oder Writer einfügen.', 'label': 'Zeilen', 'rows': 6}), 21: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('row', 'In der ersten Zeile'), ('column', 'In der ersten Spalte'), ('both', 'In der ersten Zeile und in der ersten Spalte')], 'label': 'Wo stehen die Überschriften?'}), 22: ('wagtail.blocks.StructBlock', [[('caption', 19), ('rows', 20), ('headings', 21)]], {}), 23: ('wagtail.blocks.CharBlock', (), {'label': 'Wort'}), 24: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'superscript', 'subscript', 'link', 'lang-de', 'lang-en', 'lang-tr', 'lang-ar', 'lang-uk', 'lang-ru', 'lang-fr'], 'label': 'Erklärung'}), 25: ('wagtail.blocks.StructBlock', [[('term', 23), ('html', 24)]], {}), 26: ('wagtail.blocks.CharBlock', (), {'label': 'Frage'}), 27: ('wagtail.blocks.CharBlock', (), {'label': 'Antwort'}), 28: ('wagtail.blocks.BooleanBlock', (), {'label': 'Diese Antwort ist richtig', 'required': False}), 29: ('wagtail.blocks.TextBlock', (), {'help_text': 'Das liest, wer diese Antwort wählt. Sagen Sie, warum.', 'label': 'Rückmeldung', 'required': False, 'rows': 2}), 30: ('wagtail.blocks.StructBlock', [[('text', 27), ('right', 28), ('feedback', 29)]], {}), 31: ('wagtail.blocks.ListBlock', (30,), {'label': 'Antworten', 'min_num': 2}), 32: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'Sonst sieht jeder die Antworten in einer anderen Reihenfolge. Sinnvoll bei Zahlen, oder wenn eine Antwort „Alle stimmen“ heißt.', 'label': 'Diese Reihenfolge behalten', 'required': False}), 33: ('wagtail.blocks.StructBlock', [[('question', 26), ('choices', 31), ('fixed_order', 32)]], {'group': 'Fragen'}), 34: ('wagtail.blocks.TextBlock', (), {'label': 'Rückmeldung, wenn es stimmt', 'required': False, 'rows': 2}), 35: ('wagtail.blocks.TextBlock', (), {'label': 'Rückmeldung, wenn es nicht stimmt', 'required': False, 'rows': 2}), 36: ('wagtail.blocks.CharBlock', (), {'label': 'Aussage'}), 37: ('wagtail.blocks.BooleanBlock', (), {'label': 'Die Aussage stimmt', 'required': False}), 38: ('wagtail.blocks.StructBlock', [[('feedback_right', 34), ('feedback_wrong', 35), ('statement', 36), ('right', 37)]], {'group': 'Fragen'}), 39: ('wagtail.blocks.CharBlock', (), {'label': 'Aufgabe'}), 40: ('wagtail.blocks.TextBlock', (), {'help_text': 'Schreiben Sie die Lösung in doppelte Klammern: Ein Passwort ist {{lang|länger}}.', 'label': 'Text mit Lücken'}), 41: ('wagtail.blocks.StructBlock', [[('feedback_right', 34), ('feedback_wrong', 35), ('question', 39), ('text', 40)]], {'group': 'Fragen'}), 42: ('wagtail.blocks.CharBlock', (), {'label': 'Schritt'}), 43: ('wagtail.blocks.ListBlock', (42,), {'label': 'Schritte in der richtigen Reihenfolge', 'max_num': 9, 'min_num': 2}), 44: ('wagtail.blocks.StructBlock', [[('feedback_right', 34), ('feedback_wrong', 35), ('question', 39), ('steps', 43)]], {'group': 'Fragen'}), 45: ('h5p.blocks.ActivityBlock', (), {'label': 'Aktivität'}), 46: ('wagtail.blocks.TextBlock', (), {'help_text': 'Ein Satz genügt.', 'label': 'Worum geht es?', 'required': False, 'rows': 2}), 47: ('wagtail.blocks.IntegerBlock', (), {'default': 100, 'help_text': 'Gilt, wenn wir die Antworten selbst prüfen können.', 'label': 'So viel Prozent der Punkte braucht man', 'max_value': 100, 'min_value': 1}), 48: ('wagtail.blocks.RichTextBlock', (), {'features': ['ol', 'ul', 'bold', 'italic', 'superscript', 'subscript', 'link', 'lang-de', 'lang-en', 'lang-tr', 'lang-ar', 'lang-uk', 'lang-ru', 'lang-fr'], 'help_text': 'Für alle, die diese Aktivität nicht bedienen können.', 'label': 'Dasselbe in anderer Form', 'required': False}), 49: ('wagtail.blocks.StructBlock', [[('question', 26), ('choices', 31), ('fixed_order', 32)]], {}), 50: ('wagtail.blocks.StructBlock', [[('feedback_right', 34), ('feedback_wrong', 35), ('statement', 36), ('right', 37)]], {}), 51: ('wagtail.blocks.StructBlock', [[('feedback_right', 34), ('feedback_wrong', 35), ('question', 39), ('text', 40)]], {}), 52: ('wagtail.blocks.StreamBlock', [[('single_choice', 49), ('multiple_choice', 49), ('true_false', 50), ('gap_text', 51)]], {'required': False}), 53: ('wagtail.blocks.StructBlock', [[('content', 45), ('lead', 46), ('pass_mark', 47), ('alternative', 48), ('question', 52)]], {'group': 'Fragen'})}, verbose_name='Inhalt')),
                ('seen', models.JSONField(default=dict, editable=False)),
            ],
            options={
                'verbose_name': 'Schritt',
            },
            bases=('providers.basepage',),
        ),
        migrations.CreateModel(
            name='CoursePage',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('attestation', models.CharField(choices=[('participation', 'Teilnahmebescheinigung'), ('achievement', 'Leistungsnachweis'), ('certificate', 'Zertifikat')], default='certificate', max_length=13, verbose_name='Was bekommt man am Ende?')),
                ('required_share', models.PositiveSmallIntegerField(default=100, help_text='100 heißt: alle Schritte.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='So viel Prozent der Aufgaben muss man machen')),
                ('pass_mark', models.PositiveSmallIntegerField(default=0, help_text='0 heißt: Das Ergebnis zählt nicht.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='So viel Prozent der Fragen muss man beim ersten Versuch richtig haben')),
                ('sittings', models.PositiveSmallIntegerField(default=0, help_text='0 heißt: Der Kurs ist nur online.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(60)], verbose_name='Termine vor Ort')),
                ('required_sittings', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(60)], verbose_name='Bei so vielen Terminen muss man da sein')),
                ('retakes', models.PositiveSmallIntegerField(blank=True, help_text='Leer heißt: so oft man will.', null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(50)], verbose_name='So oft darf man den Kurs wiederholen')),
                ('valid_months', models.PositiveSmallIntegerField(blank=True, help_text='Leer heißt: für immer.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(240)], verbose_name='So viele Monate gilt der Nachweis')),
                ('units', models.PositiveSmallIntegerField(blank=True, help_text='Leer heißt: Wir rechnen sie aus den Minuten der Schritte aus.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000)], verbose_name='Unterrichtseinheiten zu 45 Minuten')),
                ('trusts_browsers', models.BooleanField(db_default=False, default=False, help_text='Nur bei einer Teilnahmebescheinigung. Denn solche Ergebnisse kann man fälschen.', verbose_name='Aktivitäten zählen auch, wenn wir die Antworten nicht prüfen können')),
                ('issue', models.CharField(blank=True, choices=[('correction', 'Kleine Korrektur'), ('new', 'Neue Ausgabe')], default='', editable=False, max_length=10)),
                ('short_title', models.CharField(blank=True, max_length=40, verbose_name='Kurzer Titel')),
                ('summary', models.CharField(help_text='Steht auf der Karte im Katalog.', max_length=160, verbose_name='Ein Satz')),
                ('lead', models.TextField(help_text='Ein oder zwei Sätze unter der Überschrift.', verbose_name='Einleitung')),
                ('goals', wagtail.fields.StreamField([('goal', 0)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Ziel'})}, verbose_name='Das lernen Sie')),
                ('audience', wagtail.fields.RichTextField(verbose_name='Für wen ist der Kurs?')),
                ('level', models.CharField(choices=[('einstieg', 'Einstieg'), ('grundlagen', 'Grundlagen'), ('aufbau', 'Aufbau')], default='einstieg', max_length=12, verbose_name='Stufe')),
                ('licence', models.CharField(choices=[('CC-BY-4.0', 'CC BY 4.0'), ('CC-BY-SA-4.0', 'CC BY-SA 4.0'), ('CC0-1.0', 'CC0'), ('reserved', 'Alle Rechte vorbehalten')], default='CC-BY-4.0', max_length=12, verbose_name='Lizenz')),
                ('archived_at', models.DateTimeField(editable=False, null=True)),
                ('origin', models.JSONField(default=dict, editable=False)),
                ('easy_review', models.JSONField(default=dict, editable=False)),
                ('competences', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='courses.competence', verbose_name='Weitere Kompetenzen')),
                ('main_competence', models.ForeignKey(help_text='Sie bestimmt das Thema im Katalog.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.competence', verbose_name='Wichtigste Kompetenz')),
            ],
            options={
                'verbose_name': 'Kurs',
                'abstract': False,
            },
            bases=('providers.basepage',),
        ),
        migrations.CreateModel(
            name='Credit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='Titel des Werks')),
                ('author', models.CharField(blank=True, max_length=200, verbose_name='Urheberin oder Urheber')),
                ('licence', models.CharField(choices=[('own', 'Eigenes Werk, Lizenz wie der Kurs'), ('CC0-1.0', 'CC0 1.0'), ('CC-BY-4.0', 'CC BY 4.0'), ('CC-BY-SA-4.0', 'CC BY-SA 4.0'), ('CC-BY-3.0', 'CC BY 3.0'), ('CC-BY-SA-3.0', 'CC BY-SA 3.0'), ('PDM-1.0', 'Gemeinfrei'), ('permission', 'Mit Erlaubnis, nur für diesen Kurs')], default='own', max_length=12, verbose_name='Lizenz')),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='Link zum Original')),
                ('origin', models.CharField(blank=True, max_length=200, verbose_name='Fundort')),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='credit', to='wagtaildocs.document')),
                ('image', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='credit', to='wagtailimages.image')),
            ],
            options={
                'verbose_name': 'Herkunft',
                'verbose_name_plural': 'Herkunft',
            },
        ),
        migrations.CreateModel(
            name='DeletedPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.PositiveBigIntegerField(unique=True)),
                ('parent', models.PositiveBigIntegerField()),
                ('key', models.UUIDField()),
                ('title', models.CharField(max_length=255)),
                ('language', models.CharField(max_length=10)),
                ('depth', models.PositiveSmallIntegerField()),
                ('live', models.BooleanField()),
                ('rows', models.JSONField()),
                ('by_name', models.CharField(blank=True, max_length=200)),
                ('deleted_at', models.DateTimeField(auto_now_add=True)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'Gelöschte Seite',
                'verbose_name_plural': 'Gelöschte Seiten',
            },
        ),
        migrations.CreateModel(
            name='PrintedLesson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('printing', models.PositiveIntegerField()),
                ('language', models.CharField(max_length=10)),
                ('lang', models.CharField(max_length=10)),
                ('position', models.PositiveSmallIntegerField()),
                ('slug', models.CharField(max_length=255)),
                ('lesson', models.UUIDField(null=True)),
                ('title', models.CharField(max_length=255)),
                ('minutes', models.PositiveSmallIntegerField(default=0)),
                ('html', models.TextField()),
                ('facts', models.JSONField(default=dict)),
                ('items', models.JSONField(default=list)),
                ('open', models.BooleanField(default=False)),
                ('checksum', models.CharField(max_length=64)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='printed_lessons', to='courses.edition')),
            ],
            options={
                'verbose_name': 'Druckbogen',
                'verbose_name_plural': 'Druckbögen',
            },
        ),
        migrations.CreateModel(
            name='CatalogueEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('course', models.UUIDField(unique=True)),
                ('address', models.CharField(max_length=320, unique=True)),
                ('title', models.CharField(max_length=255)),
                ('sort_key', models.CharField(db_index=True, max_length=255)),
                ('area', models.CharField(max_length=1)),
                ('level', models.CharField(max_length=12)),
                ('provider_slug', models.CharField(max_length=60)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), size=None)),
                ('minutes', models.PositiveIntegerField()),
                ('html', models.JSONField()),
                ('search', django.contrib.postgres.search.SearchVectorField()),
                ('headline', models.GeneratedField(db_persist=True, expression=models.Func('search', template="ts_filter(%(expressions)s, '{a,b}')"), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('printed_at', models.DateTimeField(auto_now=True)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='catalogue_entries', to='providers.provider')),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='catalogue_entry', to='courses.edition')),
            ],
            options={
                'verbose_name': 'Katalogkarte',
                'verbose_name_plural': 'Katalogkarten',
            },
        ),
        migrations.CreateModel(
            name='LearningOutcome',
            fields=[
                ('code', models.CharField(max_length=12, primary_key=True, serialize=False, verbose_name='Nummer')),
                ('level', models.CharField(choices=[('basic', 'Grundlegend'), ('intermediate', 'Mittel'), ('advanced', 'Fortgeschritten'), ('highly-advanced', 'Weit fortgeschritten')], max_length=16, verbose_name='Niveau')),
                ('kind', models.CharField(choices=[('knowledge', 'Wissen'), ('skill', 'Fertigkeit'), ('attitude', 'Haltung')], max_length=10, verbose_name='Art')),
                ('text', models.TextField(verbose_name='Text')),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='courses.competence')),
            ],
            options={
                'verbose_name': 'Lernergebnis',
                'verbose_name_plural': 'Lernergebnisse',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='LessonAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('course', models.UUIDField()),
                ('present', models.BooleanField()),
                ('taken_at', models.DateTimeField()),
                ('since', models.DateTimeField()),
                ('slug', models.CharField(max_length=255)),
                ('lesson', models.UUIDField()),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'Adresse eines Schritts',
                'verbose_name_plural': 'Adressen der Schritte',
            },
        ),
        migrations.CreateModel(
            name='LessonCompetence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('basic', 'Grundlegend'), ('intermediate', 'Mittel'), ('advanced', 'Fortgeschritten'), ('highly-advanced', 'Weit fortgeschritten')], default='basic', max_length=16, verbose_name='Niveau')),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.competence', verbose_name='Kompetenz')),
                ('lesson', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='competences', to='courses.lessonpage')),
            ],
            options={
                'verbose_name': 'Kompetenz eines Schritts',
                'verbose_name_plural': 'Kompetenzen eines Schritts',
                'ordering': ['competence'],
            },
        ),
        migrations.CreateModel(
            name='PrintedActivity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('printing', models.PositiveIntegerField()),
                ('language', models.CharField(max_length=10)),
                ('item', models.UUIDField()),
                ('lesson', models.UUIDField()),
                ('open', models.BooleanField(default=False)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='courses.edition')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='printed', to='h5p_lite.revision')),
            ],
            options={
                'verbose_name': 'Gedruckte Aktivität',
                'verbose_name_plural': 'Gedruckte Aktivitäten',
            },
        ),
        migrations.CreateModel(
            name='Printing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('sources', models.JSONField(default=dict)),
                ('by_name', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='printings', to='courses.edition')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'Druck',
                'verbose_name_plural': 'Drucke',
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255)),
                ('state', models.CharField(choices=[('asked', 'In Prüfung'), ('office', 'Beim Bildungsbüro'), ('returned', 'Änderungen nötig'), ('approved', 'Freigegeben'), ('withdrawn', 'Zurückgezogen')], default='asked', max_length=10)),
                ('asked_by_name', models.CharField(max_length=200)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('words', models.TextField(blank=True)),
                ('closed_by_name', models.CharField(blank=True, max_length=200)),
                ('closed_at', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True)),
                ('revisions', models.JSONField(default=dict)),
                ('proof', models.JSONField(default=list)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='courses.coursepage')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'Prüfung',
                'verbose_name_plural': 'Prüfungen',
            },
        ),
        migrations.CreateModel(
            name='SearchTerm',
            fields=[
                ('word', models.CharField(max_length=60, primary_key=True, serialize=False)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('word', name='gin_trgm_ops'), fastupdate=False, name='word_trigrams')],
            },
        ),
        migrations.CreateModel(
            name='AnswerKey',
            fields=[
                ('printed_lesson', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='answer_key', serialize=False, to='courses.printedlesson')),
                ('open', models.BooleanField(default=False)),
                ('keys', models.JSONField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.edition')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'Lösungsblatt',
                'verbose_name_plural': 'Lösungsblätter',
            },
        ),
        migrations.CreateModel(
            name='CourseAddress',
            fields=[
                ('course', models.UUIDField()),
                ('present', models.BooleanField()),
                ('taken_at', models.DateTimeField()),
                ('since', models.DateTimeField()),
                ('path', models.CharField(max_length=320, primary_key=True, serialize=False)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'Adresse eines Kurses',
                'verbose_name_plural': 'Adressen der Kurse',
                'constraints': [models.UniqueConstraint(condition=models.Q(('present', True)), fields=('course',), name='course_has_one_present_address')],
            },
        ),
        migrations.AddConstraint(
            model_name='coursepage',
            constraint=models.CheckConstraint(condition=models.Q(('attestation__in', ['participation', 'achievement', 'certificate'])), name='course_attestation_known'),
        ),
        migrations.AddConstraint(
            model_name='coursepage',
            constraint=models.CheckConstraint(condition=models.Q(('required_share__gte', 1), ('required_share__lte', 100)), name='course_share_per_cent'),
        ),
        migrations.AddConstraint(
            model_name='coursepage',
            constraint=models.CheckConstraint(condition=models.Q(('pass_mark__gte', 0), ('pass_mark__lte', 100)), name='course_mark_per_cent'),
        ),
        migrations.AddConstraint(
            model_name='coursepage',
            constraint=models.CheckConstraint(condition=models.Q(('required_sittings__lte', models.F('sittings'))), name='course_sittings_enough', violation_error_message='Man kann nicht bei mehr Terminen da sein müssen, als es gibt.'),
        ),
        migrations.AddConstraint(
            model_name='coursepage',
            constraint=models.CheckConstraint(condition=models.Q(('valid_months', None), ('valid_months__gte', 1), _connector='OR'), name='course_valid_at_all'),
        ),
        migrations.AddConstraint(
            model_name='coursepage',
            constraint=models.CheckConstraint(condition=models.Q(('units', None), ('units__gte', 1), _connector='OR'), name='course_units_at_all'),
        ),
        migrations.AddConstraint(
            model_name='coursepage',
            constraint=models.CheckConstraint(condition=models.Q(('trusts_browsers', False), ('attestation', 'participation'), _connector='OR'), name='course_trusts_for_participation_only', violation_error_message='Das geht nur bei einer Teilnahmebescheinigung. Was ein Browser sagt, kann man fälschen.'),
        ),
        migrations.AddConstraint(
            model_name='credit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('document__isnull', False), ('image', None)), models.Q(('document', None), ('image__isnull', False)), _connector='OR'), name='credit_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='printedlesson',
            constraint=models.UniqueConstraint(fields=('edition', 'printing', 'language', 'position'), name='sheet_position_once'),
        ),
        migrations.AddConstraint(
            model_name='printedlesson',
            constraint=models.UniqueConstraint(fields=('edition', 'printing', 'language', 'slug'), name='sheet_slug_once'),
        ),
        migrations.AddConstraint(
            model_name='printedlesson',
            constraint=models.UniqueConstraint(fields=('edition', 'printing', 'language', 'lesson'), name='sheet_lesson_once'),
        ),
        migrations.AddConstraint(
            model_name='printedlesson',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lesson', None), ('position', 0)), models.Q(('lesson__isnull', False), ('position__gte', 1)), _connector='OR'), name='sheet_of_a_lesson_says_which'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('course', 'number'), name='edition_number_once'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('total__gte', 1)), name='edition_has_items'),
        ),
        migrations.AddIndex(
            model_name='catalogueentry',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='card_search'),
        ),
        migrations.AddConstraint(
            model_name='lessonaddress',
            constraint=models.UniqueConstraint(fields=('course', 'slug'), name='lesson_address_given_once'),
        ),
        migrations.AddConstraint(
            model_name='lessonaddress',
            constraint=models.UniqueConstraint(condition=models.Q(('present', True)), fields=('course', 'lesson'), name='lesson_has_one_present_address'),
        ),
        migrations.AddConstraint(
            model_name='lessoncompetence',
            constraint=models.UniqueConstraint(fields=('lesson', 'competence'), name='competence_once'),
        ),
        migrations.AddConstraint(
            model_name='printedactivity',
            constraint=models.UniqueConstraint(fields=('edition', 'printing', 'language', 'item'), name='activity_printed_once'),
        ),
        migrations.AddConstraint(
            model_name='printing',
            constraint=models.UniqueConstraint(fields=('edition', 'number'), name='printing_number_once'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'office'])), fields=('course',), name='one_open_review_per_course'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('state__in', ['asked', 'office'])), models.Q(models.Q(('state__in', ['asked', 'office']), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='an_open_review_is_not_closed'),
        ),
        migrations.RunPython(store, migrations.RunPython.noop),
        walls("courses"),
        sql_of("courses", "addresses"),
    ]
