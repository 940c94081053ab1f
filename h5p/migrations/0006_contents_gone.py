from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("h5p", "0005_contents_leave"),
        ("courses", "0021_contents_of_h5p_lite"),
        ("learning", "0014_contents_of_h5p_lite"),
    ]
    operations = [
        migrations.DeleteModel("Revision"),
        migrations.DeleteModel("Content"),
        migrations.DeleteModel("LibraryFile"),
        migrations.DeleteModel("LibraryDependency"),
        migrations.DeleteModel("Library"),
    ]
