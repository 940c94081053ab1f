"""What `./dev` can be asked. Only the standard library: `dev` reads this file before anything is installed."""

import argparse
from typing import NamedTuple


class Command(NamedTuple):
    lock: str
    says: str
    more: str = ""
    passes_on: str = ""  # the program that gets all further arguments


RUN, DEV = "requirements.lock", "requirements-dev.lock"
CHECKS = (
    "types", "templates", "migrations", "deployment", "import-laws", "styles-and-scripts", "lint", "format",
)  # fmt: skip
COMMANDS = {
    "run": Command(
        RUN,
        "start everything: database, worker and web server",
        "The first start installs what is needed, makes the database and loads the demo city; "
        "later starts take a few seconds. Data is kept in ./var. Ctrl-C stops everything.",
    ),
    "test": Command(
        DEV,
        "run every test, browser tests included",
        "Brings its own PostgreSQL and Valkey (in ./var/test). --changed [COMMIT]: only what the changes since then "
        "can touch; --no-browser: without Chromium; --last: what failed last time; --shake FILE: twenty times, "
        "shuffled, on busy cores; --report: where the time goes; --load: with busy loops beside; "
        "--long: many more random examples; --seed N, --shuffle: order and chance. "
        "Further arguments go to pytest, for example: ./dev test -x tests/house/test_walk.py",
        "pytest",
    ),
    "reset": Command(RUN, "ask, then delete ./var: database, uploads, keys and settings"),
    "backup": Command(
        RUN,
        "save database, files, keys and settings as one encrypted file",
        "./dev backup [FILE] [--keep N]: while everything runs or not; into ./var/backups when no FILE is named. --keep: "
        "so many of that folder stay. docs/operating.md",
        "recovery",
    ),
    "restore": Command(
        RUN,
        "bring a backup back into an empty place",
        "./dev restore FILE [--identity KEY]: reads all of it first, refuses where a Lernstadt is already "
        "(LERNSTADT_VAR names another place), and looks whether everything is there.",
        "recovery",
    ),
    "restore-test": Command(
        RUN,
        "try whether the newest backup can be restored",
        "./dev restore-test [FILE] [--identity KEY]: in a folder and with a server of its own, gone afterwards.",
        "recovery",
    ),
    "doctor": Command(
        RUN,
        "name what is wrong with this Lernstadt and what to do",
        "One line for each thing it looks at; ends with 1 when something is wrong.",
        "recovery",
    ),
    "upgrade": Command(
        RUN,
        "back up, migrate, check; or go back",
        "Stop Lernstadt and put the new version in place before. When a migration fails, the database is as it was.",
        "recovery",
    ),
    "check": Command(
        DEV,
        "lint, import laws, types, templates, migrations, deployment",
        "Runs all checks even if one fails, and ends with what is wrong. Names of checks, if any, choose: "
        "./dev check types lint",
    ),
    "format": Command(
        DEV,
        "write Python, style sheets and scripts as the check wants them",
        "ruff, djade and Prettier; what only a person can mend is said.",
    ),
    "bench": Command(
        DEV,
        "measure CPU time and SQL statements of the hot pages",
        "Brings its own servers (in ./var/bench): a big city and one ten times as big; `small` is the first alone. `figures`, `offers`: the office and "
        "search when there is much. `stack`: how long a start takes, and memory. `--against URL`: the same work at another product (docs/speed.md).",
        "tests.bench",
    ),
    "load": Command(
        DEV,
        "ask more and more of a city, until one in twenty waits longer than 300 ms",
        "Brings its own servers (in ./var/bench). Seven of ten requests are for public pages, two for lessons, one is an answer. "
        "Prints a line per step, learners at once for each core, and the memory of each process after --minutes (1).",
        "tests.bench.load",
    ),
    "weight": Command(
        DEV,
        "weigh the first view of home, catalogue, course and lesson on a slow phone",
        "Brings its own servers (in ./var/weight). Prints a table: kB with fonts, requests, and when the largest part "
        "is seen (slow 4G, a processor four times as slow); fails when a page is over its budget.",
        "tests.bench.weight",
    ),
    "search-quality": Command(
        DEV,
        "ask the catalogue of the demo the questions of a file, and count what is found",
        "Brings its own servers. A line of the FILE is a kind, a question and the slug of the right course, with tabs between, or only "
        "something nobody teaches. Prints how often the right course is first and among the first three; --misses names the rest.",
        "tests.bench.search_quality",
    ),
    "disclosure": Command(
        DEV,
        "attack the figures of invented towns, and say how far off they are",
        'A line for each town: bias, mean error of cells of 30 and more, cells that say "under 5", and how often somebody '
        "who subtracts figures from each other is right.",
        "tests.figures.attacks",
    ),
    "chaos": Command(
        DEV,
        "kill, freeze and flood the parts of a city while people learn, and count what was lost",
        "Brings its own servers. Prints one line per fault: acknowledged answers, lost, doubled, seconds without an "
        "answer, seconds until health answered. Fails when anything is lost or doubled or does not come back. --city: two web servers "
        "behind Caddy, two workers, PgBouncer, two databases; the first is killed, the second takes over within 30 s.",
        "tests.chaos",
    ),
    "isolation": Command(
        DEV,
        "call every address as everybody, and look for what belongs to somebody else",
        "Brings its own servers (in ./var/isolation). Further arguments go to tests.isolation: --mutate opens every "
        "wall once and shows that it is noticed, --pooled goes through PgBouncer.",
        "tests.isolation",
    ),
    "verify-certificates": Command(
        DEV,
        "let verifiers of other people look at certificates of every kind, good and tampered with",
        "Brings its own servers (in ./var/verify). Needs Java for veraPDF, pdfsig, and npm for the verifiers; prints one "
        "line per check and a table. --suites FOLDER adds the W3C's test suites (docs/verifying.md).",
        "tests.verify",
    ),
    "h5p-install": Command(
        RUN,
        "install H5P content types in the demo city, running or not",
        "Files or folders are the arguments, as for manage.py h5p_install; --keep-rights and --no-test as there.",
        "manage.py h5p_install",
    ),
    "h5p-corpus": Command(
        DEV,
        "take in every .h5p of a folder, show it and send it through its form",
        "Brings its own servers (in ./var/corpus) and keeps nothing. The folder is the argument; prints one line per "
        "file: installed, refused (with codes) or what is missing; rendered or not; what answers when pressed; round trip exact or not.",
        "tests.h5p_corpus",
    ),
    "a11y": Command(
        DEV,
        "check every page template with axe-core",
        "Further arguments go to pytest.",
        "pytest",
    ),
    "shots": Command(
        DEV,
        "take screenshots of every page template, to ./var/shots",
        "Further arguments go to tests.browser.shots.",
        "tests.browser.shots",
    ),
    "facts": Command(
        RUN,
        "print addresses and demo accounts as JSON",
        "Only JSON on standard output; progress goes to standard error.",
    ),
    "lock": Command(
        DEV,
        "lock all packages anew, after a change in pyproject.toml or package.json",
        "Writes requirements.lock, requirements-city.lock, requirements-dev.lock and package-lock.json, in the newest versions allowed "
        "(uv.lock, which is not committed, keeps the older ones: delete it to renew them all).",
    ),
    "sbom": Command(
        DEV,
        "list what others made and runs here, as CycloneDX",
        "Writes var/sbom/lernstadt.cdx.json: Python and npm packages with version, licence and hashes; what only "
        'development needs has the scope "excluded".',
    ),
    "messages": Command(
        RUN,
        "collect the texts to translate into locale/",
        "Needs GNU gettext.",
    ),
}


