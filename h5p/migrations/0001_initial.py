from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion
import django.utils.timezone
import h5p_lite.core.playing
from tenancy.walls import walls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('providers', '0004_walls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("tenancy", "0001_lens"),
    ]

    operations = [
        migrations.CreateModel(
            name='Content',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='Titel')),
                ('language', models.CharField(default='de', max_length=10, verbose_name='Sprache')),
                ('reuse', models.BooleanField(default=False, verbose_name='Lernende dürfen die Aktivität herunterladen und weiterverwenden')),
                ('archived_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='providers.provider')),
            ],
            options={
                'verbose_name': 'Aktivität',
                'verbose_name_plural': 'Aktivitäten',
            },
        ),
        migrations.CreateModel(
            name='Library',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('machine_name', models.CharField(max_length=255)),
                ('major', models.PositiveIntegerField()),
                ('minor', models.PositiveIntegerField()),
                ('patch', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=255)),
                ('runnable', models.BooleanField()),
                ('about', models.JSONField()),
                ('scripts', models.JSONField(default=list)),
                ('styles', models.JSONField(default=list)),
                ('semantics', models.JSONField(default=list)),
                ('languages', models.JSONField(default=dict)),
                ('licence', models.CharField(blank=True, max_length=255)),
                ('author', models.TextField(blank=True)),
                ('profile', models.CharField(choices=[(h5p_lite.core.playing.Profile['STRICT'], 'streng'), (h5p_lite.core.playing.Profile['INLINE'], 'Skripte in Attributen'), (h5p_lite.core.playing.Profile['EVAL'], 'eval')], default=h5p_lite.core.playing.Profile['STRICT'], max_length=10, verbose_name='Was es im Browser darf')),
                ('state', models.CharField(choices=[('active', 'in Gebrauch'), ('former', 'die vorige Version')], default='active', max_length=6)),
                ('tested', models.JSONField(null=True)),
                ('tested_at', models.DateTimeField(null=True)),
                ('verdict', models.CharField(blank=True, choices=[('', 'noch nicht geprüft'), ('recommended', 'empfohlen'), ('alternative', 'braucht eine Alternative')], default='', max_length=11, verbose_name='Barrierefreiheit')),
                ('note', models.TextField(blank=True, verbose_name='Notiz für Autorinnen und Autoren')),
                ('installed_at', models.DateTimeField(auto_now_add=True)),
                ('installed_by', models.CharField(blank=True, max_length=200)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'H5P-Inhaltstyp',
                'verbose_name_plural': 'H5P-Inhaltstypen',
                'constraints': [models.UniqueConstraint(fields=('machine_name', 'major', 'minor', 'patch'), name='library_once'), models.UniqueConstraint(condition=models.Q(('state', 'active')), fields=('machine_name', 'major', 'minor'), name='library_one_active_patch')],
            },
        ),
        migrations.CreateModel(
            name='UpgradeRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('machine_name', models.CharField(max_length=255)),
                ('former_major', models.PositiveIntegerField()),
                ('former_minor', models.PositiveIntegerField()),
                ('major', models.PositiveIntegerField()),
                ('minor', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('waiting', 'wartet'), ('tried', 'ausprobiert'), ('done', 'ausgeführt'), ('undone', 'zurückgenommen')], default='waiting', max_length=7)),
                ('wanted', models.CharField(default='try', max_length=4)),
                ('good', models.PositiveIntegerField(default=0)),
                ('bad', models.PositiveIntegerField(default=0)),
                ('reasons', models.JSONField(default=list)),
                ('by_name', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Umstellung auf eine neue Version',
                'verbose_name_plural': 'Umstellungen auf neue Versionen',
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('libraries', 'Inhaltstypen'), ('content', 'Aktivität')], max_length=9)),
                ('file_name', models.CharField(max_length=255)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('state', models.CharField(choices=[('waiting', 'wartet'), ('running', 'wird geprüft'), ('missing', 'wartet auf Inhaltstypen'), ('done', 'fertig'), ('refused', 'nicht angenommen')], default='waiting', max_length=7)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('problems', models.JSONField(default=list)),
                ('installed', models.JSONField(default=list)),
                ('missing', models.JSONField(default=list)),
                ('by_name', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('touched_at', models.DateTimeField(auto_now=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='h5p.content')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'Hochgeladenes Paket',
                'verbose_name_plural': 'Hochgeladene Pakete',
            },
        ),
        migrations.CreateModel(
            name='LibraryDependency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('preloaded', 'zum Anzeigen'), ('dynamic', 'bei Bedarf'), ('editor', 'zum Bearbeiten')], max_length=9)),
                ('position', models.PositiveSmallIntegerField()),
                ('machine_name', models.CharField(max_length=255)),
                ('major', models.PositiveIntegerField()),
                ('minor', models.PositiveIntegerField()),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dependencies', to='h5p.library')),
            ],
            options={
                'verbose_name': 'Abhängigkeit',
                'verbose_name_plural': 'Abhängigkeiten',
                'ordering': ['position'],
                'indexes': [models.Index(fields=['machine_name', 'major', 'minor'], name='library_dependants')],
                'constraints': [models.UniqueConstraint(fields=('library', 'kind', 'machine_name', 'major', 'minor'), name='library_dependency_once')],
            },
        ),
        migrations.CreateModel(
            name='LibraryFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=255)),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='h5p.library')),
            ],
            options={
                'verbose_name': 'Datei eines Inhaltstyps',
                'verbose_name_plural': 'Dateien der Inhaltstypen',
                'constraints': [models.UniqueConstraint(fields=('library', 'path'), name='library_file_once')],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('machine_name', models.CharField(max_length=255)),
                ('major', models.PositiveIntegerField()),
                ('minor', models.PositiveIntegerField()),
                ('params', models.JSONField()),
                ('metadata', models.JSONField(default=dict)),
                ('files', models.JSONField(default=dict)),
                ('uses', models.JSONField(default=list)),
                ('shape', models.CharField(max_length=64)),
                ('why', models.CharField(choices=[('imported', 'hochgeladen'), ('edited', 'bearbeitet'), ('upgraded', 'auf einen neueren Inhaltstyp gebracht'), ('restored', 'zurückgeholt')], max_length=8)),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('content', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='h5p.content')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='revisions', to='h5p.upgraderun')),
            ],
            options={
                'verbose_name': 'Stand einer Aktivität',
                'verbose_name_plural': 'Stände der Aktivitäten',
                'indexes': [models.Index(fields=['machine_name', 'major', 'minor'], name='revision_of_library')],
                'constraints': [models.UniqueConstraint(fields=('content', 'number'), name='revision_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('machine_name', models.CharField(max_length=255)),
                ('major', models.PositiveIntegerField()),
                ('minor', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('open', 'offen'), ('done', 'installiert'), ('declined', 'abgelehnt')], default='open', max_length=8)),
                ('answer', models.TextField(blank=True, verbose_name='Antwort')),
                ('by_name', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='providers.provider')),
                ('upload', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='requests', to='h5p.upload')),
            ],
            options={
                'verbose_name': 'Wunsch nach einem Inhaltstyp',
                'verbose_name_plural': 'Wünsche nach Inhaltstypen',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('provider', 'machine_name', 'major', 'minor'), name='request_open_once')],
            },
        ),
        walls("h5p"),
    ]
