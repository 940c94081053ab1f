"""Everything that has to be there before the first request, and is skipped when nothing has changed."""

import threading
from collections.abc import Callable, Iterable

from config.embedded import assets, roles, settings_file, stamps, translations
from config.embedded.management import manage
from config.embedded.places import ROOT, VAR, CannotStart, step

Settings = dict[str, str]


class Meanwhile(threading.Thread):
    """Work beside the main thread. `done()` waits for it and hands on its failure."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self.work = work
        self.failure: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            self.work()
        except BaseException as wrong:  # noqa: BLE001 -- raised again in `done`
            self.failure = wrong

    def done(self) -> None:
        while self.is_alive():
            self.join(0.2)  # so that Ctrl-C is heard
        if self.failure:
            raise self.failure


def prepare(settings: Settings, urls: roles.Urls, *, external: bool) -> None:
    """Front-end files and tables at the same time; then the demo city, which needs both."""
    files = Meanwhile(lambda: front_end(settings))
    if roles.is_empty(urls):
        for name in ("migrated", "demo", "facts.json"):
            (VAR / name).unlink(missing_ok=True)
    migrate(settings, urls, external=external)
    files.done()
    load_demo(settings)


def front_end(settings: Settings) -> None:
    build_files()
    collect_static(settings)


def build_files() -> None:
    """Styles, scripts, fonts, translations."""
    try:
        assets.ensure(step)
    except assets.AssetError as wrong:
        if "ENOSPC" in str(wrong) or "no space left" in str(wrong):
            raise CannotStart("The disk is full: free some space and start again.") from None
        raise CannotStart(str(wrong)) from None
    if made := translations.compile_all():
        step(f"Compiled {made} translations.")


def collect_static(settings: Settings) -> None:
    """All static files with hashed names into ./var/static."""
    stamp, mark = VAR / "static.stamp", stamps.static_files()
    if stamps.is_done(stamp, mark) and (VAR / "static" / "staticfiles.json").exists():
        return
    step("Collecting and compressing static files …")
    manage(["collectstatic", "--noinput", "-v0"], settings, "collecting static files")
    stamps.remember(stamp, mark)


def migrate(settings: Settings, urls: roles.Urls, *, external: bool) -> None:
    """With the owner's role, when migrations or database are not the ones of the last start."""
    stamp, mark = VAR / "migrated", stamps.migrations(urls.owner)
    if stamps.is_done(stamp, mark):
        return
    refuse_another_history(roles.applied(urls))
    step("Making the tables …")
    if external:
        roles.grant(urls, roles.app_role(urls))
    owners = settings | {"DATABASE_URL": urls.owner}
    manage(["migrate", "--noinput", "-v0"], owners, "making the tables")
    stamps.remember(stamp, mark)


def refuse_another_history(applied: Iterable[tuple[str, str]]) -> None:
    """A database made by migrations that are not here: by a newer version, or by 0.1.0, whose history was written anew."""
    rooms = {path.parent.name: path for path in ROOT.glob("*/migrations")}
    strange = [
        f"{room}.{name}"
        for room, name in sorted(applied)
        if room in rooms and not (rooms[room] / f"{name}.py").is_file()
    ]
    if strange:
        raise CannotStart(
            f"The database was made by another version of Lernstadt ({strange[-1]}), which this one cannot go on with. "
            "Start that version, or, if it holds nothing but the demo, make it anew: ./dev reset"
        )


def load_demo(settings: Settings) -> None:
    """The demo city, once. DEMO=0 in the environment leaves it out."""
    stamp = VAR / "demo"
    if settings["DEMO"] != "1" or stamp.exists():
        return
    step("Loading the demo city …")
    manage(["load_demo"], settings, "loading the demo city")
    stamps.remember(stamp, "loaded")
    settings_file.fix(VAR)  # its certificates carry the address