def parse(arguments: list[str]) -> argparse.Namespace:
    """`command` and its options; `rest` is what pytest and the like get."""
    name, rest = arguments[0] if arguments else "", arguments[1:]
    passes_on = name in COMMANDS and COMMANDS[name].passes_on
    if passes_on and rest[:1] not in (["-h"], ["--help"]):
        return argparse.Namespace(command=name, rest=rest)
    return parser().parse_args(arguments)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="./dev", description="Lernstadt's one script: `./dev run` starts everything."
    )
    commands = top.add_subparsers(dest="command", metavar="command", required=True)
    for name, command in COMMANDS.items():
        text = f"{command.says[0].upper()}{command.says[1:]}. {command.more}".strip()
        one = commands.add_parser(name, help=command.says, description=text)
        if command.passes_on:
            one.add_argument("rest", nargs="*", metavar="argument", help=f"for {command.passes_on}")
    run = commands.choices["run"]
    run.add_argument(
        "--port", type=_port, default=8000, help="port of the web server (default: 8000)"
    )
    run.add_argument(
        "--host", default="127.0.0.1", help="address it listens on (default: 127.0.0.1)"
    )
    commands.choices["reset"].add_argument("--yes", action="store_true", help="do not ask")
    commands.choices["check"].add_argument(
        "names", nargs="*", metavar="check", choices=[[], *CHECKS]
    )
    return top


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)
