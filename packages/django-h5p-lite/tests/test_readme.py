"""What the README shows is what happens."""

import re
import subprocess
import sys
from pathlib import Path

import h5p_lite.core

README = Path(__file__).resolve().parent.parent / "README.md"
CORE = README.read_text("utf-8").partition("## The core, name by name")[2]
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", CORE, re.MULTILINE | re.DOTALL)


def test_the_examples_of_the_core_run():
    world = {}
    for example in EXAMPLES:
        exec(compile(example, README.name, "exec"), world)  # noqa: S102 -- our own text


def test_every_name_of_the_core_has_an_example():
    shown = "\n".join(EXAMPLES)
    promised = {*h5p_lite.core.__all__} - {"Package"}
    assert {
        name for name in promised if not re.search(rf"\b{name}\(|\b{name}\.|except {name}", shown)
    } == set()


def test_the_core_brings_no_framework():
    code = (
        "import sys, h5p_lite.core, h5p_lite.core.building, h5p_lite.core.hub; print(*sys.modules)"
    )
    source = str(README.parent / "src")
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {source!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert {"django", "wagtail", "celery"} & set(done.stdout.split()) == set()
