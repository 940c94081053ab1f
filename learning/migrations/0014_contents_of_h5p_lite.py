import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learning", "0013_walls_of_feedback"), ("h5p", "0005_contents_leave")]
    operations = [
        migrations.AlterField(
            model_name="contentstate",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="h5p_lite.revision",
            ),
        ),
        migrations.AlterField(
            model_name="statement",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="h5p_lite.revision",
            ),
        ),
    ]
