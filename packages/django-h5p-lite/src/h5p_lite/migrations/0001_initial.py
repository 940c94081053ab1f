import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from h5p_lite.conf import OWNER_MODEL


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(OWNER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Content',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='Title')),
                ('language', models.CharField(default='en', max_length=10, verbose_name='Language')),
                ('reuse', models.BooleanField(default=False, verbose_name='Everybody who may play it may download it')),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='h5p_contents', to=OWNER_MODEL)),
            ],
            options={
                'verbose_name': 'H5P content',
                'verbose_name_plural': 'H5P contents',
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
                ('profile', models.CharField(choices=[('strict', 'Only its own files'), ('inline', 'Also scripts in attributes'), ('eval', 'Also programs made of text (eval)')], default='strict', max_length=10, verbose_name='What it may do in a browser')),
                ('state', models.CharField(choices=[('active', 'in use'), ('former', 'the version before')], default='active', max_length=6)),
                ('tested', models.JSONField(blank=True, null=True)),
                ('tested_at', models.DateTimeField(blank=True, null=True)),
                ('verdict', models.CharField(blank=True, choices=[('', 'not tested yet'), ('recommended', 'recommended'), ('alternative', 'needs an alternative')], default='', max_length=11, verbose_name='Accessibility')),
                ('note', models.TextField(blank=True, verbose_name='Note for authors')),
                ('installed_at', models.DateTimeField(auto_now_add=True)),
                ('installed_by', models.CharField(blank=True, max_length=200)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'H5P content type',
                'verbose_name_plural': 'H5P content types',
                'ordering': ['machine_name', 'major', 'minor', 'patch'],
                'constraints': [models.UniqueConstraint(fields=('machine_name', 'major', 'minor', 'patch'), name='h5p_lite_library_once'), models.UniqueConstraint(condition=models.Q(('state', 'active')), fields=('machine_name', 'major', 'minor'), name='h5p_lite_one_active_patch')],
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
                ('why', models.CharField(choices=[('imported', 'uploaded'), ('edited', 'edited'), ('upgraded', 'brought to a newer content type'), ('restored', 'brought back')], max_length=8)),
                ('batch', models.CharField(blank=True, db_index=True, max_length=40)),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('content', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='h5p_lite.content')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=OWNER_MODEL)),
            ],
            options={
                'verbose_name': 'revision',
                'verbose_name_plural': 'revisions',
            },
        ),
        migrations.CreateModel(
            name='LibraryDependency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('preloaded', 'for playing'), ('dynamic', 'on demand'), ('editor', 'for editing')], max_length=9)),
                ('position', models.PositiveSmallIntegerField()),
                ('machine_name', models.CharField(max_length=255)),
                ('major', models.PositiveIntegerField()),
                ('minor', models.PositiveIntegerField()),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dependencies', to='h5p_lite.library')),
            ],
            options={
                'verbose_name': 'dependency',
                'verbose_name_plural': 'dependencies',
                'ordering': ['position'],
                'indexes': [models.Index(fields=['machine_name', 'major', 'minor'], name='h5p_lite_dependants')],
                'constraints': [models.UniqueConstraint(fields=('library', 'kind', 'machine_name', 'major', 'minor'), name='h5p_lite_dependency_once')],
            },
        ),
        migrations.CreateModel(
            name='LibraryFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=255)),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='h5p_lite.library')),
            ],
            options={
                'verbose_name': 'file of a content type',
                'verbose_name_plural': 'files of content types',
                'constraints': [models.UniqueConstraint(fields=('library', 'path'), name='h5p_lite_library_file_once')],
            },
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(fields=['machine_name', 'major', 'minor'], name='h5p_lite_of_library'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(fields=('content', 'number'), name='h5p_lite_revision_number_once'),
        ),
    ]
