from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion
from tenancy.walls import walls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('h5p_lite', '0001_initial'),
        ('providers', '0004_walls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("tenancy", "0001_lens"),
    ]

    operations = [
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
                ('content', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='h5p_lite.content')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'Hochgeladenes Paket',
                'verbose_name_plural': 'Hochgeladene Pakete',
            },
        ),
        migrations.CreateModel(
            name='LibraryRequest',
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
