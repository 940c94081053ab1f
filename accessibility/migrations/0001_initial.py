from django.conf import settings
from django.db import migrations, models
import accessibility.models
import django.db.models.deletion
import django.utils.timezone
from tenancy.walls import walls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('wagtailcore', '0098_apitoken'),
        ('accounts', '0001_initial'),
        ('providers', '0004_walls'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
        ("tenancy", "0001_lens"),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessibilityStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('full', 'vollständig mit § 10 L-BGG vereinbar'), ('partial', 'teilweise mit § 10 L-BGG vereinbar'), ('none', 'nicht mit § 10 L-BGG vereinbar')], max_length=10)),
                ('scope', models.TextField()),
                ('method', models.TextField()),
                ('barriers', models.JSONField(default=list)),
                ('created_on', models.DateField()),
                ('reviewed_on', models.DateField()),
            ],
            options={
                'verbose_name': 'Erklärung zur Barrierefreiheit',
                'verbose_name_plural': 'Erklärungen zur Barrierefreiheit',
            },
        ),
        migrations.CreateModel(
            name='BarrierReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(default=accessibility.models.new_number, editable=False, max_length=10, unique=True)),
                ('page', models.CharField(blank=True, max_length=500, verbose_name='Seite')),
                ('description', models.TextField(max_length=4000, verbose_name='Was hat nicht geklappt?')),
                ('contact', models.EmailField(blank=True, max_length=254, verbose_name='E-Mail-Adresse')),
                ('language', models.CharField(max_length=10)),
                ('state', models.CharField(choices=[('new', 'Neu'), ('in_work', 'In Arbeit'), ('solved', 'Behoben')], default='new', max_length=10)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'Gemeldete Barriere',
                'verbose_name_plural': 'Gemeldete Barrieren',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='Exemption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255)),
                ('rule', models.CharField(max_length=40)),
                ('part', models.CharField(max_length=64)),
                ('excerpt', models.CharField(blank=True, max_length=80)),
                ('reason', models.TextField(verbose_name='Begründung')),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'Ausnahme',
                'verbose_name_plural': 'Ausnahmen',
            },
        ),
        migrations.CreateModel(
            name='Inspection',
            fields=[
                ('revision', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='wagtailcore.revision')),
                ('stopping', models.PositiveSmallIntegerField()),
                ('warning', models.PositiveSmallIntegerField()),
                ('findings', models.JSONField()),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'Prüfergebnis',
                'verbose_name_plural': 'Prüfergebnisse',
            },
        ),
        migrations.CreateModel(
            name='Preferences',
            fields=[
                ('learner', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('chosen', models.CharField(blank=True, max_length=40)),
            ],
            options={
                'verbose_name': 'Anzeige',
                'verbose_name_plural': 'Anzeige',
            },
        ),
        migrations.AddField(
            model_name='accessibilitystatement',
            name='provider',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='statement', to='providers.provider'),
        ),
        migrations.AddField(
            model_name='barrierreport',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider'),
        ),
        migrations.AddField(
            model_name='exemption',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exemptions', to=settings.WAGTAIL_PAGE_MODEL),
        ),
        migrations.AddField(
            model_name='exemption',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='providers.provider'),
        ),
        migrations.AddField(
            model_name='inspection',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inspections', to=settings.WAGTAIL_PAGE_MODEL),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.UniqueConstraint(fields=('page', 'rule', 'part', 'excerpt'), name='exemption_once'),
        ),
        walls("accessibility"),
    ]
