from django.db import migrations, models
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import uuid


class Migration(migrations.Migration):
    """What needs Wagtail's tables, and what does not need to come before them: the third step of three."""

    dependencies = [
        ('providers', '0002_bootstrap_page_model'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.AddField(
            model_name='basepage',
            name='latest_revision',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision'),
        ),
        migrations.AddField(
            model_name='basepage',
            name='live_revision',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision'),
        ),
        migrations.AddField(
            model_name='provider',
            name='collection',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='provider', to='wagtailcore.collection'),
        ),
        migrations.AlterField(
            model_name='basepage',
            name='locale',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale'),
        ),
        migrations.AlterField(
            model_name='basepage',
            name='translation_key',
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AlterUniqueTogether(
            name='basepage',
            unique_together={('translation_key', 'locale')},
        ),
        migrations.CreateModel(
            name='ProviderAddress',
            fields=[
                ('slug', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('taken_at', models.DateTimeField()),
                ('since', models.DateTimeField()),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='providers.provider')),
            ],
            options={
                'verbose_name': 'Adresse eines Anbieters',
                'verbose_name_plural': 'Adressen der Anbieter',
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='E-Mail-Adresse')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('tutor', 'Tutorin oder Tutor'), ('author', 'Autorin oder Autor'), ('reviewer', 'Prüferin oder Prüfer'), ('owner', 'Leitung'), ('clerk', 'Bildungsbüro'), ('admin', 'Leitung Bildungsbüro'), ('operator', 'Betrieb')], max_length=10), size=None, verbose_name='Rollen')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('invited_by_id', models.BigIntegerField(editable=False)),
                ('invited_by_name', models.CharField(editable=False, max_length=200)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'offen'), ('accepted', 'angenommen'), ('declined', 'abgelehnt'), ('withdrawn', 'zurückgezogen')], default='open', max_length=10)),
                ('closed_at', models.DateTimeField(null=True)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='providers.provider')),
            ],
            options={
                'verbose_name': 'Einladung',
                'verbose_name_plural': 'Einladungen',
                'constraints': [models.UniqueConstraint(models.F('provider'), django.db.models.functions.text.Lower('email'), condition=models.Q(('state', 'open')), name='one_open_invitation_per_address'), models.CheckConstraint(condition=models.Q(('roles__overlap', ['clerk', 'admin', 'operator']), _negated=True), name='nobody_is_invited_to_the_office'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='an_open_invitation_is_not_closed')],
            },
        ),
        migrations.CreateModel(
            name='Logo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('image', models.BinaryField()),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='logos', to='providers.provider')),
            ],
            options={
                'verbose_name': 'Logo',
                'verbose_name_plural': 'Logos',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('provider',), name='one_logo_at_a_time')],
            },
        ),
    ]
