"""Publishing is the reviewers' and the heads' since the roles were told apart; groups made before had it for authors."""

from django.db import migrations

TAKE = """DELETE FROM wagtailcore_grouppagepermission g USING auth_group a, auth_permission p
  WHERE a.id = g.group_id AND p.id = g.permission_id AND a.name LIKE 'desk:%:author' AND p.codename = 'publish_basepage'"""


class Migration(migrations.Migration):
    dependencies = [
        ("providers", "0007_walls_of_invitations"),
        ("wagtailcore", "0098_apitoken"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunSQL(TAKE, migrations.RunSQL.noop)]
