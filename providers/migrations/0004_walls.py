from django.db import migrations

from tenancy.walls import walls


class Migration(migrations.Migration):
    dependencies = [
        ("providers", "0003_finalize_page_model"),
        ("tenancy", "0001_lens"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]
    operations = [walls("providers")]
