"""`./dev verify-certificates`: what we issue, looked at by verifiers that other people wrote; then everything tampered with.

One line per check as it happens and a table of who judged what. The city runs under HTTPS on this machine, so that DIDs,
lists and a wallet's offer are fetched as in the world; nothing else is fetched while it checks.
"""

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from config.embedded import assets, packages
from tests.browser.city import City, running_city
from tests.verify import loopback, papers, peers, python_peer, suites, tampered, wallet
from tests.verify.gathered import Gathered, gather
from tests.verify.tally import Job, Tally

HERE = Path(__file__).parent
SCHEMA = "ob_v3p0_achievementcredential_schema.json"
GUIDE = "docs/verifying.md says where it comes from"


def main(arguments: list[str]) -> int:
    folder = _asked(arguments)
    home = Path(os.environ["LERNSTADT_VAR"])
    packages.for_verapdf()
    assets.install_at(HERE)
    python_peer.fetch(home / "python")
    if folder:
        suites.prepare(folder, home / "w3c")
    tally = Tally()
    with _city() as city:
        tally.note("the city is there")
        gathered = _gathered(city, tally)
        tally.run(_jobs(city, gathered, folder, home))
        kept = home / "papers"
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(gathered.folder, kept)
    print(f"\n{tally.table()}\n\nThe papers are in {kept}, twelve of them as pictures.")
    return 1 if tally.bad else 0


def _asked(arguments: list[str]) -> Path | None:
    """The folder with the W3C's suites, whole or not named at all."""
    parser = argparse.ArgumentParser("./dev verify-certificates", description=__doc__)
    parser.add_argument("--suites", type=Path, metavar="FOLDER", help=f"with {GUIDE}")
    folder: Path | None = parser.parse_args(arguments).suites
    if folder and (lacking := suites.missing(folder)):
        parser.error(f"{folder} has no {', '.join(lacking)}; {GUIDE}.")
    return folder.resolve() if folder else None


@contextmanager
def _city() -> Iterator[City]:
    loopback.wait_for_the_port()
    os.environ |= {"VC_API": "1", "OPENID4VCI": "1"}
    secrets = Path(os.environ["LERNSTADT_VAR"]) / "loopback"
    secrets.mkdir(exist_ok=True)
    https = {"address": loopback.ADDRESS, "options": loopback.certify(secrets)}
    with running_city("verify", workers=2, pages=False, **https) as city:
        yield city


def _gathered(city: City, tally: Tally) -> Gathered:
    folder = Path(city.env["LERNSTADT_VAR"]) / "verify"
    folder.mkdir()
    city.env["VERIFY_FOLDER"] = str(folder)
    said = city.manage("shell", "-v0", "-c", (HERE / "issue.py").read_text())
    tally.note("issued")
    gathered = gather(city.url, folder, json.loads(said.strip().splitlines()[-1]))
    tally.note("fetched, as a stranger would")
    return gathered


def _jobs(city: City, gathered: Gathered, folder: Path | None, home: Path) -> list[tuple[str, Job]]:
    """The long ones first."""
    made = tampered.corpus(gathered)
    script = (HERE / "corpus.py").read_text()
    schema = folder / SCHEMA if folder else None
    return [
        ("openbadgeslib", partial(tampered.by_openbadgeslib, gathered=gathered, made=made)),
        ("verifier-core", partial(tampered.by_node, gathered=gathered, made=made, by="consortium")),
        ("Lernstadt itself", partial(tampered.by_ours, city=city, script=script)),
        ("veraPDF", partial(papers.standards, gathered=gathered)),
        ("@digitalbazaar/vc", partial(tampered.by_node, gathered=gathered, made=made, by="bazaar")),
        ("signatures", partial(peers.signatures, gathered=gathered)),
        ("W3C suites", partial(suites.run, home=home / "w3c", address=city.url))
        if folder
        else ("W3C suites", partial(_not_asked, judge="W3C suites")),
        (wallet.JUDGE, partial(wallet.takes, gathered=gathered)),
        ("schema", partial(peers.schema, gathered=gathered, file=schema))
        if schema and schema.is_file()
        else ("schema", partial(_not_asked, judge=peers.NAMES["schema"])),
        ("Python", partial(peers.in_python, gathered=gathered)),
        ("pdfsig", partial(papers.seals, gathered=gathered)),
        ("pdftoppm", partial(papers.pictures, gathered=gathered)),
    ]


def _not_asked(tally: Tally, judge: str) -> None:
    tally.leave_out(judge, "not asked", f"--suites FOLDER; {GUIDE}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
