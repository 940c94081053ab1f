"""Contents and content types live in `h5p_lite`; what waits for them points there."""

import django.db.models.deletion
from django.db import migrations, models

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [("h5p", "0004_wanted"), ("h5p_lite", "0001_initial")]
    operations = [
        migrations.RenameModel("Request", "LibraryRequest"),
        migrations.AlterField(
            model_name="upload",
            name="content",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="h5p_lite.content",
            ),
        ),
        walls("h5p"),
    ]
