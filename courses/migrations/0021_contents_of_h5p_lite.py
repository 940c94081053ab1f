import django.db.models.deletion
from django.db import migrations, models

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [("courses", "0020_words_of_law"), ("h5p", "0005_contents_leave")]
    operations = [
        migrations.AlterField(
            model_name="activity",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="printed",
                to="h5p_lite.revision",
            ),
        ),
        walls("courses"),
    ]
