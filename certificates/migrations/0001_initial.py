from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion
from tenancy.walls import walls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('providers', '0004_walls'),
        ('learning', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("tenancy", "0001_lens"),
    ]

    operations = [
        migrations.CreateModel(
            name='Autograph',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('image', models.BinaryField()),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'Unterschrift von Hand',
                'verbose_name_plural': 'Unterschriften von Hand',
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('kind', models.CharField(choices=[('participation', 'Teilnahmebescheinigung'), ('achievement', 'Leistungsnachweis'), ('certificate', 'Zertifikat')], default='certificate', max_length=13)),
                ('issue', models.PositiveSmallIntegerField(default=1)),
                ('achievement', models.JSONField()),
                ('credential', models.JSONField(null=True)),
                ('issued_at', models.DateTimeField()),
                ('valid_until', models.DateTimeField(null=True)),
                ('status_index', models.PositiveIntegerField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('revocation_reason', models.TextField(blank=True)),
                ('suspended_at', models.DateTimeField(null=True)),
                ('suspension_reason', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': 'Zertifikat',
                'verbose_name_plural': 'Zertifikate',
            },
        ),
        migrations.CreateModel(
            name='CheckKey',
            fields=[
                ('key_hash', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('made_on', models.DateField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'Schlüssel zum Prüfen',
                'verbose_name_plural': 'Schlüssel zum Prüfen',
            },
        ),
        migrations.CreateModel(
            name='IssuerDocument',
            fields=[
                ('provider', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='issuer_document', serialize=False, to='providers.provider')),
                ('content', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='IssuerKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('credential', 'Nachweise und Statuslisten (Ed25519)'), ('jwt', 'Nachweise als JWT (RSA)'), ('sd_jwt', 'Nachweise für Wallet-Apps (P-256)'), ('seal', 'Siegel auf PDF (P-256)'), ('service_seal', 'Siegel eines Vertrauensdienstes'), ('authority', 'Siegel-Stelle der Stadt (P-256)')], default='credential', max_length=12)),
                ('did', models.CharField(max_length=255)),
                ('fragment', models.CharField(max_length=64, unique=True)),
                ('public', models.JSONField(db_default={}, default=dict)),
                ('state', models.CharField(choices=[('planned', 'Vorbereitet'), ('active', 'In Gebrauch'), ('retired', 'Abgelöst'), ('compromised', 'Nicht mehr sicher')], default='active', max_length=12)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('retired_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'Schlüssel',
                'verbose_name_plural': 'Schlüssel',
            },
        ),
        migrations.AddField(
            model_name='autograph',
            name='head',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='autograph',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='autographs', to='providers.provider'),
        ),
        migrations.CreateModel(
            name='Recipient',
            fields=[
                ('certificate', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='recipient', serialize=False, to='certificates.certificate')),
                ('token', models.CharField(max_length=17)),
                ('name', models.CharField(max_length=150)),
                ('salt', models.CharField(max_length=32)),
                ('shows', models.CharField(choices=[('name', 'Alles, mit meinem Namen'), ('initials', 'Nur meine Anfangsbuchstaben'), ('nothing', 'Nichts')], db_default='name', default='name', max_length=8)),
            ],
            options={
                'verbose_name': 'Inhaberin oder Inhaber',
                'verbose_name_plural': 'Inhaberinnen und Inhaber',
            },
        ),
        migrations.AddField(
            model_name='certificate',
            name='autograph',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='certificates.autograph'),
        ),
        migrations.AddField(
            model_name='certificate',
            name='enrolment',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='certificates', to='learning.enrolment'),
        ),
        migrations.AddField(
            model_name='certificate',
            name='learner',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='certificates', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='certificate',
            name='logo',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='providers.logo'),
        ),
        migrations.AddField(
            model_name='certificate',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='providers.provider'),
        ),
        migrations.AddField(
            model_name='certificate',
            name='superseded_by',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='supersedes', to='certificates.certificate'),
        ),
        migrations.CreateModel(
            name='KeyMaterial',
            fields=[
                ('key', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='material', serialize=False, to='certificates.issuerkey')),
                ('wrapped', models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name='issuerkey',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issuer_keys', to='providers.provider'),
        ),
        migrations.AddField(
            model_name='certificate',
            name='key',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='certificates.issuerkey'),
        ),
        migrations.CreateModel(
            name='Owed',
            fields=[
                ('enrolment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='learning.enrolment')),
                ('letters', models.CharField(blank=True, max_length=200)),
                ('fault', models.CharField(blank=True, max_length=100)),
                ('tries', models.PositiveIntegerField(default=0)),
                ('since', models.DateTimeField(auto_now_add=True)),
                ('next_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(null=True)),
                ('learner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'Noch nicht ausgestellter Nachweis',
                'verbose_name_plural': 'Noch nicht ausgestellte Nachweise',
            },
        ),
        migrations.CreateModel(
            name='StatusList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('revocation', 'Zurückgezogen'), ('suspension', 'Ausgesetzt')], default='revocation', max_length=12)),
                ('number', models.PositiveIntegerField()),
                ('url', models.URLField()),
                ('bits', models.BinaryField()),
                ('taken', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('document', models.JSONField(null=True)),
                ('token', models.TextField(blank=True, db_default='', default='')),
                ('signed_at', models.DateTimeField(null=True)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='status_lists', to='providers.provider')),
            ],
            options={
                'verbose_name': 'Statusliste',
                'verbose_name_plural': 'Statuslisten',
            },
        ),
        migrations.AddField(
            model_name='certificate',
            name='status_list',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='certificates.statuslist'),
        ),
        migrations.AddField(
            model_name='certificate',
            name='suspension_list',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='certificates.statuslist'),
        ),
        migrations.AddConstraint(
            model_name='autograph',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('provider', 'head'), name='one_autograph_per_head'),
        ),
        migrations.AddField(
            model_name='recipient',
            name='learner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='recipient',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider'),
        ),
        migrations.AddField(
            model_name='keymaterial',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider'),
        ),
        migrations.AddConstraint(
            model_name='issuerkey',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'active')), fields=('provider', 'purpose'), name='one_active_key_per_purpose'),
        ),
        migrations.AddConstraint(
            model_name='issuerkey',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'planned')), fields=('provider', 'purpose'), name='one_planned_key_per_purpose'),
        ),
        migrations.AddConstraint(
            model_name='statuslist',
            constraint=models.UniqueConstraint(fields=('provider', 'purpose', 'number'), name='status_list_number_once'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(fields=('enrolment', 'kind', 'issue'), name='certificate_once'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(fields=('status_list', 'status_index'), name='status_index_once'),
        ),
        walls("certificates"),
    ]
