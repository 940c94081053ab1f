"""What an author and a reader get of the block, in one go; prints what it saw as JSON."""

import io
import json
import tempfile

import django

django.setup()

from django.conf import settings  # noqa: E402 -- the apps come first
from django.contrib.auth import get_user_model  # noqa: E402 -- the apps come first
from django.core.management import call_command  # noqa: E402 -- the apps come first
from django.test import Client  # noqa: E402 -- the apps come first
from django.test.utils import setup_test_environment  # noqa: E402 -- the apps come first
from django.urls import reverse  # noqa: E402 -- the apps come first

from h5p_lite.actions import take_package  # noqa: E402 -- the apps come first
from h5p_lite.core.building import build  # noqa: E402 -- the apps come first
from h5p_lite.wagtail.blocks import H5PBlock, viewset  # noqa: E402 -- the apps come first

setup_test_environment()
with tempfile.TemporaryDirectory() as folder:
    settings.MEDIA_ROOT = folder
    call_command("migrate", verbosity=0)
    user = get_user_model().objects.create_superuser("ada")
    raw = io.BytesIO(next(build()).raw)
    content = take_package(raw, "a.h5p", owner=user, with_libraries=True).content
    block = H5PBlock()
    block.set_name("h5p")
    client = Client()
    client.force_login(user)
    chooser = client.get(reverse(viewset.get_url_name("choose")))
    said = {
        "prepared": block.get_prep_value(block.to_python(content.pk)) == content.pk,
        "page": block.render(block.to_python(content.pk)),
        "gone": block.to_python(content.pk + 1),
        "nothing": block.render(None).strip(),
        "chooser": chooser.status_code,
        "listed": content.title in chooser.content.decode(),
        "form": viewset.widget_class().render("content", content.pk, {"id": "x"}),
    }
print(json.dumps(said))
