from django.db import migrations, models
import django.contrib.postgres.fields
import django.utils.timezone
import uuid
from tenancy.walls import walls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        
        ("tenancy", "0001_lens"),
    ]

    operations = [
        migrations.CreateModel(
            name='OutgoingMail',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sender', models.CharField(max_length=320)),
                ('to', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=320), size=None)),
                ('subject', models.TextField()),
                ('text', models.TextField()),
                ('html', models.TextField(blank=True)),
                ('headers', models.JSONField(default=dict)),
                ('attachments', models.JSONField(default=list)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('fault', models.CharField(blank=True, max_length=300)),
                ('given_up_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'Nachricht im Postausgang',
                'verbose_name_plural': 'Nachrichten im Postausgang',
                'indexes': [models.Index(condition=models.Q(('given_up_at__isnull', True)), fields=['due_at'], name='mail_waiting')],
            },
        ),
        walls("outbox"),
    ]
