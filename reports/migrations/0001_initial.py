from django.db import migrations, models
import django.db.models.deletion
from tenancy.walls import walls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('providers', '0004_walls'),
        ("tenancy", "0001_lens"),
    ]

    operations = [
        migrations.CreateModel(
            name='Dataset',
            fields=[
                ('name', models.SlugField(primary_key=True, serialize=False)),
                ('content', models.JSONField()),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'Datensatz',
                'verbose_name_plural': 'Datensätze',
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.CharField(max_length=1)),
                ('month', models.DateField()),
                ('enrolments', models.PositiveIntegerField(default=0)),
                ('completions', models.PositiveIntegerField(default=0)),
                ('certificates', models.PositiveIntegerField(default=0)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='providers.provider')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('provider', 'area', 'month'), name='participation_cell_once')],
            },
        ),
        walls("reports"),
    ]
