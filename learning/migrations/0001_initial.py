from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion
import uuid
from tenancy.walls import walls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('courses', '0001_initial'),
        ('h5p_lite', '0001_initial'),
        ('providers', '0004_walls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("tenancy", "0001_lens"),
    ]

    operations = [
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('course', models.UUIDField()),
                ('run', models.PositiveBigIntegerField(null=True)),
                ('started_at', models.DateTimeField(auto_now_add=True)),
                ('touched_at', models.DateTimeField(auto_now_add=True)),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField()),
                ('needed', models.PositiveIntegerField(null=True)),
                ('judged', models.BooleanField(db_default=False, default=False)),
                ('take', models.PositiveSmallIntegerField(db_default=1, default=1)),
                ('extra', models.JSONField(db_default={}, default=dict)),
                ('completed_at', models.DateTimeField(null=True)),
                ('feedback_given', models.BooleanField(db_default=False, default=False)),
                ('closed_at', models.DateTimeField(null=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='courses.edition')),
                ('learner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enrolments', to=settings.AUTH_USER_MODEL)),
                ('pinned', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.edition')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='providers.provider')),
            ],
            options={
                'verbose_name': 'Anmeldung',
                'verbose_name_plural': 'Anmeldungen',
            },
        ),
        migrations.CreateModel(
            name='ContentState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.UUIDField()),
                ('state', models.TextField()),
                ('at', models.DateTimeField(auto_now=True)),
                ('learner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('provider', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='h5p_lite.revision')),
                ('enrolment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='states', to='learning.enrolment')),
            ],
            options={
                'verbose_name': 'Stand in einer Aktivität',
                'verbose_name_plural': 'Stände in Aktivitäten',
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sitting', models.PositiveSmallIntegerField()),
                ('confirmed_by', models.BigIntegerField()),
                ('confirmed_by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('learner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('provider', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('enrolment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='learning.enrolment')),
            ],
            options={
                'verbose_name': 'Anwesenheit',
                'verbose_name_plural': 'Anwesenheiten',
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.UUIDField()),
                ('given', models.JSONField()),
                ('right', models.BooleanField()),
                ('said', models.JSONField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('learner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('provider', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('enrolment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='learning.enrolment')),
            ],
            options={
                'verbose_name': 'Versuch',
                'verbose_name_plural': 'Versuche',
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.UUIDField()),
                ('position', models.PositiveSmallIntegerField()),
                ('done_at', models.DateTimeField(auto_now_add=True)),
                ('enrolment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='progress', to='learning.enrolment')),
                ('learner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('provider', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'Fortschritt',
                'verbose_name_plural': 'Fortschritte',
            },
        ),
        migrations.CreateModel(
            name='XapiStatement',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('item', models.UUIDField()),
                ('statement', models.JSONField()),
                ('parts', models.JSONField(default=list)),
                ('graded', models.BooleanField(null=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('enrolment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='learning.enrolment')),
                ('learner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('provider', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='h5p_lite.revision')),
            ],
            options={
                'verbose_name': 'xAPI-Aussage',
                'verbose_name_plural': 'xAPI-Aussagen',
            },
        ),
        migrations.CreateModel(
            name='CourseFeedback',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('course', models.UUIDField()),
                ('helped', models.CharField(choices=[('yes', 'Ja'), ('some', 'Ein bisschen'), ('no', 'Nein')], max_length=4)),
                ('text', models.CharField(blank=True, max_length=1000)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'Rückmeldung',
                'verbose_name_plural': 'Rückmeldungen',
                'indexes': [models.Index(fields=['provider', 'course'], name='feedback_of_course')],
            },
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(fields=['learner', '-touched_at'], name='enrolment_latest'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('learner', 'course', 'run'), name='enrolment_open_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.UniqueConstraint(fields=('id', 'learner', 'provider'), name='enrolment_whose'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.CheckConstraint(condition=models.Q(('done__lte', models.F('total'))), name='never_more_than_everything'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.CheckConstraint(condition=models.Q(('needed', None), models.Q(('needed__gte', 1), ('needed__lte', models.F('total'))), _connector='OR'), name='needs_something_that_is_there'),
        ),
        migrations.AddConstraint(
            model_name='contentstate',
            constraint=models.UniqueConstraint(fields=('enrolment', 'item'), name='contentstate_once'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('enrolment', 'sitting'), name='attendance_once'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('sitting__gte', 1)), name='attendance_from_the_first'),
        ),
        migrations.AddIndex(
            model_name='attempt',
            index=models.Index(fields=['enrolment', 'item', '-id'], name='attempt_latest'),
        ),
        migrations.AddConstraint(
            model_name='progress',
            constraint=models.UniqueConstraint(fields=('enrolment', 'item'), name='progress_once'),
        ),
        migrations.AddIndex(
            model_name='xapistatement',
            index=models.Index(fields=['enrolment', 'item', '-at'], name='statement_latest'),
        ),
        walls("learning"),
    ]
