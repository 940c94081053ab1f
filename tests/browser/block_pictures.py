"""Pictures of every block at the writing desk, open for writing, to docs/pictures/bloecke: the help of authors shows them.

Made by `./dev shots blocks`. The words of the blocks are in `block_words.json`.
"""

import io
import json
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator

from tests.browser.chromium import browser, sign_in
from tests.browser.city import running_city

HERE = Path(__file__).resolve().parent
OUT = HERE.parent.parent / "docs" / "pictures" / "bloecke"
WIDTH = 1280
TALLEST = 1100  # what is below says nothing new
COLOURS = 64  # enough for a page of flat colours, and a quarter of the bytes

#: A draft step in a course of the author's house, with one block of every kind. "IMAGE", "FILM", "FILE" and "ACTIVITY"
#: in the words become the house's first ones.
SCRIPT = r"""
import json
import os
from pathlib import Path
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from accounts.models import User
from courses.actions import write
from courses.models import CoursePage, LessonPage
from h5p_lite.models import Content
from tenancy.lens import look, system
with look(system("pictures of blocks")):
    author = User.objects.get(email="autorin@vhs.example")
    course = CoursePage.objects.filter(provider__slug="vhs", locale__language_code="de").earliest("pk")
    house = course.provider
    documents = get_document_model().objects.filter(collection=house.collection)
    things = {
        "IMAGE": get_image_model().objects.filter(collection=house.collection).earliest("pk").pk,
        "FILM": documents.filter(file__endswith=".webm").values_list("pk", flat=True).first()
            or documents.filter(file__endswith=".mp4").values_list("pk", flat=True).first(),
        "FILE": documents.exclude(file__endswith=".vtt").earliest("pk").pk,
        "ACTIVITY": Content.objects.filter(owner=house).values_list("pk", flat=True).first(),
    }
    words = json.loads(Path("WORDS").read_text())
    def put(value):
        if isinstance(value, dict):
            return {name: put(one) for name, one in value.items()}
        if isinstance(value, list):
            return [put(one) for one in value]
        return things.get(value, value) if isinstance(value, str) else value
    step = LessonPage(title="Jeder Block", minutes=10, provider=house, locale=course.locale)
    step.body = step.body.stream_block.to_python([{"type": kind, "value": put(value)} for kind, value in words.items()])
    step.live = False
    course.add_child(instance=step)
    step.save_revision(user=author, clean=False)
    print(json.dumps({"step": step.pk, "blocks": {one["type"]: one["id"] for one in write.body_of(step)}}))
"""


def make() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    os.environ["LANGUAGE"] = (
        "de"  # the browser's own buttons, where Debian's chromium-l10n is installed
    )
    with running_city("shots") as city, browser(windows=True) as chromium:
        script = SCRIPT.replace("WORDS", str(HERE / "block_words.json"))
        made = json.loads(city.manage("shell", "-v0", "-c", script).strip().splitlines()[-1])
        page = chromium.new_context(viewport={"width": WIDTH, "height": 1500}).new_page()
        sign_in(page, city, "author")
        for kind, block in made["blocks"].items():
            page.goto(f"{city.url}/redaktion/schreiben/{made['step']}/")
            page.locator(f"#block-{block} .ls-deskblock__side [data-open]").click()
            _shoot(page.locator(f"#block-{block} [data-block].is-open"), OUT / f"{kind}.png")
    print(f"{len(made['blocks'])} pictures in {OUT}")


def _shoot(block: Locator, to: Path) -> None:
    shown = Image.open(io.BytesIO(block.screenshot()))
    shown.crop((0, 0, shown.width, min(shown.height, TALLEST))).quantize(COLOURS).save(
        to, optimize=True
    )
