from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("learning", "0019_state_numbers"),
    ]

    operations = [
        migrations.AddField(
            model_name="xapistatement",
            name="points",
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name="xapistatement",
            name="most",
            field=models.FloatField(null=True),
        ),
    ]
