"""The authors' help shows every block; a new one needs its words in tests/browser/block_words.json and `./dev shots blocks`."""

import json
import re
from pathlib import Path

from courses import block_forms

ROOT = Path(__file__).resolve().parents[2]


def test_every_block_has_its_words_its_picture_and_its_place_in_the_help():
    kinds = sorted(block_forms.KINDS)
    help_text = (ROOT / "docs/autoren/bloecke.md").read_text()
    shown = re.findall(r"pictures/bloecke/(\w+)\.png", help_text)
    pictures = [file.stem for file in (ROOT / "docs/pictures/bloecke").iterdir()]
    words = json.loads((ROOT / "tests/browser/block_words.json").read_text())
    assert sorted(shown) == kinds
    assert sorted(pictures) == kinds
    assert sorted(words) == kinds
