from django.db import migrations

from tenancy.walls import sql_of, walls


class Migration(migrations.Migration):
    """Wagtail's own tables have walls as well, so this comes after all of them."""

    dependencies = [
        ("providers", "0003_rest_of_the_models"),
        ("accounts", "0002_walls"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]
    operations = [walls("providers"), sql_of("providers", "addresses")]
