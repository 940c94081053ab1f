"""Compiles locale/*/LC_MESSAGES/*.po with polib, because gettext is not on every machine."""

import shutil
from pathlib import Path

import polib

from config.embedded import apt
from config.embedded.management import NOWHERE, manage
from config.embedded.places import ROOT, CannotStart, say, step

LANGUAGES = ("en", "de_Simple")  # German is in the code; locale/de replaces sentences of libraries


def compile_all(folder: Path = ROOT / "locale") -> int:
    """Make each .mo that is missing or older than what it is made of; how many."""
    made = 0
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target, sources = source.with_suffix(".mo"), [source, *_below(source)]
        if target.exists() and target.stat().st_mtime >= max(s.stat().st_mtime for s in sources):
            continue
        texts = _read(source)
        msgids = {entry.msgid for entry in texts.translated_entries()}
        for below in sources[1:]:
            texts.extend(entry for entry in _read(below) if entry.msgid not in msgids)
        draft = target.with_suffix(".new")
        texts.save_as_mofile(str(draft))
        draft.replace(target)
        made += 1
    return made


def _below(source: Path) -> list[Path]:
    """Of plain German: German. Where it says nothing, Django would take a library's German before ours."""
    language = source.parent.parent.name
    catalogue = (
        source.parent.parent.parent / language.partition("_")[0] / "LC_MESSAGES" / source.name
    )
    return [catalogue] if "_" in language and catalogue.exists() else []


def _read(source: Path) -> polib.POFile:
    try:
        return polib.pofile(str(source))
    except (OSError, ValueError, UnicodeDecodeError) as wrong:
        raise CannotStart(f"The translation {source} cannot be read: {wrong}.") from None


def collect() -> int:
    """`./dev messages`: texts from code and templates into locale/."""
    if not (shutil.which("xgettext") and shutil.which("msgmerge")):
        raise CannotStart(f"GNU gettext is missing: install it with `{apt.line(['gettext'])}`.")
    (ROOT / "locale").mkdir(exist_ok=True)
    step("Collecting texts …")
    languages = [part for language in LANGUAGES for part in ("-l", language)]
    ignored = [f"--ignore={name}" for name in (".venv", "node_modules", "var", "tests", "packages")]
    flags = ["--no-obsolete", "--no-location", "--no-wrap", *ignored]
    manage(["makemessages", *languages, *flags], NOWHERE, "collecting texts")
    for source in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")):
        texts = polib.pofile(str(source))
        say(
            f"{source.relative_to(ROOT)}: {len(texts.untranslated_entries())} of {len(texts)} texts to translate"
        )
    return 0
