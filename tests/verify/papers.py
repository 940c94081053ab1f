"""Papers, before and after sealing: veraPDF judges the standards, Poppler the seal; and pictures of twelve, for people."""

import subprocess
from pathlib import Path

from tests import verapdf
from tests.verify.gathered import Gathered
from tests.verify.tally import Tally

#: Of each kind: a German name, an Arabic and a Ukrainian one, and the longest on an English paper.
PICTURED = ("de.pdf", "ar.pdf", "uk.pdf", "longest.en.pdf")
WORDS = ("Signature is Valid", "Total document signed", "ETSI.CAdES.detached")


def sealed(gathered: Gathered) -> list[Path]:
    return [
        path
        for path in sorted(gathered.folder.glob("*.pdf"))
        if not path.name.endswith(".plain.pdf") and path.name.partition(".")[0] in gathered.made
    ]


def standards(tally: Tally, gathered: Gathered) -> None:
    papers = [*sorted(gathered.folder.glob("*.plain.pdf")), *sealed(gathered)]
    for judged in verapdf.judge(papers):
        what = f"{judged.flavour:3} {judged.file.name} ({judged.checks} checks)"
        tally.say("veraPDF", judged.passes, what, judged.wrong)


def seals(tally: Tally, gathered: Gathered) -> None:
    for path in sealed(gathered):
        done = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False)
        good = all(words in done.stdout for words in WORDS)
        tally.say("pdfsig", good, path.name, done.stdout.strip()[-300:])


def pictures(tally: Tally, gathered: Gathered) -> None:
    """One page each, as a picture in `pictures/`. Somebody has to look at them."""
    folder = gathered.folder / "pictures"
    folder.mkdir()
    for path in sealed(gathered):
        if not path.name.partition("-")[2].startswith(PICTURED):
            continue
        at = folder / path.stem
        drawn = subprocess.run(["pdftoppm", "-png", "-r", "96", str(path), str(at)], check=False)
        pages = sorted(folder.glob(f"{path.stem}-*.png"))
        good = drawn.returncode == 0 and len(pages) == 1
        tally.say("pdftoppm", good, f"{path.name} is one page", f"{len(pages)} pages")
